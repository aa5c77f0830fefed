import type { Instant, KeyRule, Validity } from '@claviger/domain';
import { CborFault } from '../../cbor.ts';
import type { ByteReader, ByteWriter } from './bytes.ts';

const minuteMs = 60_000;
/** Minutes since 1970 in four bytes; what is no whole minute has six of milliseconds. */
const minutesLength = 4;
const instantLength = 6;
const instantsEnd = 2 ** (8 * instantLength) - 1;

/** How an instant is written: not at all, in minutes, in milliseconds. */
const formBits = 2;
const forms = { none: 0, minutes: 1, milliseconds: 2 } as const;
type Form = (typeof forms)[keyof typeof forms];

function formOf(at: Instant | undefined): Form {
  if (at === undefined) return forms.none;
  if (!Number.isInteger(at) || at < 0 || at >= instantsEnd)
    throw new CborFault(`no instant of an access list: ${at}`);
  const isShort = at % minuteMs === 0 && at / minuteMs < 2 ** (8 * minutesLength);
  return isShort ? forms.minutes : forms.milliseconds;
}

/** One byte tells how the four bounds of a Key and its Binding are written; then they follow. */
export function writeTimes(out: ByteWriter, { from, until, binding }: KeyRule): void {
  const bounds = [from, until, binding.from, binding.until];
  out.byte(bounds.reduce<number>((bits, at, place) => bits | (formOf(at) << (formBits * place)), 0));
  for (const at of bounds) {
    const form = formOf(at);
    if (at === undefined) continue;
    if (form === forms.minutes) out.number(at / minuteMs, minutesLength);
    else out.number(at, instantLength);
  }
}

function readBound(from: ByteReader, form: number): Instant | undefined {
  if (form === forms.none) return undefined;
  if (form === forms.minutes) return from.number(minutesLength) * minuteMs;
  if (form === forms.milliseconds) return from.number(instantLength);
  throw new CborFault('an instant of no form');
}

/** Bounds of a Key, and of its Binding; what is not there is not named. */
export function readTimes(reader: ByteReader): { readonly own: Validity; readonly binding: Validity } {
  const bits = reader.byte();
  const read = (place: number): Instant | undefined => readBound(reader, (bits >>> (formBits * place)) & 3);
  const span = (from: Instant | undefined, until: Instant | undefined): Validity => ({
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
  });
  const [from, until] = [read(0), read(1)];
  return { own: span(from, until), binding: span(read(2), read(3)) };
}
