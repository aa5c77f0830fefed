/**
 * Backups: a base of the whole installation now and then, and the log of its database every twenty seconds,
 * each file encrypted to a key whose private half is not on the machine, each record of one signed by the
 * installation. A restore goes to any instant between, into an empty folder (decision record 0028). Files are
 * in formats of their own time: tar, gzip, age.
 */
export { isBelow, findRecipient, makeBackupKey, readBackupKey, type BackupKey } from './backup-key.ts';
export { makeBase, type BaseParts, type MadeBase } from './new-base.ts';
export { followBackup, shipEveryMs } from './following.ts';
export { shipLog, type Shipping } from './log-shipping.ts';
export { BackupProblem } from './problem.ts';
export { openSecrets, planRestore, restoreDatabase, type RestorePlan } from './restoring/restore.ts';
export { putSecrets } from './secrets.ts';
export { findBackupPath, saveBackupPath } from './settings.ts';
