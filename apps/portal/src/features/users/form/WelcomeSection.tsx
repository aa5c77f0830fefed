import { ActionButton, ErrorNotice, m } from '@claviger/web-kit';
import { IconMail } from '@tabler/icons-react';
import { useState } from 'react';
import { signInWords } from '../list/user-words.ts';
import { useWelcomeUser } from '../queries.ts';
import type { AboutUser } from '../UserDialog.tsx';

/** Whether the person can sign in, and the mail that invites them to. */
export function WelcomeSection({ entityId, user }: AboutUser) {
  const [intention, setIntention] = useState(() => crypto.randomUUID());
  const welcome = useWelcomeUser(entityId, intention);
  if (user.signIn === 'account' || user.status !== 'active') return null;
  return (
    <section className="user-welcome">
      <p className="small" role="status">
        {welcome.isSuccess ? m.users_welcome_sent({ email: user.email }) : signInWords[user.signIn]()}
      </p>
      <ErrorNotice error={welcome.error} />
      <ActionButton
        leftSection={<IconMail size={16} stroke={1.6} aria-hidden />}
        isBusy={welcome.isPending}
        onClick={() => welcome.mutate(user.id, { onSuccess: () => setIntention(crypto.randomUUID()) })}
      >
        {user.signIn === 'invited' ? m.users_welcome_again() : m.users_welcome_send()}
      </ActionButton>
    </section>
  );
}
