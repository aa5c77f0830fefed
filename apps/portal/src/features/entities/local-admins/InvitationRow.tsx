import type { Invitation } from '@claviger/protocol';
import { ActionButton, ErrorNotice, m, serverNow, useFormat } from '@claviger/web-kit';
import { useResendInvitation, useWithdrawInvitation } from './queries.ts';

interface InvitationRowProps {
  readonly entityId: string;
  readonly zone: string;
  readonly invitation: Invitation;
}

/** Somebody who was asked and has not answered. */
export function InvitationRow({ entityId, zone, invitation }: InvitationRowProps) {
  const { id, email, invitedAt, expiresAt, failure } = invitation;
  const format = useFormat(zone);
  const resend = useResendInvitation(entityId);
  const withdraw = useWithdrawInvitation(entityId);
  const until = format.minute(expiresAt);
  return (
    <li>
      <div>
        <b>{email}</b>
        <p className="small">
          {expiresAt <= serverNow()
            ? m.invitation_over({ until })
            : m.invitation_until({ invited: format.minute(invitedAt), until })}
        </p>
        {failure !== undefined && (
          <p className="small local-admin-failure" role="alert">
            {m.invitation_failed({ failure })}
          </p>
        )}
        <ErrorNotice error={resend.error ?? withdraw.error} />
      </div>
      <div className="local-admin-actions">
        <ActionButton
          size="sm"
          aria-label={m.invitation_resend_to({ email })}
          isBusy={resend.isPending}
          onClick={() => resend.mutate(id)}
        >
          {m.invitation_resend()}
        </ActionButton>
        <ActionButton
          size="sm"
          aria-label={m.invitation_withdraw_of({ email })}
          isBusy={withdraw.isPending}
          onClick={() => withdraw.mutate(id)}
        >
          {m.invitation_withdraw()}
        </ActionButton>
      </div>
    </li>
  );
}
