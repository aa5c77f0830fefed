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
  /** What the window is for; whoever may not call it reads so. */
  readonly call: User['may'][number];
  readonly titleOf: (name: string) => string;
  readonly isContentFocused?: boolean;
  readonly children: (about: AboutUser) => ReactNode;
}

/** A window over the list that is about the User in its address. */
export function UserDialog({ call, titleOf, isContentFocused = false, children }: UserDialogProps) {
  const { entityId = '', userId = '' } = useParams({ strict: false });
  const close = useCloseDialog();
  const user = useUser(entityId, userId);
  const seesUsers = useMay(entityId, 'getUser');
  if (user.isPending && seesUsers) return null;
  if (!user.data) {
    const reason = seesUsers ? m.users_none_text() : m.may_not();
    return <ReasonDialog title={m.users_none()} reason={reason} onClose={close} />;
  }
  if (!user.data.may.includes(call)) {
    return <ReasonDialog title={titleOf(user.data.name)} reason={m.may_not()} onClose={close} />;
  }
  return (
    <Dialog title={titleOf(user.data.name)} onClose={close} isContentFocused={isContentFocused}>
      <ErrorNotice error={user.error} onRetry={() => void user.refetch()} />
      {children({ entityId, user: user.data, close })}
    </Dialog>
  );
}
