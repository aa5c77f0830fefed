/** The token in the fragment of an address, which no server ever sees; undefined where there is none. */
export function readToken(hash: string): string | undefined {
  return /^#([A-Za-z0-9_-]{22})$/.exec(hash)?.[1];
}
