/**
 * Where to go after signing in: an address of this Portal, or undefined. Anything that a browser could read
 * as another site (`//host`, `/\host`, `https:`) is none.
 */
export function nextAddress(wished: unknown): string | undefined {
  if (typeof wished !== 'string' || !wished.startsWith('/')) return undefined;
  const base = 'https://portal.invalid';
  const address = URL.parse(wished, base);
  return address?.origin === base ? `${address.pathname}${address.search}` : undefined;
}
