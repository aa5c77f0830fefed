/** The token in the fragment of the address (`#token=…` or `#…`), which browsers never send to a server. */
export function tokenFromFragment(hash: string): string {
  const fragment = hash.replace(/^#/, '');
  const named = new URLSearchParams(fragment).get('token');
  return (named ?? decodeURIComponent(fragment)).trim();
}
