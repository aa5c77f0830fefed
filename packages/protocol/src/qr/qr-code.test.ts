import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyTypes } from '@claviger/domain';
import { decodeBase45, encodeBase45 } from './base45.ts';
import { hasQrForm, qrBody, qrKeyTag, qrLockTag, qrText, readQr, type QrContent } from './qr-code.ts';

const issuer = Uint8Array.of(0xab, 0xcd);
const signature = new Uint8Array(64).fill(7);
const moving = { step: 59_000_000, proof: new Uint8Array(8).fill(9) };
const guest: QrContent = {
  keyType: 'guest',
  keyTag: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
  issue: 3,
  signedAt: 1_795_600_000_000,
  isStatic: true,
  rule: { from: 1_795_600_800_000, until: undefined, window: undefined },
  lockTags: [12],
};

const bound = fc.option(
  fc.integer({ min: 1, max: 0xffff_ffff }).map((s) => s * 1000),
  { nil: undefined },
);
const minute = fc.integer({ min: 0, max: 1439 });
const window = fc.record({
  weekdays: fc.integer({ min: 1, max: 127 }),
  beginMinute: minute,
  endMinute: minute,
});
const contents: fc.Arbitrary<QrContent> = fc.record({
  keyType: fc.constantFrom(...keyTypes),
  keyTag: fc.uint8Array({ minLength: 8, maxLength: 8 }),
  issue: fc.integer({ min: 0, max: 0xffff }),
  signedAt: fc.integer({ min: 0, max: 0xffff_ffff }).map((s) => s * 1000),
  isStatic: fc.boolean(),
  rule: fc.option(fc.record({ from: bound, until: bound, window: fc.option(window, { nil: undefined }) }), {
    nil: undefined,
  }),
  lockTags: fc.array(fc.integer({ min: 0, max: 0xffff_ffff }), { maxLength: 10 }),
});

function textOf(content: QrContent): string {
  return qrText(qrBody(content, issuer), signature, content.isStatic ? undefined : moving);
}

describe('base 45', () => {
  it.each([
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
  ])('writes %j as RFC 9285 does', (plain, written) => {
    expect(encodeBase45(new TextEncoder().encode(plain))).toBe(written);
    expect(decodeBase45(written)).toEqual(new TextEncoder().encode(plain));
  });

  it.each(['GGW', ':::', 'A', 'ABCD', 'a12', '%69 VD92EX\u00e9'])('does not read %j', (text) => {
    expect(decodeBase45(text)).toBeUndefined();
  });
});

describe('a QR', () => {
  it('says what was written, and nothing else', () => {
    fc.assert(
      fc.property(contents, (content) => {
        const read = readQr(textOf(content));
        expect(read).toEqual({
          issuerKeyId: issuer,
          content,
          body: qrBody(content, issuer),
          signature,
          moving: content.isStatic ? undefined : moving,
        });
      }),
    );
  });

  it('fits into version 6-M for one lock, and version 7-M while it moves', () => {
    expect(textOf(guest)).toHaveLength(152);
    expect(textOf({ ...guest, isStatic: false })).toHaveLength(170);
    expect(
      textOf({ ...guest, isStatic: true, lockTags: Array.from({ length: 10 }, (_, at) => at) }).length,
    ).toBe(206);
  });

  it('names Keys and locks by the ends of their identifiers', () => {
    const id = '0190a0b0-1111-7222-8333-0a0b0c0d0e0f';
    expect(qrKeyTag(id)).toEqual(Uint8Array.of(0x83, 0x33, 10, 11, 12, 13, 14, 15));
    expect(qrLockTag(id)).toBe(0x0c0d0e0f);
  });

  it('of another length, version, type or form is malformed', () => {
    const bytes = decodeBase45(textOf(guest)) ?? new Uint8Array();
    const changed = (at: number, value: number): Uint8Array => bytes.with(at, value);
    const malformed = [
      bytes.subarray(1),
      bytes.subarray(0, -1),
      new Uint8Array([...bytes, 0]),
      changed(0, 2),
      changed(3, 4),
      changed(3, 0),
      changed(4, 10),
      changed(27, 128),
      changed(28, 255),
      changed(32, 11),
      changed(32, 2),
    ];
    expect(malformed.map((wrong) => readQr(encodeBase45(wrong)))).toEqual(malformed.map(() => undefined));
  });

  it('has one form for one content: a body with any byte changed is another content, or malformed', () => {
    const place = fc.tuple(fc.nat({ max: 36 }), fc.nat({ max: 255 }));
    fc.assert(
      fc.property(contents, fc.array(place, { minLength: 1, maxLength: 3 }), (content, changes) => {
        const body = qrBody(content, issuer);
        for (const [at, value] of changes) body[at % body.length] = value;
        const read = readQr(qrText(body, signature, content.isStatic ? undefined : moving));
        if (read) expect(qrBody(read.content, read.issuerKeyId)).toEqual(body);
      }),
      { numRuns: 2_000 },
    );
  });

  it('without a rule has no bytes where a rule would be', () => {
    const bytes = qrBody({ ...guest, rule: undefined }, issuer);
    const body = bytes.with(19, 1);
    expect(readQr(qrText(body, signature))).toBeUndefined();
  });

  it('never throws, whatever is held before the camera', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 250 }),
      fc.uint8Array({ maxLength: 140 }).map(encodeBase45),
      fc
        .tuple(fc.nat({ max: 96 }), fc.nat({ max: 255 }))
        .map(([at, value]) =>
          encodeBase45((decodeBase45(textOf(guest)) ?? new Uint8Array()).with(at, value)),
        ),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const read = readQr(text);
        expect(hasQrForm(text)).toBe(read !== undefined);
        if (!read) return;
        expect(qrText(read.body, read.signature, read.moving)).toBe(text);
        expect(qrBody(read.content, read.issuerKeyId)).toEqual(read.body);
      }),
    );
  });

  it('refuses to write what does not fit', () => {
    const many = Array.from({ length: 11 }, (_, at) => at);
    expect(() => qrBody({ ...guest, lockTags: many }, issuer)).toThrow(RangeError);
    expect(() => qrBody({ ...guest, issue: 65_536 }, issuer)).toThrow(RangeError);
    expect(() => qrBody(guest, Uint8Array.of(1))).toThrow(RangeError);
  });
});
