import { type Key, type KeyPlace, type Membership, Refusal } from '@claviger/protocol';
import { Dialog, ErrorNotice, m, useMembership } from '@claviger/web-kit';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useCloseDialog } from '../../app/dialog-address.ts';
import { nameOf } from './card/key-name.ts';
import { useKey } from './queries.ts';

/** What a dialog about one Key knows. */
export interface AboutKey {
  readonly place: KeyPlace;
  readonly shown: Key;
  readonly membership: Membership;
  readonly close: () => void;
}

interface KeyDialogProps {
  readonly titleOf: (name: string) => string;
  readonly isContentFocused?: boolean;
  readonly children: (about: AboutKey) => ReactNode;
}

/** A dialog about the Key of the address, once it is loaded; says so where it is not there. */
export function KeyDialog({ titleOf, isContentFocused = false, children }: KeyDialogProps) {
  const { entityId = '', keyId = '' } = useParams({ strict: false });
  const close = useCloseDialog();
  const membership = useMembership(entityId);
  const { data: shown, error, refetch } = useKey({ entityId, keyId });
  if (shown && membership) {
    return (
      <Dialog title={titleOf(nameOf(shown))} onClose={close} isContentFocused={isContentFocused}>
        {children({ place: { entityId, keyId }, shown, membership, close })}
      </Dialog>
    );
  }
  if (!error) return null;
  const isUnknown = error instanceof Refusal && error.code === 'not_found';
  return (
    <Dialog title={m.section_keys()} onClose={close}>
      {isUnknown ? (
        <p className="dialog-text">{m.key_unknown()}</p>
      ) : (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      )}
    </Dialog>
  );
}
