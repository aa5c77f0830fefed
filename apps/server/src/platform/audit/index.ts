/**
 * The Audit: what people and programs changed, and what they were refused, as evidence. Every entry is added
 * in the transaction of its change (`audit.add`, or `addRefusal`, which counts repeats) at the end of a chain
 * of hashes, one for each Entity and one for the installation; what it tells of a person is sealed under that
 * person's own key. Decision record 0035.
 */
export { openAudit, type Audit, type NewEntry, type NewRefusal } from './audit.ts';
export { checkpointFile, CheckpointProblem, readCheckpointFile } from './checkpoints/file.ts';
export { checkpointSignerOf, takeCheckpoint, tendCheckpoints } from './checkpoints/take.ts';
export { chainOf, installationChain, type AuditEntry, type Personal } from './entry.ts';
export { chainOlderEntries } from './older/older.ts';
export { erasedField, openActor, openFields, openReason } from './sealing.ts';
export { resealChains, restoreOperation } from './reseal.ts';
export { eraseSubject, type SubjectKey } from './subjects/subjects.ts';
export type { ChainFault, ChainReport, RestoreFound } from './verify/chain.ts';
export { verifyAudit, type AuditReport, type CheckpointFault } from './verify/verify.ts';
