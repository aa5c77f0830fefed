import { expect, it } from 'vitest';
import { z } from 'zod';
import { listenTls, selfSigned } from '../test/tls-listener.ts';
import { postJson } from './https-json.ts';

function enrolAt(port: number, authority: string): Promise<unknown> {
  return postJson({
    url: new URL(`https://127.0.0.1:${port}/v1/enrolment/hello`),
    authority,
    body: {},
    answer: z.unknown(),
    timeoutMs: 5_000,
    signal: new AbortController().signal,
  });
}

it('enrolment speaks to a server of TLS 1.3', async () => {
  const listener = await listenTls('TLSv1.3');

  await expect(enrolAt(listener.port, listener.authority)).rejects.toThrow('socket hang up');
  expect(listener.agreed()).toBe(1);
});

it('enrolment refuses a server that has TLS 1.2 at most', async () => {
  const listener = await listenTls('TLSv1.2');

  await expect(enrolAt(listener.port, listener.authority)).rejects.toThrow(/protocol version/);
  expect(listener.agreed()).toBe(0);
});

it('enrolment refuses a server of another authority, whatever the environment asks for', async () => {
  const listener = await listenTls('TLSv1.3');
  const other = await selfSigned();

  await expect(enrolAt(listener.port, other.certificate)).rejects.toMatchObject({
    code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  });
});
