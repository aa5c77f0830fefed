import { Transform, type TransformCallback } from 'node:stream';

/** A packet's fixed header is one byte and a length of at most four (MQTT 3.1.1, 2.2.3). */
const lengthBytesLimit = 4;

/** A peer announced a packet larger than the limit, or a length that is none. */
export class OversizedPacket extends Error {
  override readonly name = 'OversizedPacket';
}

/** A peer sent more packets than it may. */
export class TooManyPackets extends Error {
  override readonly name = 'TooManyPackets';
}

/**
 * Lets bytes of an MQTT connection through unchanged and fails at the first packet whose announced length
 * is over the limit, before any of it is gathered: the broker's own parser would keep up to 256 MB. `mayPass`
 * is asked once for each packet.
 */
export class PacketGuard extends Transform {
  readonly #limit: number;
  readonly #mayPass: () => boolean;
  #remaining = 0;
  #length: { value: number; bytes: number } | undefined;

  constructor(limit: number, mayPass: () => boolean) {
    super();
    this.#limit = limit;
    this.#mayPass = mayPass;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, callback: TransformCallback): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#remaining > 0) {
        const skipped = Math.min(this.#remaining, chunk.length - at);
        this.#remaining -= skipped;
        at += skipped;
      } else {
        const fault = this.#readHeaderByte(chunk.readUInt8(at));
        if (fault) {
          callback(fault);
          return;
        }
        at += 1;
      }
    }
    callback(null, chunk);
  }

  /** The first byte is type and flags, the next are the length, seven bits each, lowest first. */
  #readHeaderByte(byte: number): Error | undefined {
    if (!this.#length) {
      this.#length = { value: 0, bytes: 0 };
      return this.#mayPass() ? undefined : new TooManyPackets('too many packets');
    }
    this.#length.value += (byte & 0x7f) * 128 ** this.#length.bytes;
    this.#length.bytes += 1;
    const isEndless = (byte & 0x80) !== 0 && this.#length.bytes >= lengthBytesLimit;
    if (this.#length.value > this.#limit || isEndless) {
      return new OversizedPacket(`a packet is larger than ${this.#limit} bytes`);
    }
    if (byte & 0x80) return undefined;
    this.#remaining = this.#length.value;
    this.#length = undefined;
    return undefined;
  }
}
