import type { AuditEntry } from '@claviger/protocol';

/** One field of what an entry changed. */
export interface SideBySide {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly isChanged: boolean;
}

/** Before and after of an entry, field by field: what has changed first, each in the order it was told. */
export function sideBySide({ before = {}, after = {} }: Pick<AuditEntry, 'before' | 'after'>): SideBySide[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const rows = fields.map((field) => ({
    field,
    before: before[field],
    after: after[field],
    isChanged: JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  }));
  return [...rows.filter(({ isChanged }) => isChanged), ...rows.filter(({ isChanged }) => !isChanged)];
}

/** Whether a value told of a person who was erased. */
export function isErased(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'erased' in value && value.erased === true;
}
