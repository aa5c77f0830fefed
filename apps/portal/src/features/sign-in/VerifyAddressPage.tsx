import { Refusal } from '@claviger/protocol';
import { ActionButton, client, FormError, m, usePageTitle } from '@claviger/web-kit';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { LinkPage } from '../../app/link/LinkPage.tsx';
import { PublicFrame } from '../../app/PublicFrame.tsx';

/** What the link of a mail leads to. Opening it changes nothing, however often a mail scanner does. */
export function VerifyAddressPage() {
  usePageTitle(m.verify_address_title());
  return <LinkPage>{(token) => <Confirmation token={token} />}</LinkPage>;
}

function Confirmation({ token }: { token: string }) {
  const confirm = useMutation({ mutationFn: () => client.confirmAddress(token) });
  const isVoid = token === '' || (confirm.error instanceof Refusal && confirm.error.code === 'not_found');
  if (isVoid) {
    return (
      <PublicFrame title={m.new_password_void()} text={m.verify_address_void_text()}>
        <Link to="/">{m.action_back()}</Link>
      </PublicFrame>
    );
  }
  if (confirm.isSuccess) {
    return (
      <PublicFrame title={m.verify_address_done()} text={m.verify_address_done_text()}>
        {/* Loaded anew: a page that is signed in shows the new address. */}
        <a href="/">{m.verify_address_go_on()}</a>
      </PublicFrame>
    );
  }
  return (
    <PublicFrame title={m.verify_address_title()} text={m.verify_address_text()}>
      <div className="public-fields">
        <FormError error={confirm.error} />
        <ActionButton variant="filled" isBusy={confirm.isPending} onClick={() => confirm.mutate()} fullWidth>
          {m.verify_address_action()}
        </ActionButton>
      </div>
    </PublicFrame>
  );
}
