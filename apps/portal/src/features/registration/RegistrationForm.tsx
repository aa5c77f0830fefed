import {
  ActionButton,
  CodeField,
  errorBesidePassword,
  fieldOf,
  focusFirstProblem,
  m,
  PasswordField,
  passwordFieldOf,
  TextField,
  zoneOfBrowser,
} from '@claviger/web-kit';
import { useForm } from '@mantine/form';
import { useRegister } from './queries.ts';
import { type FieldProblem, inputOf, problemsOf, type RegistrationValues } from './registration.ts';
import { RegistrationRefusal } from './RegistrationRefusal.tsx';
import { ZoneField } from '../../app/fields/ZoneField.tsx';

const problemWords: Readonly<Record<FieldProblem, () => string>> = {
  email: m.problem_email,
  password_length: m.problem_password_length,
  serial: m.problem_serial,
  code: m.problem_code,
  zone: m.problem_zone,
};

const addressLengthLimit = 200;

function useRegistrationForm() {
  return useForm<RegistrationValues>({
    initialValues: { email: '', password: '', serial: '', code: '', address: '', zone: zoneOfBrowser() },
    validate: (values) =>
      Object.fromEntries(
        Object.entries(problemsOf(values)).map(([field, problem]) => [field, problemWords[problem]()]),
      ),
  });
}

/** Account, home and first lock in one form. */
export function RegistrationForm() {
  const form = useRegistrationForm();
  const register = useRegister();
  const submit = form.onSubmit(
    (values) => register.mutate(inputOf(values), { onError: focusFirstProblem }),
    focusFirstProblem,
  );
  return (
    <form className="public-fields" noValidate onSubmit={submit}>
      <RegistrationRefusal error={errorBesidePassword(register.error)} />
      <TextField
        {...fieldOf(form, 'email')}
        label={m.field_email()}
        type="email"
        name="email"
        autoComplete="email"
        required
      />
      <PasswordField {...passwordFieldOf(fieldOf(form, 'password'), register)} kind="new" />
      <CodeField
        {...fieldOf(form, 'serial')}
        label={m.register_serial()}
        description={m.register_serial_hint()}
        name="serial"
        placeholder="K7Q2-9XMD-4T8A"
      />
      <CodeField
        {...fieldOf(form, 'code')}
        label={m.register_code()}
        description={m.register_code_hint()}
        name="code"
      />
      <TextField
        {...fieldOf(form, 'address')}
        label={m.field_address()}
        description={m.register_address_hint()}
        name="address"
        autoComplete="street-address"
        maxLength={addressLengthLimit}
      />
      <ZoneField {...fieldOf(form, 'zone')} label={m.register_zone()} description={m.register_zone_hint()} />
      <ActionButton type="submit" variant="filled" isBusy={register.isPending} fullWidth>
        {m.register_action()}
      </ActionButton>
    </form>
  );
}
