import type { Reader } from '@claviger/domain';
import type { Picture } from '../../pictures.ts';
import type { Entity, Holding, Token } from '../street/facts.ts';

/** Somebody shows something at a reader, and everything that is true about it. */
export interface Attempt {
  /** Who: a guest, a courier, a thief, a robot. */
  readonly who: string;
  readonly lockId: string;
  readonly lock: number;
  readonly reader: Reader;
  readonly text: string;
  /** The Key and the token that it is of; not given: of none that there ever was. */
  readonly holding?: Holding | undefined;
  readonly token?: Token | undefined;
  /** Of a QR: what was drawn into the picture, and who signed it. */
  readonly picture?: (Picture & { readonly entity: Entity }) | undefined;
  readonly isMalformed?: boolean;
  /** A picture that somebody else drew: under a name of the Entity, or under a name of their own. */
  readonly isForged?: 'bad' | 'unknown_issuer' | undefined;
}
