import type { KeyRule } from '@claviger/domain';
import { CborFault, decodeCbor, encodeCbor } from '../../cbor.ts';
import { at, maybe, record, text } from '../../record.ts';
import { uuidBytes } from '../../text-bytes.ts';
import { floors, repeat } from '../header.ts';

/** What few Keys say, in CBOR. */
const rest = record({
  repeat: maybe(1, repeat),
  floors: at(2, floors),
  profile: maybe(3, text(64)),
  accessGroup: maybe(4, text(64)),
  user: maybe(5, text(64)),
});

type Rest = Pick<KeyRule, 'repeat' | 'floors' | 'profile' | 'accessGroup' | 'user'>;

function isNothing(key: Rest): boolean {
  const { repeat: rule, profile, accessGroup, user } = key;
  return key.floors.length === 0 && [rule, profile, accessGroup, user].every((part) => part === undefined);
}

/** Undefined where a Key says nothing of the kind. */
export function writeRest(key: Rest): Uint8Array | undefined {
  if (isNothing(key)) return undefined;
  if (key.user !== undefined) uuidBytes(key.user);
  return encodeCbor(rest.write(key));
}

export function readRest(encoded: Uint8Array | undefined): Rest {
  if (!encoded) return { floors: [] };
  const read = rest.read(decodeCbor(encoded));
  if (isNothing(read)) throw new CborFault('what says nothing');
  if (read.user !== undefined) uuidBytes(read.user);
  return read;
}
