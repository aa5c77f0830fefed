import type { EntityId, Instant } from '@claviger/domain';
import type { Database } from '../../platform/database/index.ts';
import type { QrIssuer, Secret } from '../../platform/secrets/index.ts';
import type { PinDrawing } from './pins/pins.ts';

/** What Keys are made and changed with, beside a transaction. */
export interface KeyParts {
  readonly database: Database;
  readonly sealingKey: Secret;
  readonly pins: PinDrawing;
  readonly issuerOf: (entityId: string) => QrIssuer;
  /** What people type to come here, without a path. */
  readonly publicOrigin: string;
  readonly now: () => Instant;
}

/** Where a Key is found. */
export interface KeyId {
  readonly entityId: EntityId;
  readonly keyId: string;
}
