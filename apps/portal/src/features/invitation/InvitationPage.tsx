import { Refusal, type ShownInvitation } from '@claviger/protocol';
import {
  accountProblem,
  ActionButton,
  client,
  errorBesidePassword,
  ErrorNotice,
  focusFirstProblem,
  FormError,
  isPassword,
  leaveForProvider,
  m,
  PasswordField,
  ProviderButton,
  useFormat,
  usePageTitle,
  useSignOut,
  zoneOfBrowser,
} from '@claviger/web-kit';
import { Link } from '@tanstack/react-router';
import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { LinkPage } from '../../app/link/LinkPage.tsx';
import { PublicFrame } from '../../app/PublicFrame.tsx';
import { useAcceptInvitation, useInvitation, useVisitor } from './queries.ts';

/** Accepting an invitation to become a Local Admin. */
export function InvitationPage() {
  usePageTitle(m.invitation_page_title());
  return <LinkPage>{(token) => <Invitation token={token} />}</LinkPage>;
}

function Invitation({ token }: { token: string }) {
  const invitation = useInvitation(token);
  const visitor = useVisitor();
  if (invitation.error instanceof Refusal && invitation.error.code === 'not_found') return <VoidInvitation />;
  const retry = () => void Promise.all([invitation.refetch(), visitor.refetch()]);
  const text = invitation.data && textOf(invitation.data);
  return (
    <PublicFrame title={m.invitation_page_title()} text={text ?? ''}>
      {(invitation.isPending || visitor.isPending) && <div className="skeleton" aria-busy="true" />}
      <ErrorNotice error={invitation.error ?? visitor.error} onRetry={retry} />
      {invitation.data && visitor.data !== undefined && (
        <Answer token={token} invitation={invitation.data} visitor={visitor.data?.email} />
      )}
    </PublicFrame>
  );
}

function textOf({ place, role }: ShownInvitation): string {
  return role === 'local_admin' ? m.invitation_page_text({ place }) : m.invitation_page_welcome({ place });
}

function VoidInvitation() {
  return (
    <PublicFrame title={m.invitation_page_void()} text={m.invitation_page_void_text()}>
      <div className="public-end">
        <Link to="/sign-in">{m.invitation_page_sign_in()}</Link>
      </div>
    </PublicFrame>
  );
}

interface AnswerProps {
  readonly token: string;
  readonly invitation: ShownInvitation;
  /** The address of who is signed in. */
  readonly visitor: string | undefined;
}

function Answer({ token, invitation, visitor }: AnswerProps) {
  const { email, expiresAt } = invitation;
  const until = useFormat(zoneOfBrowser()).minute(expiresAt);
  const isOther = visitor !== undefined && visitor.toLowerCase() !== email;
  return (
    <div className="public-fields">
      <p className="small">{m.invitation_page_for({ email, until })}</p>
      {isOther ? (
        <OtherVisitor email={visitor} />
      ) : (
        <Acceptance token={token} email={email} isSignedIn={visitor !== undefined} />
      )}
    </div>
  );
}

function OtherVisitor({ email }: { email: string }) {
  const signOut = useSignOut();
  return (
    <>
      <p className="public-text">{m.invitation_page_other({ email })}</p>
      <ActionButton fullWidth isBusy={signOut.isPending} onClick={() => signOut.mutate()}>
        {m.sign_out()}
      </ActionButton>
    </>
  );
}

interface AcceptanceProps {
  readonly token: string;
  readonly email: string;
  readonly isSignedIn: boolean;
}

function Acceptance({ token, email, isSignedIn }: AcceptanceProps) {
  const accept = useAcceptInvitation(token);
  const [password, setPassword] = useState('');
  const [isWrong, setIsWrong] = useState(false);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (accept.isPending) return;
    const isMissing = !isSignedIn && !isPassword(password);
    setIsWrong(isMissing);
    if (isMissing) focusFirstProblem();
    else accept.mutate(isSignedIn ? undefined : password);
  };
  return (
    <form className="public-fields" noValidate onSubmit={submit}>
      <FormError error={errorBesidePassword(accept.error)} />
      {!isSignedIn && (
        <>
          <p>{m.invitation_page_password()}</p>
          <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
          <PasswordField
            value={password}
            onChange={(typed) => {
              setPassword(typed);
              setIsWrong(false);
              if (accept.isError) accept.reset();
            }}
            error={isWrong ? m.problem_password_length() : accountProblem(accept.error, 'password')}
            kind="current"
          />
        </>
      )}
      <ActionButton type="submit" variant="filled" isBusy={accept.isPending} fullWidth>
        {m.invitation_page_accept()}
      </ActionButton>
      {!isSignedIn && <BySignOn token={token} />}
    </form>
  );
}

/** Whose address the provider has verified comes back here signed in, with an Account, and accepts. */
function BySignOn({ token }: { token: string }) {
  const begin = useMutation({
    mutationFn: () => client.beginSignOn(token),
    onSuccess: ({ url }) => leaveForProvider(url, `/invitation#${token}`),
  });
  return (
    <>
      <FormError error={begin.error} />
      <ProviderButton label={m.sign_on_with} isBusy={begin.isPending} onClick={() => begin.mutate()} />
    </>
  );
}
