import { Transform, type TransformCallback } from 'node:stream';

/** A packet's fixed header is one byte and a length of at most four (MQTT 3.1.1, 2.2.3). */
const lengthBytesLimit = 4;

/** A peer announced a packet larger than the limit, or a length that is none. */
export class OversizedPacket extends Error {
  override readonly name = 'OversizedPacket';
}

/**
 * Lets bytes of an MQTT connection through unchanged and fails at the first packet whose announced length
 * is over the limit, before any of it is gathered: the broker's own parser would keep up to 256 MB.
 */
export class PacketGuard extends Transform {
  readonly #limit: number;
  #remaining = 0;
  #length: { value: number; bytes: number } | undefined;

  constructor(limit: number) {
    super();
    this.#limit = limit;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, callback: TransformCallback): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#remaining > 0) {
        const skipped = Math.min(this.#remaining, chunk.length - at);
        this.#remaining -= skipped;
        at += skipped;
      } else {
        if (!this.#readHeaderByte(chunk.readUInt8(at))) {
          callback(new OversizedPacket(`a packet is larger than ${this.#limit} bytes`));
          return;
        }
        at += 1;
      }
    }
    callback(null, chunk);
  }

  /** The first byte is type and flags, the next are the length, seven bits each, lowest first. */
  #readHeaderByte(byte: number): boolean {
    if (!this.#length) {
      this.#length = { value: 0, bytes: 0 };
      return true;
    }
    this.#length.value += (byte & 0x7f) * 128 ** this.#length.bytes;
    this.#length.bytes += 1;
    if (this.#length.value > this.#limit) return false;
    if (byte & 0x80) return this.#length.bytes < lengthBytesLimit;
    this.#remaining = this.#length.value;
    this.#length = undefined;
    return true;
  }
}
