import { endUnderMandate, type Instant } from '@claviger/domain';
import { Refusal } from '@claviger/protocol';
import type { Transaction } from '../../../platform/database/index.ts';
import type { HeldKey } from '../store.ts';
import type { Bounds } from '../validity.ts';
import { findMandateEnd } from './store.ts';

/** A Mandate under which a Key is made, and its end. */
export interface MakingMandate {
  readonly id: string;
  readonly until: Instant;
}

/** Bounds that are kept, and of a Key under a Mandate the end that was asked for. */
export interface KeptBounds extends Bounds {
  readonly wantedUntil?: Instant | undefined;
}

function refuseField(field: string, problem: string): Refusal {
  return new Refusal('invalid_input', { issues: [{ path: `body.${field}`, problem }] });
}

/**
 * What is kept of these bounds: a Key under a Mandate ends with it. Refuses invalid_input beside the
 * beginning: after_mandate.
 */
export function boundsUnder(bounds: Bounds, mandate: MakingMandate | undefined): KeptBounds {
  if (!mandate) return bounds;
  if (bounds.from >= mandate.until) throw refuseField('validFrom', 'after_mandate');
  return { ...bounds, until: endUnderMandate(bounds.until, mandate.until), wantedUntil: bounds.until };
}

/**
 * The Mandate with which a Key ends; undefined where there is none, or somebody adopted the Key. Refuses
 * invalid_input beside the end of a Key whose Mandate is over: adopt_first.
 */
export async function mandateOf(
  tx: Transaction,
  entityId: string,
  { mandateId, adoptedAt, suspension }: HeldKey,
): Promise<MakingMandate | undefined> {
  if (mandateId === null || adoptedAt !== null) return undefined;
  if (suspension === 'mandate_ended') throw refuseField('validUntil', 'adopt_first');
  const mandate = await findMandateEnd(tx, { entityId, mandateId });
  if (!mandate || mandate.isOver) throw refuseField('validUntil', 'adopt_first');
  return { id: mandateId, until: mandate.until };
}
