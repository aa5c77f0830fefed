/**
 * Imports: the lines of a CSV, sent in pieces and checked before any counts; then all of it is made, or
 * nothing. What a line means is said by the feature whose things are imported; what all imports have in
 * common is here: whose they are, how much they may hold, and how they are refused.
 */
export { forgetImports, type ImportPlace } from './store.ts';
export {
  assertRoom,
  endImport,
  holdImport,
  printable,
  problemsLimit,
  refuseWrongLines,
  startImport,
  withColumns,
} from './service.ts';
