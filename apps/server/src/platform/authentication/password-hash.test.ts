import { Refusal } from '@claviger/protocol';
import { describe, expect, it } from 'vitest';
import { createPasswordHasher } from './password-hash.ts';

const hasher = createPasswordHasher();

describe('a stored password', () => {
  it('is Argon2id with the parameters of OWASP and a nonce of its own', async () => {
    const [first, second] = await Promise.all([hasher.hash('same password'), hasher.hash('same password')]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(second).not.toBe(first);
  });

  it('opens with its password and with no other', async () => {
    const stored = await hasher.hash('correct horse');
    expect(await hasher.verify(stored, 'correct horse')).toBe(true);
    expect(await hasher.verify(stored, 'correct horse ')).toBe(false);
    expect(await hasher.verify(stored, '')).toBe(false);
  });

  it('opens however the keyboard composes the same letters', async () => {
    const stored = await hasher.hash('geöffnet'.normalize('NFC'));
    expect(await hasher.verify(stored, 'geöffnet'.normalize('NFD'))).toBe(true);
  });

  it('agrees with an independent implementation', async () => {
    // Made by @noble/hashes: argon2id('password', 'somesaltsomesalt', { t: 2, m: 256, p: 1, dkLen: 32 }).
    const stored =
      '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$yrdGtGIZk/3JHsUHh5gLQUqQppLwvGjf4Z+cJbPLqew';
    expect(await hasher.verify(stored, 'password')).toBe(true);
    expect(await hasher.verify(stored, 'passwords')).toBe(false);
  });

  it.each(['', 'plain', '$2b$10$abcdefghijklmnopqrstuv', '$argon2id$v=19$m=19456,t=2,p=1$short$short'])(
    'that reads %j opens with nothing',
    async (stored) => {
      expect(await hasher.verify(stored, '')).toBe(false);
    },
  );
});

describe('many passwords at once', () => {
  it('are worked off in turn, and beyond a limit refused at once', async () => {
    const all = await Promise.allSettled(
      Array.from({ length: 40 }, (_, index) => hasher.hash(`password ${index}`)),
    );
    const refused = all.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    expect(all.length - refused.length).toBe(34);
    expect(
      refused.every((reason) => reason instanceof Refusal && reason.code === 'temporarily_unavailable'),
    ).toBe(true);
    expect(await hasher.hash('afterwards there is room again')).toContain('$argon2id$');
  });
});
