import { ActionButton, m, usePageTitle, useSession, useSignOut } from '@claviger/web-kit';
import { Link } from '@tanstack/react-router';
import { PublicFrame } from '../../app/PublicFrame.tsx';

/** Somebody is signed in and has no Entity: the operator, or a person whose last Membership ended. */
export function NoEntityPage() {
  usePageTitle(m.no_entity_title());
  const session = useSession();
  const signOut = useSignOut();
  const isOperator = session?.account.isOperator === true;
  return (
    <PublicFrame
      title={isOperator ? m.operator_title() : m.no_entity_title()}
      text={isOperator ? m.operator_text() : m.no_entity_text()}
    >
      <p className="small">{m.no_entity_signed_in({ email: session?.account.email ?? '' })}</p>
      <p>
        <Link to="/account">{m.account_own()}</Link>
      </p>
      <p>
        <Link to="/request-installer-access">{m.request_installer_title()}</Link>
      </p>
      <p>
        <Link to="/request-entity-management">{m.request_entity_title()}</Link>
      </p>
      {isOperator && (
        <p>
          <Link to="/break-glass">{m.break_glass_title()}</Link>
        </p>
      )}
      <div className="public-end">
        <ActionButton fullWidth isBusy={signOut.isPending} onClick={() => signOut.mutate()}>
          {m.sign_out()}
        </ActionButton>
      </div>
    </PublicFrame>
  );
}
