/** An address with a query, for links that a browser follows itself. */
export function withQuery(address: string, wanted: object): string {
  const given = Object.entries(wanted).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return given.length > 0 ? `${address}?${given.join('&')}` : address;
}
