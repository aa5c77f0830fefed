/** A place in the write-ahead log, in bytes from its beginning; PostgreSQL writes it as `16/B374D848`. */
export type LogPlace = bigint;

/** The log is cut into files of this size (`wal_segment_size`, never set otherwise by us). */
export const segmentBytes = 16 * 1024 * 1024;

const segmentSize = BigInt(segmentBytes);
const segmentsPerId = 0x1_0000_0000n / segmentSize;
const form = /^([0-9A-F]{1,8})\/([0-9A-F]{1,8})$/;

/** Reads `16/B374D848`; throws for what is no place. */
export function parseLogPlace(text: string): LogPlace {
  const [, high, low] = form.exec(text) ?? [];
  if (high === undefined || low === undefined) throw new Error(`${text} is no place in a log`);
  return (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`);
}

export function formatLogPlace(place: LogPlace): string {
  return `${(place >> 32n).toString(16)}/${(place & 0xffff_ffffn).toString(16)}`.toUpperCase();
}

/** The first place of the segment that holds this one. */
export function segmentStart(place: LogPlace): LogPlace {
  return place - (place % segmentSize);
}

export function nextSegment(start: LogPlace): LogPlace {
  return segmentStart(start) + segmentSize;
}

function hex(value: bigint): string {
  return value.toString(16).toUpperCase().padStart(8, '0');
}

/** PostgreSQL's name of the file that holds this place: timeline, then the segment's number in two parts. */
export function segmentName(timeline: number, place: LogPlace): string {
  const number = place / segmentSize;
  return hex(BigInt(timeline)) + hex(number / segmentsPerId) + hex(number % segmentsPerId);
}
