/**
 * What a backup takes out of a running PostgreSQL, by its replication protocol: the whole cluster as one
 * archive (`base-backup.ts`), and the write-ahead log as it is written (`log-stream.ts`), kept by a slot
 * until it is confirmed. Only for the administrator's own connections, and only for the embedded database.
 */
export { streamBaseBackup, type BaseBackup } from './base-backup.ts';
export { followLog, type LogStream } from './log-stream.ts';
export {
  formatLogPlace,
  nextSegment,
  parseLogPlace,
  segmentBytes,
  segmentName,
  segmentStart,
  type LogPlace,
} from './position.ts';
export { backupSlot, ensureSlot, isSlotWhole, markLog, type LogMark } from './slot.ts';
export { identifySystem, openWalSender, type WalSender } from './wal-sender.ts';
