import { m, usePageTitle, zoneOfBrowser } from '@claviger/web-kit';
import { Link } from '@tanstack/react-router';
import { OwnAccount } from './OwnAccount.tsx';
import { SubmittedRequests } from './requests/SubmittedRequests.tsx';
import './settings.css';

/** The own Account of somebody who works in no Entity. */
export function AccountPage() {
  usePageTitle(m.account_own());
  return (
    <main className="account-page">
      <div className="page-head">
        <h1>{m.account_own()}</h1>
        <div className="page-actions">
          <Link to="/">{m.action_back()}</Link>
        </div>
      </div>
      <OwnAccount>
        <SubmittedRequests zone={zoneOfBrowser()} />
      </OwnAccount>
    </main>
  );
}
