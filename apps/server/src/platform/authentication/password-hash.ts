import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { Refusal } from '@claviger/protocol';

/** What one hash costs; each says it beside itself. */
export interface HashCost {
  /** In KiB. */
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** Argon2id with the first parameters of OWASP's password storage advice. */
const owaspCost: HashCost = { memory: 19_456, passes: 2, parallelism: 1 };
const nonceLength = 16;
const tagLength = 32;
/**
 * One hash holds 19 MiB and a processor for some 20 ms: two at once, and a queue that is emptied within a
 * second.
 */
const concurrentHashesLimit = 2;
const waitingHashesLimit = 32;
const retryAfterS = 2;

const storedPattern =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/;

interface HashInput extends HashCost {
  readonly password: string;
  readonly nonce: Uint8Array;
}

/** Makes and checks stored passwords, never more than a few at once. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  verify(stored: string, password: string): Promise<boolean>;
}

function computeTag({ password, nonce, memory, passes, parallelism }: HashInput): Promise<Uint8Array> {
  // The same password typed on another keyboard may be composed of other code points.
  const message = password.normalize('NFKC');
  return new Promise((resolve, reject) => {
    argon2(
      'argon2id',
      { message, nonce, parallelism, tagLength, memory, passes },
      (error: Error | null, tag: Uint8Array) => {
        if (error) reject(error);
        else resolve(tag);
      },
    );
  });
}

function unpadded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '');
}

/** Runs a few works at once, lets some wait, and refuses more with `temporarily_unavailable`. */
function gate() {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (running >= concurrentHashesLimit) {
      if (waiting.length >= waitingHashesLimit) throw new Refusal('temporarily_unavailable', { retryAfterS });
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

/**
 * The server has one hasher, so that the bound holds for all of it. Refuses with `temporarily_unavailable`.
 * Another cost than OWASP's is for tests, which make thousands of Accounts that nobody attacks.
 */
export function createPasswordHasher(made: HashCost = owaspCost): PasswordHasher {
  const inTurn = gate();
  return {
    hash: (password) =>
      inTurn(async () => {
        const nonce = randomBytes(nonceLength);
        const tag = await computeTag({ password, nonce, ...made });
        const { memory, passes, parallelism } = made;
        const cost = `m=${String(memory)},t=${String(passes)},p=${String(parallelism)}`;
        return `$argon2id$v=19$${cost}$${unpadded(nonce)}$${unpadded(tag)}`;
      }),
    verify: (stored, password) =>
      inTurn(async () => {
        const [, memory, passes, parallelism, nonce, tag] = storedPattern.exec(stored) ?? [];
        if (nonce === undefined || tag === undefined) return false;
        const computed = await computeTag({
          password,
          nonce: Buffer.from(nonce, 'base64'),
          memory: Number(memory),
          passes: Number(passes),
          parallelism: Number(parallelism),
        });
        return timingSafeEqual(computed, Buffer.from(tag, 'base64'));
      }),
  };
}
