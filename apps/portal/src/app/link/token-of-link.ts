/** The token in the fragment of a link (`#token=…` or `#…`), which browsers never send to a server. */
export function tokenOfLink(hash: string): string {
  const fragment = hash.replace(/^#/, '');
  return (new URLSearchParams(fragment).get('token') ?? fragment).trim();
}
