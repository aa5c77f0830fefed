import { timingSafeEqual } from 'node:crypto';
import { inspect } from 'node:util';

const redacted = '[secret]';

/**
 * Bytes that must not be seen. Whatever prints, serializes or inspects it gets `[secret]`; only `reveal`
 * gives the bytes, so a search for that word finds every place where a secret is used.
 */
export class Secret {
  readonly #bytes: Uint8Array;

  constructor(value: Uint8Array | string) {
    this.#bytes = typeof value === 'string' ? new TextEncoder().encode(value) : Uint8Array.from(value);
  }

  reveal(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }

  revealText(): string {
    return new TextDecoder('utf-8', { fatal: true }).decode(this.#bytes);
  }

  /** Compares in constant time. */
  equals(other: Secret): boolean {
    return this.#bytes.length === other.#bytes.length && timingSafeEqual(this.#bytes, other.#bytes);
  }

  toString(): string {
    return redacted;
  }

  toJSON(): string {
    return redacted;
  }

  [inspect.custom](): string {
    return redacted;
  }
}
