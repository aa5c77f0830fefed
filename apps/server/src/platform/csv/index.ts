/**
 * Exports as CSV: streamed page by page, so that their length costs no memory, and written so that no cell is
 * taken for a formula. Whatever an export has written this way, an import reads as it was.
 */
export { csvFile, csvPages, type CsvPage } from './csv.ts';
export { readExportSubject } from './store.ts';
