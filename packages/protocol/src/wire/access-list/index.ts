/**
 * An access list as it travels and as it lies at the door: a header in CBOR with the rules of the lock and
 * what Keys say alike, then Keys and credentials in columns, ascending by name (decision record 0030). The
 * door finds in these bytes what it is shown; nothing is made of the rest.
 */
export { accessListSizeLimit } from './header.ts';
export { encodeAccessList } from './pack.ts';
export {
  accessListLength,
  decodeAccessList,
  openAccessList,
  openInSlices,
  type FoundList,
  type PackedList,
} from './open.ts';
export {
  createChangedList,
  decodeChangedList,
  readDelta,
  type ChangedList,
  type ReadDelta,
} from './deltas/changed-list.ts';
export { decodeEntries, encodeEntries, entryCredentialsLimit, type KeyEntry } from './deltas/key-entry.ts';
export {
  deltaKeysLimit,
  listDeltaMessage,
  namedRoot,
  rootAfter,
  toldRoot,
  toldRootLength,
  type ListDelta,
} from './deltas/list-delta.ts';
export { joinReported, splitReported, type ReportedContent } from './deltas/reported.ts';
