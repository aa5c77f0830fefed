import { type OwnProfile, Refusal } from '@claviger/protocol';
import { ActionButton, ErrorNotice, isName, m, TextField } from '@claviger/web-kit';
import { SavingRefusal } from '../../../app/edit/SavingRefusal.tsx';
import { useEditForm } from '../../../app/edit/use-edit-form.ts';
import { lengthLimits, phoneProblem } from '../../../app/fields/person.ts';
import { type EditedProfile, profileEditor, useOwnProfile, useSaveOwnProfile } from './queries.ts';

interface ProfileCardProps {
  readonly entityId: string;
  /** The name of the Entity: its Owner is who knows the person so. */
  readonly entity: string;
}

/** Full name and numbers, as the Owner of this Entity knows them. */
export function ProfileCard({ entityId, entity }: ProfileCardProps) {
  const profile = useOwnProfile(entityId);
  return (
    <section className="card settings-card" aria-labelledby="own-profile">
      <h2 id="own-profile">{m.profile_own()}</h2>
      <p className="small">{m.profile_own_hint({ entity })}</p>
      <ErrorNotice error={profile.error} onRetry={() => void profile.refetch()} />
      {profile.data && <ProfileForm entityId={entityId} profile={profile.data} />}
    </section>
  );
}

function problemsIn(shown: EditedProfile): Partial<Record<keyof EditedProfile, string>> {
  const found = {
    name: isName(shown.name) ? null : m.problem_name(),
    phone: phoneProblem(shown.phone),
    mobile: phoneProblem(shown.mobile),
  };
  return Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== null));
}

/** Of a form that was checked already, the server finds wrong only what cannot be said better. */
function serverProblemsOf(error: Error | null): Partial<Record<string, string>> {
  if (!(error instanceof Refusal)) return {};
  return Object.fromEntries(
    error.issues.map(({ path }) => [path.replace(/^body\./, ''), m.users_problem_other()]),
  );
}

function ProfileForm({ entityId, profile }: { entityId: string; profile: OwnProfile }) {
  const save = useSaveOwnProfile(entityId);
  const editing = { editor: profileEditor, thing: profile, problemsIn, save, onSaved: () => undefined };
  const { shown, change, submit, problems } = useEditForm(editing);
  const told = serverProblemsOf(save.error);
  const field = (name: keyof EditedProfile) => ({
    value: shown[name],
    onChange: (value: string) => change({ [name]: value }),
    error: problems[name] ?? told[name],
    name,
    maxLength: lengthLimits[name],
  });
  return (
    <form className="settings-fields" noValidate onSubmit={submit}>
      <SavingRefusal
        saving={save.data}
        error={Object.keys(told).length > 0 ? null : save.error}
        valueIn={(now, name) => now[name]}
      />
      <TextField {...field('name')} label={m.users_name()} autoComplete="name" required />
      <TextField {...field('phone')} label={m.users_phone()} type="tel" autoComplete="tel" />
      <TextField {...field('mobile')} label={m.users_mobile()} type="tel" autoComplete="mobile tel" />
      <ActionButton type="submit" isBusy={save.isPending}>
        {m.action_save()}
      </ActionButton>
      <p className="small" role="status">
        {save.data?.kind === 'saved' ? m.profile_saved() : ''}
      </p>
    </form>
  );
}
