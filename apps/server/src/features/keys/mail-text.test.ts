import { expect, it } from 'vitest';
import { proofsAt, type ProofRules } from '@claviger/domain';
import { keyMailText, pageUseOf } from './mail-text.ts';

const mail = {
  place: 'Villa Lux',
  lock: 'Front door',
  link: 'https://example.com/k#token',
  opens: 'page',
  from: Date.parse('2026-11-12T18:30:00Z'),
  until: Date.parse('2026-12-11T09:05:00Z'),
  zone: 'Europe/Berlin',
  hasPicture: false,
} as const;

it.each([
  ['en', 'Valid from 12 November 2026 at 19:30 until 11 December 2026 at 10:05 (Europe/Berlin).'],
  ['de', 'Gültig von 12. November 2026 um 19:30 bis 11. Dezember 2026 um 10:05 (Europe/Berlin).'],
  ['zh', '2026年11月12日 19:30'],
] as const)(
  'the mail of a Key tells its bounds in %s, day before month and in the zone of the place',
  (language, bounds) => {
    expect(keyMailText({ ...mail, language }).text).toContain(bounds);
  },
);

it.each([
  ['low', /This page opens the door and shows what else the key can do/],
  ['medium', /This page shows the QR code that opens the door/],
  ['high', /This page shows a QR code and a PIN\. The door opens for both together/],
] as const)('the mail of a Key promises at a lock of %s assurance what the door does', (level, promise) => {
  const lock: ProofRules = {
    ...{ minimumAssurance: level, capabilities: ['keypad', 'qr_reader'] },
    ...{ takesStaticQr: false, takesCardNumbers: true },
  };
  const opens = pageUseOf(proofsAt(['link', 'pin', 'qr'], 'guest', lock));

  expect(keyMailText({ ...mail, language: 'en', opens }).text).toMatch(promise);
});

it('the mail of a Key with a card tells of two proofs where the page alone opens nothing', () => {
  const lock: ProofRules = {
    ...{ minimumAssurance: 'medium', capabilities: ['keypad', 'card_reader'] },
    ...{ takesStaticQr: false, takesCardNumbers: true },
  };
  expect(pageUseOf(proofsAt(['link', 'pin', 'qr', 'card'], 'guest', lock))).toBe('with_card');
});
