import { type AuditEntry, isErrorCode, Refusal } from '@claviger/protocol';
import { CopyButton, fieldName, type Format, m, textOf } from '@claviger/web-kit';
import type { ReactNode } from 'react';
import { actorText } from './actor-text.ts';
import { isErased, type SideBySide, sideBySide } from './side-by-side.ts';

/** What a code of the catalogue says; another one stands for itself. */
function codeText(code: string): string {
  return isErrorCode(code) ? textOf(new Refusal(code)).says : code;
}

interface EntryDetailsProps {
  readonly entry: AuditEntry;
  readonly format: Format;
}

/** Everything that an entry tells: the facts, and before and after side by side. */
export function EntryDetails({ entry, format }: EntryDetailsProps) {
  const rows = sideBySide(entry);
  return (
    <div className="audit-details">
      <dl>
        <Facts entry={entry} format={format} />
      </dl>
      {rows.length > 0 && <Changes rows={rows} format={format} />}
    </div>
  );
}

function Facts({ entry, format }: EntryDetailsProps) {
  const { count, firstAt, at, code, requestId, objectId, isReasonErased } = entry;
  return (
    <>
      <Fact name={m.audit_timestamp()}>{format.exactly(at)}</Fact>
      {firstAt !== undefined && (
        <Fact name={m.audit_status()}>
          {m.audit_repeats({
            count: format.number(count),
            first: format.clock(firstAt),
            last: format.clock(at),
          })}
        </Fact>
      )}
      <Fact name={m.audit_user()}>{actorText(entry)}</Fact>
      <Fact name={m.audit_address()}>{entry.address}</Fact>
      <Fact name={m.audit_mandate()}>{entry.mandateId}</Fact>
      <Fact name={m.audit_reason()}>{isReasonErased ? m.audit_erased() : entry.reason}</Fact>
      <Fact name={m.audit_code()}>{code === undefined ? undefined : codeText(code)}</Fact>
      <Fact name={m.audit_cause()}>{entry.cause}</Fact>
      <Fact name={m.audit_object()}>{entry.objectName}</Fact>
      <Fact name={m.audit_object_id()}>{objectId === undefined ? undefined : <Id text={objectId} />}</Fact>
      <Fact name={m.audit_request()}>{requestId === undefined ? undefined : <Id text={requestId} />}</Fact>
      <Fact name={m.audit_number()}>{format.number(entry.sequence)}</Fact>
      <Fact name={m.audit_hash()}>
        <Id text={entry.hash} />
      </Fact>
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  if (children === undefined || children === '') return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Id({ text }: { readonly text: string }) {
  return (
    <>
      <code className="mono">{text}</code> <CopyButton text={text} label={m.error_copy_id()} />
    </>
  );
}

/** What is an instant in milliseconds by its name. */
const instantFields = /At$|^valid(From|Until)$/;

/** What a value is to a reader: instants as moments, yes and no in words. */
function valueText(field: string, value: unknown, format: Format): string {
  if (value === undefined || value === null) return '';
  if (isErased(value)) return m.audit_erased();
  if (typeof value === 'boolean') return value ? m.audit_yes() : m.audit_no();
  if (typeof value === 'number')
    return instantFields.test(field) ? format.moment(value) : format.number(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function Changes({ rows, format }: { readonly rows: readonly SideBySide[]; readonly format: Format }) {
  return (
    <table className="audit-changes">
      <thead>
        <tr>
          <th scope="col">{m.audit_field()}</th>
          <th scope="col">{m.audit_before()}</th>
          <th scope="col">{m.audit_after()}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ field, before, after, isChanged }) => (
          <tr key={field} data-changed={isChanged || undefined}>
            <th scope="row">{fieldName(field)}</th>
            <td>{valueText(field, before, format)}</td>
            <td>{valueText(field, after, format)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
