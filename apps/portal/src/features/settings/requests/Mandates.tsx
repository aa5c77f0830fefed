import type { Mandate, MandatedKey } from '@claviger/protocol';
import {
  ActionButton,
  ConfirmDialog,
  ErrorNotice,
  keyTypeNames,
  m,
  Tag,
  useFormat,
  useNow,
} from '@claviger/web-kit';
import { useState } from 'react';
import { timeLeft } from '../../../app/role-end/time-left.ts';
import { useAdopt, useEndMandate, useMandatedKeys } from './queries.ts';
import { kindNames } from './request-words.ts';

const secondMs = 1_000;

interface PlaceProps {
  readonly entityId: string;
  readonly zone: string;
}

/** Who has access for a time, how long yet, and what stays of it. */
export function Mandates({ mandates, ...place }: PlaceProps & { readonly mandates: readonly Mandate[] }) {
  if (mandates.length === 0) return null;
  return (
    <section className="card" aria-labelledby="mandates">
      <header>
        <h2 id="mandates">{m.mandates_title()}</h2>
      </header>
      <p className="small request-text">{m.mandates_text()}</p>
      <ul className="rows request-rows">
        {mandates.map((mandate) => (
          <MandateRow key={mandate.id} {...place} mandate={mandate} />
        ))}
      </ul>
    </section>
  );
}

function MandateRow({ entityId, zone, mandate }: PlaceProps & { readonly mandate: Mandate }) {
  const { id, name, email, kind, role, locks, until, keyCount } = mandate;
  const format = useFormat(zone);
  const now = useNow(secondMs, !mandate.isOver);
  const isOver = mandate.isOver || until <= now;
  const [isEnding, setIsEnding] = useState(false);
  return (
    <li>
      <p className="request-head">
        <b>{name}</b> <span>{email}</span>
        <Tag tone="plain">{(role === 'installer' ? m.role_installer : m.role_local_admin)()}</Tag>
        {kind === 'break_glass' && <Tag tone="bad">{kindNames[kind]()}</Tag>}
        <Tag tone={isOver ? 'plain' : 'brass'}>
          <span className="tabular">
            {isOver
              ? m.mandate_over({ until: format.minute(until) })
              : m.mandate_ends_in({ left: timeLeft(until - now) })}
          </span>
        </Tag>
      </p>
      {locks.length > 0 && <p className="small">{locks.map((lock) => lock.name).join(', ')}</p>}
      {!isOver && (
        <div className="request-actions">
          <ActionButton
            aria-label={m.mandate_end_of({ name })}
            isBusy={false}
            onClick={() => setIsEnding(true)}
          >
            {m.mandate_end()}
          </ActionButton>
        </div>
      )}
      {keyCount > 0 && <KeysToAdopt entityId={entityId} zone={zone} mandateId={id} />}
      {isEnding && <Ending entityId={entityId} mandate={mandate} onClose={() => setIsEnding(false)} />}
    </li>
  );
}

interface EndingProps {
  readonly entityId: string;
  readonly mandate: Mandate;
  readonly onClose: () => void;
}

function Ending({ entityId, mandate: { id, name }, onClose }: EndingProps) {
  const end = useEndMandate(entityId);
  return (
    <ConfirmDialog
      title={m.mandate_end_title({ name })}
      action={m.mandate_end()}
      isDangerous
      isBusy={end.isPending}
      error={end.error}
      onConfirm={() => end.mutate(id, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{m.mandate_end_text()}</p>
    </ConfirmDialog>
  );
}

function KeysToAdopt({ entityId, zone, mandateId }: PlaceProps & { readonly mandateId: string }) {
  const made = useMandatedKeys(entityId, mandateId);
  return (
    <div className="mandate-keys">
      <h3>{m.mandate_keys()}</h3>
      <ErrorNotice error={made.error} onRetry={() => void made.refetch()} />
      {made.isPending && <div className="skeleton" aria-busy="true" />}
      <ul>
        {(made.data ?? []).map((key) => (
          <KeyToAdopt key={key.id} entityId={entityId} zone={zone} mandateId={mandateId} made={key} />
        ))}
      </ul>
    </div>
  );
}

interface KeyToAdoptProps extends PlaceProps {
  readonly mandateId: string;
  readonly made: MandatedKey;
}

function KeyToAdopt({ entityId, zone, mandateId, made }: KeyToAdoptProps) {
  const adopt = useAdopt(entityId, mandateId);
  const format = useFormat(zone);
  const { id, holder, type, locks, wantedUntil, isSuspended } = made;
  return (
    <li>
      <div>
        <p className="request-head">
          <b>{holder}</b> <span>{keyTypeNames[type]()}</span>
          {isSuspended && <Tag tone="bad">{m.mandate_key_suspended()}</Tag>}
        </p>
        <p className="small">
          {locks.join(', ')}
          {wantedUntil !== undefined && ` · ${m.mandate_key_until({ until: format.minute(wantedUntil) })}`}
        </p>
        <ErrorNotice error={adopt.error} />
      </div>
      <ActionButton
        aria-label={m.mandate_adopt_of({ holder })}
        isBusy={adopt.isPending}
        onClick={() => adopt.mutate(id)}
      >
        {m.mandate_adopt()}
      </ActionButton>
    </li>
  );
}
