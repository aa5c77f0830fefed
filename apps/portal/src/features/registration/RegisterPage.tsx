import { m, usePageTitle } from '@claviger/web-kit';
import { Link } from '@tanstack/react-router';
import { PublicFrame } from '../../app/PublicFrame.tsx';
import { RegistrationForm } from './RegistrationForm.tsx';

/** Registration with a first lock. */
export function RegisterPage() {
  usePageTitle(m.register_title());
  return (
    <PublicFrame title={m.register_title()} text={m.register_text()}>
      <RegistrationForm />
      <div className="public-end">
        <p>
          {m.register_known()} <Link to="/sign-in">{m.register_sign_in()}</Link>
        </p>
      </div>
    </PublicFrame>
  );
}
