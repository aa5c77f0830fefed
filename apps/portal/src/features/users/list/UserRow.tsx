import type { User } from '@claviger/protocol';
import { m, Tag } from '@claviger/web-kit';
import { ActionIcon, Button } from '@mantine/core';
import { IconPencil, IconUserOff } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { opensDialog } from '../../../app/dialog-address.ts';
import { photoAddress, roleWords, signInWords } from './user-words.ts';

interface UserRowProps {
  readonly entityId: string;
  readonly user: User;
}

/** The first letters of a name, in place of a photo. */
function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  const letters = ends.map((word = '') => /^\p{L}\p{M}*/u.exec(word)?.[0] ?? '');
  return letters.join('').toLocaleUpperCase();
}

/** One User: who it is, how to reach them, what they are here. */
export function UserRow({ entityId, user }: UserRowProps) {
  const { name, email, phone, mobile, plates, status, deactivationReason } = user;
  const photo = photoAddress(entityId, user);
  const numbers = [phone, mobile].filter((number) => number !== '').join(' · ');
  return (
    <li className="user-row" data-status={status}>
      {photo === undefined ? (
        <span className="user-initials" aria-hidden>
          {initialsOf(name)}
        </span>
      ) : (
        <img className="user-photo" src={photo} alt="" width={36} height={36} loading="lazy" />
      )}
      <div className="user-who">
        <h2>{name}</h2>
        <p className="small">{email}</p>
      </div>
      <div className="user-facts small">
        {numbers !== '' && <p>{numbers}</p>}
        {plates.length > 0 && <p>{m.users_plates({ plates: plates.join(', ') })}</p>}
        {deactivationReason !== undefined && <p>{m.users_reason({ reason: deactivationReason })}</p>}
      </div>
      <div className="user-tags">
        {status === 'deactivated' ? (
          <Tag tone="bad">{m.users_deactivated()}</Tag>
        ) : (
          <>
            <Tag tone="plain">{roleWords[user.role]()}</Tag>
            <span className="small">{signInWords[user.signIn]()}</span>
          </>
        )}
      </div>
      <UserActions entityId={entityId} user={user} />
    </li>
  );
}

/** What this person may do to the User; to others above them, and to oneself, less. */
function UserActions({ entityId, user: { id: userId, name, status, may } }: UserRowProps) {
  const navigate = useNavigate();
  const at = { params: { entityId, userId }, search: true, state: opensDialog } as const;
  return (
    <div className="user-actions">
      {status === 'deactivated' && may.includes('reactivateUser') && (
        <Button
          aria-label={m.users_reactivate_of({ name })}
          onClick={() => void navigate({ to: '/e/$entityId/users/$userId/reactivate', ...at })}
        >
          {m.users_reactivate()}
        </Button>
      )}
      {status === 'active' && may.includes('updateUser') && (
        <ActionIcon
          aria-label={m.users_edit_of({ name })}
          onClick={() => void navigate({ to: '/e/$entityId/users/$userId/edit', ...at })}
        >
          <IconPencil size={18} stroke={1.6} />
        </ActionIcon>
      )}
      {status === 'active' && may.includes('deactivateUser') && (
        <ActionIcon
          aria-label={m.users_deactivate_of({ name })}
          onClick={() => void navigate({ to: '/e/$entityId/users/$userId/deactivate', ...at })}
        >
          <IconUserOff size={18} stroke={1.6} />
        </ActionIcon>
      )}
    </div>
  );
}
