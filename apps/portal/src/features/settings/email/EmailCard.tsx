import { ActionButton, ErrorNotice, installationQuery, m, Tag, useSession } from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AskedNotice } from './AskedNotice.tsx';
import { EmailDialog } from './EmailDialog.tsx';
import { useAskForAddress } from '../sign-in/queries.ts';

/** The address that one signs in with: whether it was confirmed, and another one in its place. */
export function EmailCard() {
  const account = useSession()?.account;
  const sendsMail = useQuery(installationQuery).data?.sendsMail === true;
  const email = account?.email ?? '';
  const isVerified = account?.isEmailVerified === true;
  return (
    <section className="card settings-card" aria-labelledby="own-email">
      <div className="settings-head">
        <h2 id="own-email">{m.field_email()}</h2>
        <Tag tone={isVerified ? 'ok' : 'plain'}>
          {isVerified ? m.address_confirmed() : m.address_unconfirmed()}
        </Tag>
      </div>
      <p className="settings-email">{email}</p>
      <p className="small">{sendsMail ? m.address_text() : m.address_no_mail()}</p>
      {sendsMail && <Actions email={email} isVerified={isVerified} />}
    </section>
  );
}

/** What needs a mail server. */
function Actions({ email, isVerified }: { email: string; isVerified: boolean }) {
  const ask = useAskForAddress();
  const [isChanging, setIsChanging] = useState(false);
  return (
    <>
      <ErrorNotice error={ask.error} />
      {ask.isSuccess && <AskedNotice email={email} />}
      <div className="actions">
        {!isVerified && (
          <ActionButton isBusy={ask.isPending} onClick={() => ask.mutate(email)}>
            {m.address_send_link()}
          </ActionButton>
        )}
        <Button onClick={() => setIsChanging(true)}>{m.address_change()}</Button>
      </div>
      {isChanging && <EmailDialog onClose={() => setIsChanging(false)} />}
    </>
  );
}
