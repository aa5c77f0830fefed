import { proofsAt, type Assurance, type Capability, type Proof } from '@claviger/domain';
import type { ShownKey } from '@claviger/protocol';
import { createFormat } from '@claviger/web-kit';
import { describe, expect, it } from 'vitest';
import { obstacleTo } from './obstacle.ts';
import { obstacleText, pinHint, qrHint, waitingText, worksOfflineText } from './words.ts';

const at = Date.parse('2026-11-29T12:00:00Z');
const format = createFormat('en-GB', 'UTC');
const moment = { now: at, isSilent: false };

interface Door {
  readonly minimumAssurance: Assurance;
  readonly readers?: readonly Capability[];
  readonly held?: readonly Proof[];
  readonly more?: Partial<ShownKey['locks'][number]> | undefined;
}

/** A page with one door; left out: keypad and QR reader, and a Key with link, PIN and QR. */
function pageAt({ minimumAssurance, readers = ['keypad', 'qr_reader'], held, more }: Door) {
  const rules = { minimumAssurance, capabilities: readers, takesStaticQr: false, takesCardNumbers: true };
  const proofs = proofsAt(held ?? ['link', 'pin', 'qr'], 'guest', rules);
  const drawn = { pin: '123456', qr: { body: '', signature: '', stepSecret: '' } };
  const lock = {
    ...{ id: 'front', name: 'Front door', location: '', isOnline: true, unlockForMs: 5_000 },
    ...{ proofs, ...more },
  };
  const shown: ShownKey = {
    ...{ place: 'Home', address: '', zone: 'UTC', name: 'Grace', status: 'active', serverAt: at },
    ...{ hasPicture: false, locks: [lock], ...drawn },
  };
  return { shown, lock };
}

function openText(door: Door): string {
  const { shown, lock } = pageAt(door);
  const obstacle = obstacleTo(lock, shown, moment);
  return obstacle ? obstacleText(obstacle, shown, format) : 'opens';
}

const everything: Proof[] = ['link', 'pin', 'qr', 'picture', 'card'];

describe('the page of a key says of a door', () => {
  it('that takes everything how each is used', () => {
    const { shown } = pageAt({ minimumAssurance: 'low' });

    expect(openText({ minimumAssurance: 'low' })).toBe('opens');
    expect(pinHint(shown)).toBe('Type it at the keypad.');
    expect(qrHint(shown)).toMatch(/^Hold it before the reader\./);
    expect(worksOfflineText(shown, at)).toBe('QR code and PIN open the door without it.');
  });

  it('that asks for more that its PIN and Open do not open it, and what does', () => {
    const { shown } = pageAt({ minimumAssurance: 'medium' });

    expect(openText({ minimumAssurance: 'medium' })).toMatch(/Show it the QR code below\.$/);
    expect(pinHint(shown)).toMatch(/^The PIN does not open this door/);
    expect(qrHint(shown)).toMatch(/^Hold it before the reader\./);
    expect(worksOfflineText(shown, at)).toBe('The QR code opens the door without it.');
  });

  it('that asks for two proofs which two, and in what time', () => {
    const { shown } = pageAt({ minimumAssurance: 'high' });

    expect(openText({ minimumAssurance: 'high' })).toMatch(/QR code below and type the PIN/);
    expect(pinHint(shown)).toMatch(/within 10 seconds of the QR code/);
    expect(qrHint(shown)).toMatch(/type the PIN within 10 seconds/);
    expect(worksOfflineText(shown, at)).toBe('QR code and PIN together open the door without it.');
  });

  it('without a QR reader that PIN and card open it together', () => {
    const readers: Capability[] = ['keypad', 'card_reader'];
    const { shown } = pageAt({ minimumAssurance: 'medium', readers, held: everything });

    expect(openText({ minimumAssurance: 'medium', readers, held: everything })).toMatch(/two proofs/);
    expect(pinHint(shown)).toMatch(/within 10 seconds of your card/);
    expect(worksOfflineText(shown, at)).toBe('');
  });

  it('that takes nothing of the key that it does not, though the reader is there', () => {
    const { shown } = pageAt({ minimumAssurance: 'high', readers: ['qr_reader'], held: ['link', 'qr'] });

    expect(openText({ minimumAssurance: 'medium', readers: [] })).toMatch(/^At present this door opens with/);
    expect(qrHint(shown)).toMatch(/^The QR code does not open this door/);
  });
});

describe('without a network the page of a key promises', () => {
  const textOf = (more: Door['more'], key: Partial<ShownKey> = {}, now = at) =>
    worksOfflineText({ ...pageAt({ minimumAssurance: 'low', more }).shown, ...key }, now);
  const waiting = { for: 'key', since: at, takesQr: true } as const;

  it('nothing for a key that does not open now', () => {
    expect(textOf({}, { validFrom: at + 1 })).toBe('');
    expect(textOf({}, { validUntil: at }, at + 60_000)).toBe('');
    expect(textOf({}, { status: 'revoked' })).toBe('');
    expect(textOf({ usesLeft: 0 })).toBe('');
  });

  it('no more than is drawn, and than the door knows of it', () => {
    expect(textOf({}, { qr: undefined })).toBe('The PIN opens the door without it.');
    expect(textOf({}, { pin: undefined })).toBe('The QR code opens the door without it.');
    expect(textOf({ waiting })).toBe('The QR code opens the door without it.');
    expect(textOf({ waiting: { ...waiting, takesQr: false } })).toBe('');
    expect(textOf({ usesLeft: 1 })).toBe('QR code and PIN open the door without it.');
  });
});

describe('the page of a key says of a door that has not got it yet', () => {
  const waiting = { for: 'key', since: at - 60_000, takesQr: true } as const;
  const textOf = (more: Door['more']) =>
    waitingText(pageAt({ minimumAssurance: 'low', more }).lock, format, at);

  it('nothing where it has everything', () => {
    expect(textOf({})).toBe('');
  });

  it('since when the key is on its way, or the door away, and what opens meanwhile', () => {
    expect(textOf({ waiting })).toBe(
      'The door does not know this key yet: it is on its way since 11:59. The QR code opens it already.',
    );
    expect(textOf({ waiting: { ...waiting, takesQr: false }, isOnline: false })).toBe(
      'The door does not know this key yet: it has had no connection since 11:59. ' +
        'It learns of it once connected.',
    );
    expect(textOf({ waiting: { ...waiting, for: 'change' } })).toMatch(/newest change of this key/);
    expect(textOf({ waiting: { ...waiting, for: 'counters' } })).toMatch(/holds this key back/);
  });

  it('that Open and the PIN work as soon as it knows the key', () => {
    const more = { waiting };
    const { shown } = pageAt({ minimumAssurance: 'low', more });

    expect(openText({ minimumAssurance: 'low', more })).toBe('It opens as soon as the door knows this key.');
    expect(pinHint(shown)).toBe('It opens as soon as the door knows this key.');
    expect(qrHint(shown)).toMatch(/^Hold it before the reader\./);
    const counted = pageAt({ minimumAssurance: 'low', more: { waiting: { ...waiting, takesQr: false } } });
    expect(qrHint(counted.shown)).toBe('It opens as soon as the door knows this key.');
  });

  it.each(['counters', 'another_key'] as const)('that nothing opens where it holds back for %s', (reason) => {
    const more = { waiting: { ...waiting, for: reason } };
    const { shown } = pageAt({ minimumAssurance: 'low', more });
    const closed = 'This key does not open at present.';

    expect(openText({ minimumAssurance: 'low', more })).toBe(closed);
    expect([pinHint(shown), qrHint(shown), worksOfflineText(shown, at)]).toEqual([closed, closed, '']);
    const other = pageAt({ minimumAssurance: 'low' }).shown;
    const both = { ...shown, locks: [...shown.locks, ...other.locks] };
    expect(pinHint(both)).toBe(pinHint(other));
    expect(worksOfflineText(both, at)).not.toBe('');
  });
});
