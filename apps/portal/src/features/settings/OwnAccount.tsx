import { m, useSession } from '@claviger/web-kit';
import type { ReactNode } from 'react';
import { PasskeysCard } from './sign-in/PasskeysCard.tsx';
import { PasswordCard } from './sign-in/PasswordCard.tsx';
import { AuthenticatorCard } from './sign-in/AuthenticatorCard.tsx';
import { SessionsCard } from './sign-in/SessionsCard.tsx';
import './settings.css';

/**
 * The own Account, below what the page says first: e-mail address, password, passkeys, authenticator, where
 * it is signed in.
 */
export function OwnAccount({ children }: { children?: ReactNode }) {
  const session = useSession();
  return (
    <div className="stack settings">
      {children}
      <section className="card settings-card" aria-labelledby="own-email">
        <h2 id="own-email">{m.field_email()}</h2>
        <p className="settings-email">{session?.account.email}</p>
        <p className="small">{m.account_email_fixed()}</p>
      </section>
      <PasswordCard />
      <PasskeysCard />
      <AuthenticatorCard />
      <SessionsCard />
    </div>
  );
}
