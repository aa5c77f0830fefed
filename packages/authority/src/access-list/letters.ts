import {
  listDeltaMessage,
  listHeadMessage,
  listPieceLimit,
  listPieceMessage,
  sealMessage,
  uuidBytes,
} from '@claviger/protocol';
import type { AuthorityPorts, Reply } from '../authority.ts';
import type { DeltaRecord, ListRecord } from './list-store.ts';

export interface Addressee {
  readonly deviceId: string;
  readonly lock: number;
}

/** The signed head of a whole list, and its pieces. */
export function lettersOf(
  record: ListRecord,
  { deviceId, lock }: Addressee,
  signer: AuthorityPorts['signer'],
): Reply[] {
  const { ownershipEpoch, list, signedAt, hash, encoded } = record;
  const device = uuidBytes(deviceId);
  const pieces = Math.ceil(encoded.length / listPieceLimit);
  const head = { device, ownershipEpoch, lock, list, signedAt, pieces, hash };
  const letters: Reply[] = [{ channel: 'sync', message: sealMessage(listHeadMessage, head, signer) }];
  for (let index = 0; index < pieces; index += 1) {
    const piece = encoded.slice(index * listPieceLimit, (index + 1) * listPieceLimit);
    const body = { device, ownershipEpoch, hash, index, piece };
    letters.push({ channel: 'sync', message: sealMessage(listPieceMessage, body, signer) });
  }
  return letters;
}

/** The one letter of a delta; its root says to whom it goes. */
export function letterOf({ delta }: Pick<DeltaRecord, 'delta'>, signer: AuthorityPorts['signer']): Reply {
  return { channel: 'sync', message: sealMessage(listDeltaMessage, delta, signer) };
}
