import type { IncomingRequest } from '@claviger/protocol';
import { m, useFormat } from '@claviger/web-kit';
import type { ReactNode } from 'react';
import { durationText } from './request-words.ts';

interface RequestFactsProps {
  readonly request: Pick<IncomingRequest, 'wantedForMinutes' | 'reason' | 'askedAt' | 'expiresAt' | 'state'>;
  readonly zone: string;
  /** What it is about: locks, or the code of an Entity. */
  readonly children: ReactNode;
}

/** What a request says: what about, for how long, why, since when. */
export function RequestFacts({ request, zone, children }: RequestFactsProps) {
  const format = useFormat(zone);
  const { wantedForMinutes, reason, askedAt, expiresAt, state } = request;
  return (
    <dl className="request-facts">
      {children}
      <div>
        <dt>{m.request_duration()}</dt>
        <dd>{durationText(wantedForMinutes)}</dd>
      </div>
      {reason !== '' && (
        <div>
          <dt>{m.request_reason()}</dt>
          <dd>{reason}</dd>
        </div>
      )}
      <div>
        <dt>{m.request_asked()}</dt>
        <dd>{format.minute(askedAt)}</dd>
      </div>
      {state === 'pending' && (
        <div>
          <dt>{m.request_waits_until()}</dt>
          <dd>{format.minute(expiresAt)}</dd>
        </div>
      )}
    </dl>
  );
}
