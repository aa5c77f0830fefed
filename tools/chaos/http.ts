import { createClient, type Client } from '@claviger/protocol';

/** Keeps the session cookie of one person, as a browser does. */
export function fetchWithCookies(origin: string): typeof fetch {
  const cookies = new Map<string, string>();
  return async (input, init) => {
    const request = new Request(input, init);
    request.headers.set('origin', origin);
    const held = [...cookies].map(([name, value]) => `${name}=${value}`);
    if (held.length > 0) request.headers.set('cookie', held.join('; '));
    const answer = await fetch(request);
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const split = pair.indexOf('=');
      cookies.set(pair.slice(0, split), pair.slice(split + 1));
    }
    return answer;
  };
}

/** The HTTP API as the Portal of one person calls it. */
export function openClient(origin: string): Client {
  return createClient({ baseUrl: origin, fetch: fetchWithCookies(origin) });
}
