import type { Key } from '@claviger/protocol';
import { type Clock, CopyButton, keyTypeNames, m, statusAt, suspensionTexts } from '@claviger/web-kit';
import { IconKey } from '@tabler/icons-react';
import { KeyActions } from './KeyActions.tsx';
import { KeyDoors } from './KeyDoors.tsx';
import { nameOf } from './key-name.ts';
import { KeyStatusTag } from './KeyStatusTag.tsx';
import { cardText, pictureText } from './proof-facts.ts';
import { spanText } from './span-text.ts';
import './key-card.css';

interface KeyCardProps {
  readonly entityId: string;
  readonly shown: Key;
  readonly clock: Clock;
}

/** One Key: whose, how long, what its doors have of it, and what can be done with it. */
export function KeyCard({ entityId, shown, clock }: KeyCardProps) {
  const { format } = clock;
  const headingId = `key-${shown.id}`;
  return (
    <li className="card key-card" aria-labelledby={headingId}>
      <header>
        <span className="key-icon">
          <IconKey size={18} stroke={1.6} aria-hidden />
        </span>
        <div>
          <h2 id={headingId}>{nameOf(shown)}</h2>
          <p className="small">{keyTypeNames[shown.type]()}</p>
        </div>
        <KeyStatusTag status={statusAt(shown, clock.now)} />
      </header>
      <p className="key-card-span">{spanText(shown, format)}</p>
      <KeyDoors shown={shown} clock={clock} />
      <KeyFacts shown={shown} clock={clock} />
      <KeyActions entityId={entityId} shown={shown} />
    </li>
  );
}

function KeyFacts({ shown, clock: { format } }: Omit<KeyCardProps, 'entityId'>) {
  const { id, suspension, email, card, picture, createdAt, createdBy, emailedAt, emailFailure } = shown;
  const made = format.minute(createdAt);
  return (
    <dl className="key-facts">
      {suspension !== undefined && (
        <div>
          <dt>{m.key_status_suspended()}</dt>
          <dd>{suspensionTexts[suspension]()}</dd>
        </div>
      )}
      {email !== undefined && (
        <div>
          <dt>{m.filter_user_email()}</dt>
          <dd>{email}</dd>
        </div>
      )}
      {emailedAt !== undefined && (
        <div>
          <dt>{m.key_emailed()}</dt>
          <dd>{format.minute(emailedAt)}</dd>
        </div>
      )}
      {emailFailure !== undefined && (
        <div>
          <dt>{m.key_emailed()}</dt>
          <dd className="email-failure">{m.outbox_failed({ cause: emailFailure })}</dd>
        </div>
      )}
      {card !== undefined && (
        <div>
          <dt>{m.card_number()}</dt>
          <dd>{cardText(shown, card.ending, format)}</dd>
        </div>
      )}
      {picture !== undefined && (
        <div>
          <dt>{m.picture_title()}</dt>
          <dd>{pictureText(shown, format)}</dd>
        </div>
      )}
      <div>
        <dt>{m.key_made()}</dt>
        <dd>{createdBy === undefined ? made : m.key_made_by({ moment: made, person: createdBy })}</dd>
      </div>
      <div>
        <dt>{m.key_uuid()}</dt>
        <dd className="key-uuid">
          <code>{id}</code>
          <CopyButton text={id} label={m.key_copy_uuid()} />
        </dd>
      </div>
    </dl>
  );
}
