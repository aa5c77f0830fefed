import type { Database, Transaction } from '../database/index.ts';
import { deriveSecret, type Secret } from '../secrets/index.ts';
import { appendEntry } from './chain/store.ts';
import type { AuditEntry } from './entry.ts';
import { addRefusal, writeRepeats } from './refusals.ts';
import { sealEntry } from './sealing.ts';
import { subjectKeysOf, type SubjectKey } from './subjects/subjects.ts';

/** An entry as one says it: it is of this moment unless another one is given. */
export type NewEntry = Omit<AuditEntry, 'at'> & { readonly at?: number };

/** A refused call, and where it comes from. */
export interface NewRefusal {
  readonly entry: NewEntry & { readonly outcome: 'refused' | 'failed' };
  /** The address, or the network that counts as one caller. */
  readonly source: string;
}

/** The only way into the Audit. */
export interface Audit {
  /**
   * Adds an entry in the transaction of what it tells of, in the scope that it names, or that of the Owner of
   * its Entity. The last thing that a transaction does: whoever adds to the same chain waits for its end.
   */
  add(tx: Transaction, entry: NewEntry): Promise<void>;
  /** Adds a refusal, or counts it with others like it within a minute. */
  addRefusal(tx: Transaction, refusal: NewRefusal): Promise<void>;
  /** Writes the entries of repeats whose minute is over. */
  writeRepeats(database: Database): Promise<void>;
  /** What opens the sealed fields of these persons, to read entries of an Entity. Scope: that Entity. */
  keysOf(
    tx: Transaction,
    subjects: { readonly entityId: string; readonly subjectIds: readonly string[] },
  ): Promise<ReadonlyMap<string, SubjectKey>>;
}

export interface AuditPorts {
  readonly installationSecret: Secret;
  readonly now: () => number;
}

/** Opens the Audit of an installation. */
export function openAudit({ installationSecret, now }: AuditPorts): Audit {
  const sealingKey = deriveSecret(installationSecret, 'audit subjects');
  const append = async (tx: Transaction, entry: AuditEntry): Promise<void> => {
    await appendEntry(tx, await sealEntry(tx, entry, sealingKey));
  };
  return {
    add: (tx, entry) => append(tx, { at: now(), ...entry }),
    addRefusal: (tx, { entry, source }) => addRefusal(tx, { entry: { at: now(), ...entry }, source }, append),
    writeRepeats: (database) => writeRepeats(database, now(), append),
    keysOf: (tx, subjects) => subjectKeysOf(tx, subjects, sealingKey),
  };
}
