/**
 * The token in the fragment of an address, which no server ever sees; undefined where there is none. What
 * cannot be of a token ends it, with all that follows: people copy a link with the full stop or the bracket
 * after it, and programs add what they count visits by.
 */
export function readToken(hash: string): string | undefined {
  return /^#([\w-]{22})(?![\w-])/.exec(hash)?.[1];
}
