import type { User } from '@claviger/protocol';
import { Dialog, ErrorNotice, m, ReasonDialog, useMay } from '@claviger/web-kit';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useCloseDialog } from '../../app/dialog-address.ts';
import { useUser } from './queries.ts';

/** What a window over the list is about. */
export interface AboutUser {
  readonly entityId: string;
  readonly user: User;
  readonly close: () => void;
}

interface UserDialogProps {
  readonly titleOf: (name: string) => string;
  readonly isContentFocused?: boolean;
  readonly children: (about: AboutUser) => ReactNode;
}

/** A window over the list that is about the User in its address. */
export function UserDialog({ titleOf, isContentFocused = false, children }: UserDialogProps) {
  const { entityId = '', userId = '' } = useParams({ strict: false });
  const close = useCloseDialog();
  const user = useUser(entityId, userId);
  const isPermitted = useMay(entityId, 'updateUser');
  if (user.isPending && isPermitted) return null;
  if (!user.data || !isPermitted) {
    return (
      <ReasonDialog
        title={m.users_none()}
        reason={isPermitted ? m.users_none_text() : m.may_not()}
        onClose={close}
      />
    );
  }
  return (
    <Dialog title={titleOf(user.data.name)} onClose={close} isContentFocused={isContentFocused}>
      <ErrorNotice error={user.error} onRetry={() => void user.refetch()} />
      {children({ entityId, user: user.data, close })}
    </Dialog>
  );
}
