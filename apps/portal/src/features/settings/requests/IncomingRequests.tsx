import type { IncomingRequest } from '@claviger/protocol';
import {
  ActionButton,
  ConfirmDialog,
  ErrorNotice,
  focusFirstProblem,
  m,
  Tag,
  useMembership,
} from '@claviger/web-kit';
import { type SubmitEvent, useState } from 'react';
import { DurationField } from './DurationField.tsx';
import { useApprove, useReject } from './queries.ts';
import {
  durationProblems,
  kindNames,
  lengthOf,
  serverProblemsOf,
  stateOf,
  typedDuration,
} from './request-words.ts';
import { RequestFacts } from './RequestFacts.tsx';

interface PlaceProps {
  readonly entityId: string;
  readonly zone: string;
}

/** Incoming Requests: those that wait can be approved and rejected. */
export function IncomingRequests(props: PlaceProps & { readonly requests: readonly IncomingRequest[] }) {
  const { requests, ...place } = props;
  return (
    <section className="card" aria-labelledby="incoming-requests">
      <header>
        <h2 id="incoming-requests">{m.request_incoming()}</h2>
      </header>
      <p className="small request-text">{m.request_incoming_text()}</p>
      {requests.length === 0 && <p className="request-text">{m.request_incoming_none()}</p>}
      <ul className="rows request-rows">
        {requests.map((request) => (
          <li key={request.id}>
            <p className="request-head">
              <b>{request.email}</b> <span>{kindNames[request.kind]()}</span>
              <Tag tone={stateOf(request).tone}>{stateOf(request).name}</Tag>
            </p>
            <RequestFacts request={request} zone={place.zone}>
              <About {...place} request={request} />
            </RequestFacts>
            {request.state === 'pending' && <Decision {...place} request={request} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What access is asked for: the locks that the request names, or the Entity as a whole. */
function About({ entityId, request: { kind, locks } }: PlaceProps & { readonly request: IncomingRequest }) {
  const entity = useMembership(entityId);
  const isOfLocks = kind === 'installer';
  return (
    <div>
      <dt>{isOfLocks ? m.request_locks() : m.users_entity()}</dt>
      <dd>
        {isOfLocks
          ? locks.map(({ name, serial }) => `${name} (${serial})`).join(', ')
          : entity && `${entity.name} (${entity.code})`}
      </dd>
    </div>
  );
}

function Decision({ entityId, request }: PlaceProps & { readonly request: IncomingRequest }) {
  const { id, kind, email } = request;
  const approve = useApprove(entityId);
  const [duration, setDuration] = useState(() => typedDuration(request.wantedForMinutes));
  const [isWrong, setIsWrong] = useState(false);
  const [isRejecting, setIsRejecting] = useState(false);
  const told = serverProblemsOf(approve.error)['durationMinutes'];
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (approve.isPending) return;
    const minutes = lengthOf(kind, duration);
    setIsWrong(minutes === undefined);
    if (minutes === undefined) focusFirstProblem();
    else approve.mutate({ incomingId: id, minutes });
  };
  return (
    <form className="request-decision" noValidate onSubmit={submit}>
      <DurationField
        label={m.request_approve_for()}
        value={duration}
        onChange={(typed) => {
          setDuration(typed);
          setIsWrong(false);
          if (approve.isError) approve.reset();
        }}
        error={isWrong || told !== undefined ? durationProblems[kind]() : undefined}
      />
      <div className="request-actions">
        <ActionButton
          type="submit"
          variant="filled"
          aria-label={m.request_approve_of({ email })}
          isBusy={approve.isPending}
        >
          {m.request_approve()}
        </ActionButton>
        <ActionButton
          aria-label={m.request_reject_of({ email })}
          isBusy={false}
          onClick={() => setIsRejecting(true)}
        >
          {m.request_reject()}
        </ActionButton>
      </div>
      {told === undefined && <ErrorNotice error={approve.error} />}
      {isRejecting && (
        <Rejection entityId={entityId} request={request} onClose={() => setIsRejecting(false)} />
      )}
    </form>
  );
}

interface RejectionProps {
  readonly entityId: string;
  readonly request: IncomingRequest;
  readonly onClose: () => void;
}

function Rejection({ entityId, request: { id, email }, onClose }: RejectionProps) {
  const reject = useReject(entityId);
  return (
    <ConfirmDialog
      title={m.request_reject_title({ email })}
      action={m.request_reject()}
      isDangerous
      isBusy={reject.isPending}
      error={reject.error}
      onConfirm={() => reject.mutate(id, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{m.request_reject_text()}</p>
    </ConfirmDialog>
  );
}
