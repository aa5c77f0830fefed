import { FormError, m } from '@claviger/web-kit';
import { Refusal } from '@claviger/protocol';

const failed = new Refusal('registration_failed');

/**
 * One answer to every registration that fails: which part was wrong is nobody's business but the holder's.
 * Only a fault of another kind (too many tries, no answer) is said as it is.
 */
export function RegistrationRefusal({ error }: { error: Error | null }) {
  const isOfInput =
    error instanceof Refusal && (error.code === 'registration_failed' || error.code === 'invalid_input');
  if (!isOfInput) return <FormError error={error} />;
  return (
    <FormError error={failed}>
      <p>{m.register_check()}</p>
      <ul>
        <li>{m.register_check_serial()}</li>
        <li>{m.register_check_code()}</li>
        <li>{m.register_check_claimed()}</li>
        <li>{m.register_check_password()}</li>
        <li>{m.register_check_email()}</li>
      </ul>
      <p>{m.register_check_else()}</p>
    </FormError>
  );
}
