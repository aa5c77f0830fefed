import type { SubmittedRequest } from '@claviger/protocol';
import { ActionButton, ErrorNotice, m, Tag, useFormat, useNow, useSession } from '@claviger/web-kit';
import { Link } from '@tanstack/react-router';
import { timeLeft } from '../../../app/role-end/time-left.ts';
import { useSubmittedRequests, useWithdraw } from './queries.ts';
import { kindNames, stateOf } from './request-words.ts';
import { RequestFacts } from './RequestFacts.tsx';
import './requests.css';

const secondMs = 1_000;

/** Submitted Requests: what became of what the person asked for. */
export function SubmittedRequests({ zone }: { zone: string }) {
  const submitted = useSubmittedRequests();
  const requests = submitted.data ?? [];
  const isOperator = useSession()?.account.isOperator === true;
  return (
    <section className="card" aria-labelledby="submitted-requests">
      <header>
        <h2 id="submitted-requests">{m.request_submitted()}</h2>
      </header>
      <p className="small request-text">{m.request_submitted_text()}</p>
      <ErrorNotice error={submitted.error} onRetry={() => void submitted.refetch()} />
      {submitted.data?.length === 0 && <p className="request-text">{m.request_submitted_none()}</p>}
      <ul className="rows request-rows" aria-busy={submitted.isPending}>
        {requests.map((request) => (
          <SubmittedRow key={request.id} request={request} zone={zone} />
        ))}
      </ul>
      <p className="request-links">
        <Link to="/request-installer-access">{m.request_installer_title()}</Link>
        <Link to="/request-entity-management">{m.request_entity_title()}</Link>
        {isOperator && <Link to="/break-glass">{m.break_glass_title()}</Link>}
      </p>
    </section>
  );
}

function SubmittedRow({ request, zone }: { request: SubmittedRequest; zone: string }) {
  const { id, kind, ownerEmail, serialNumbers, entityCode, state, mandates } = request;
  const withdraw = useWithdraw();
  return (
    <li>
      <p className="request-head">
        <b>{m.request_to({ email: ownerEmail })}</b> <span>{kindNames[kind]()}</span>
        <Tag tone={stateOf(request).tone}>{stateOf(request).name}</Tag>
      </p>
      <RequestFacts request={request} zone={zone}>
        <div>
          <dt>{entityCode === undefined ? m.request_serials() : m.entity_code()}</dt>
          <dd>{entityCode ?? serialNumbers.join(', ')}</dd>
        </div>
      </RequestFacts>
      {mandates.map((mandate) => (
        <OwnMandate key={mandate.entityId} mandate={mandate} zone={zone} />
      ))}
      {state === 'pending' && (
        <div className="request-actions">
          <ActionButton
            aria-label={m.request_withdraw_of({ email: ownerEmail })}
            isBusy={withdraw.isPending}
            onClick={() => withdraw.mutate(id)}
          >
            {m.request_withdraw()}
          </ActionButton>
        </div>
      )}
      <ErrorNotice error={withdraw.error} />
    </li>
  );
}

function OwnMandate({ mandate, zone }: { mandate: SubmittedRequest['mandates'][number]; zone: string }) {
  const { entityId, entityName: name, until } = mandate;
  const format = useFormat(zone);
  const now = useNow(secondMs);
  const isMember = useSession()?.memberships.some((held) => held.entityId === entityId) ?? false;
  const isOver = until <= now;
  const words = { name, until: format.minute(until) };
  return (
    <p className="request-head">
      <span>{isOver ? m.request_approved_over(words) : m.request_approved_until(words)}</span>
      {!isOver && (
        <Tag tone="brass">
          <span className="tabular">{m.mandate_ends_in({ left: timeLeft(until - now) })}</span>
        </Tag>
      )}
      {!isOver && isMember && (
        <Link to="/e/$entityId" params={{ entityId }}>
          {m.request_open_entity({ name })}
        </Link>
      )}
    </p>
  );
}
