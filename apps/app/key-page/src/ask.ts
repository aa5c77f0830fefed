/** How a question to the server ended. `silent`: no answer came; the question may have arrived. */
export type Answer<Value> =
  | { readonly kind: 'told'; readonly value: Value }
  | { readonly kind: 'refused'; readonly code: string; readonly retryAfterS: number | undefined }
  | { readonly kind: 'silent' };

/** A question without an answer for this long counts as unanswered; none takes a second. */
const answerLimitMs = 15_000;

interface RefusalBody {
  readonly error?: { readonly code?: string; readonly retryAfterS?: number };
}

/**
 * Asks the server by POST, so that the token stands in no address and no log. An answer of another form, a
 * proxy's page for one, is a refusal without a code that we know.
 */
export async function ask<Value>(
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer<Value>> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      cache: 'no-store',
      signal: AbortSignal.timeout(answerLimitMs),
    });
    text = await response.text();
  } catch {
    return { kind: 'silent' };
  }
  const answer = readJson(text);
  if (response.ok && answer !== undefined) return { kind: 'told', value: answer as Value };
  const { code = 'internal_fault', retryAfterS } = (answer as RefusalBody | undefined)?.error ?? {};
  return { kind: 'refused', code, retryAfterS };
}

/** Resolves after this time. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
