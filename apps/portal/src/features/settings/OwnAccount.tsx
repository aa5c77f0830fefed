import type { ReactNode } from 'react';
import { EmailCard } from './email/EmailCard.tsx';
import { ProviderCard } from './sign-in/ProviderCard.tsx';
import { PasskeysCard } from './sign-in/PasskeysCard.tsx';
import { PasswordCard } from './sign-in/PasswordCard.tsx';
import { AuthenticatorCard } from './sign-in/AuthenticatorCard.tsx';
import { SessionsCard } from './sign-in/SessionsCard.tsx';
import './settings.css';

/**
 * The own Account, between what the page says first and last: e-mail address, password, passkeys,
 * authenticator, provider, where it is signed in.
 */
export function OwnAccount({ children, end }: { children?: ReactNode; end?: ReactNode }) {
  return (
    <div className="stack settings">
      {children}
      <EmailCard />
      <PasswordCard />
      <PasskeysCard />
      <AuthenticatorCard />
      <ProviderCard />
      <SessionsCard />
      {end}
    </div>
  );
}
