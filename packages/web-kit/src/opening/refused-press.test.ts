import { type ErrorCode, errorStatuses, Refusal, Unreachable } from '@claviger/protocol';
import { describe, expect, it } from 'vitest';
import { cooldownAfter, errorOfPress } from './refused-press.ts';

const now = 1_000_000;
const codes = Object.keys(errorStatuses) as ErrorCode[];

describe('a press that was refused', () => {
  it('because the lock cools down, counts down and is no error', () => {
    const cooldown = new Refusal('cooldown', { retryAfterS: 2 });
    expect(cooldownAfter(cooldown, now)).toBe(now + 2_000);
    expect(errorOfPress(cooldown)).toBeNull();
  });

  it.each(codes.filter((code) => code !== 'cooldown'))(
    'with %s is told as what it is, and as no cooldown, whatever wait the server asks for',
    (code) => {
      const refusal = new Refusal(code, { retryAfterS: 5 });
      expect(cooldownAfter(refusal, now)).toBeUndefined();
      expect(errorOfPress(refusal)).toBe(refusal);
    },
  );

  it('by nobody, because no answer came, is told too', () => {
    const silence = new Unreachable('no answer');
    expect([cooldownAfter(silence, now), errorOfPress(silence)]).toEqual([undefined, silence]);
    expect([cooldownAfter(null, now), errorOfPress(null)]).toEqual([undefined, null]);
  });
});
