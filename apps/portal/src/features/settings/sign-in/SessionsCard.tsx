import type { SessionList } from '@claviger/protocol';
import { ActionButton, ErrorNotice, m, Tag, useFormat, zoneOfBrowser } from '@claviger/web-kit';
import { useQuery } from '@tanstack/react-query';
import { ownSessionsQuery, useEndOtherSessions, useEndSession } from './queries.ts';
import { describeUserAgent } from './user-agent.ts';

type OpenSession = SessionList['items'][number];

/** Where the own Account is signed in, and an end to it. */
export function SessionsCard() {
  const list = useQuery(ownSessionsQuery);
  const endOthers = useEndOtherSessions();
  const sessions = list.data?.items ?? [];
  return (
    <section className="card" aria-labelledby="own-sessions">
      <header>
        <h2 id="own-sessions">{m.sessions_title()}</h2>
        {sessions.length > 1 && (
          <div className="card-aside">
            <ActionButton isBusy={endOthers.isPending} onClick={() => endOthers.mutate(undefined)}>
              {m.sessions_end_others()}
            </ActionButton>
          </div>
        )}
      </header>
      <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />
      <ErrorNotice error={endOthers.error} />
      <ul className="rows" aria-busy={list.isPending}>
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
    </section>
  );
}

function SessionRow({
  session: { id, isThisOne, address, userAgent, openedAt, usedAt },
}: {
  session: OpenSession;
}) {
  const format = useFormat(zoneOfBrowser());
  const end = useEndSession();
  const name = describeUserAgent(userAgent) ?? m.session_unknown_program();
  return (
    <li className="session-row">
      <div>
        <p className="session-name">
          {name}
          {isThisOne && <Tag tone="ok">{m.session_this_one()}</Tag>}
        </p>
        <p className="small">
          {m.session_facts({
            address: address === '' ? m.session_unknown_address() : address,
            opened: format.moment(openedAt),
            used: format.moment(usedAt),
          })}
        </p>
        <ErrorNotice error={end.error} />
      </div>
      {!isThisOne && (
        <ActionButton
          aria-label={m.session_end_of({ name })}
          isBusy={end.isPending}
          onClick={() => end.mutate(id)}
        >
          {m.sign_out()}
        </ActionButton>
      )}
    </li>
  );
}
