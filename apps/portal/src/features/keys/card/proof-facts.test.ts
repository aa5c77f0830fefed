import { type Assurance, type Capability, proofs, proofsAt } from '@claviger/domain';
import type { Key } from '@claviger/protocol';
import { createFormat } from '@claviger/web-kit';
import { describe, expect, it } from 'vitest';
import { cardText, isUseless, pictureText, proofFacts } from './proof-facts.ts';

const format = createFormat('en-GB', 'UTC');
const sharedAt = Date.parse('2026-11-29T12:00Z');

interface Door {
  readonly level?: Assurance;
  readonly takesCardNumbers?: boolean;
  readonly readers?: readonly Capability[];
}

/** A Key with every proof at one lock; left out: one that takes everything. */
function keyAt({
  level = 'low',
  takesCardNumbers = true,
  readers = ['keypad', 'qr_reader', 'card_reader'],
}: Door) {
  const rules = { minimumAssurance: level, capabilities: readers, takesStaticQr: false, takesCardNumbers };
  const binding: Key['bindings'][number] = {
    ...{ lockId: 'front', lockName: 'Front door', state: 'active', capabilities: [], usesSpent: 0 },
    proofs: proofsAt(proofs, 'guest', rules),
    enforcement: { state: 'enforced', since: sharedAt },
  };
  return { bindings: [binding], picture: { sharedAt, isCurrent: true } };
}

const factsAt = (door: Door) => proofFacts(keyAt(door).bindings[0]?.proofs ?? [], format);
const cardAt = (door: Door) => cardText(keyAt(door), 'C271', format);

describe('what a lock makes of a key', () => {
  it('is said of the card where it is not taken, and why', () => {
    expect(cardAt({})).toBe('•••• C271, can be copied');
    expect(cardAt({ takesCardNumbers: false })).toBe('•••• C271. This lock does not take bare card numbers.');
    expect(cardAt({ level: 'high', readers: ['card_reader', 'keypad'] })).toMatch(
      /asks for more than a card number proves\.$/,
    );
    expect(cardAt({ level: 'medium' })).toBe(
      '•••• C271. It opens only together with: PIN or static picture.',
    );
    expect(cardAt({ readers: ['keypad'] })).toMatch(/This lock has no card reader\.$/);
  });

  it('is said of the picture where it is not taken, and why', () => {
    expect(pictureText(keyAt({}), format)).toBe('Shared 29 Nov 2026, 12:00');
    expect(pictureText(keyAt({ level: 'high', readers: ['qr_reader'] }), format)).toMatch(
      /asks for more than a picture proves\.$/,
    );
    const ended = { ...keyAt({}), picture: { sharedAt, isCurrent: false } };
    expect(pictureText(ended, format)).toMatch(/does not open any more\.$/);
  });

  it('is said of everything that proves too little, and of what opens only with another', () => {
    expect(factsAt({})).toEqual([]);
    expect(factsAt({ level: 'medium', takesCardNumbers: false, readers: ['keypad'] })).toEqual([
      'Nothing of this key opens this lock at present.',
      'The lock asks for more than these prove, so they do not open: Open on its page and PIN.',
    ]);
    expect(factsAt({ level: 'high' })).toEqual([
      'The lock asks for more than these prove, so they do not open: Open on its page and static picture.',
      'These open only two together: PIN, QR code and card.',
    ]);
  });

  it('is nothing at all where no proof opens', () => {
    expect([keyAt({}), keyAt({ level: 'high', readers: ['keypad'] })].map(isUseless)).toEqual([false, true]);
  });
});
