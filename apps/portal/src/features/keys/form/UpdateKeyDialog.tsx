import { type Key, Refusal } from '@claviger/protocol';
import {
  ActionButton,
  ErrorNotice,
  fieldOf,
  focusFirstProblem,
  m,
  serverNow,
  useClock,
  usesText,
  wallMinuteIn,
} from '@claviger/web-kit';
import { Button, Switch } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useEffect, useState } from 'react';
import { type AboutKey, KeyDialog } from '../KeyDialog.tsx';
import { useLocksOf, useUpdateKey } from '../queries.ts';
import { CardField } from './CardField.tsx';
import { type KeyValues, problemsOf, serverProblemsOf, usesOf } from './key-form.ts';
import { KeyFields } from './KeyFields.tsx';
import { cardObstacleAt, obstacleAtAll } from './lock-obstacles.ts';
import './key-form.css';

const agoEveryMs = 30_000;

/** Update: another validity, another maximum, another card. What was spent stays spent. */
export function UpdateKeyDialog() {
  return (
    <KeyDialog titleOf={(name) => m.key_update_of({ name })}>{(about) => <Update {...about} />}</KeyDialog>
  );
}

/** What is filled in stays when the Key is deleted elsewhere, and so does the focus: it is said in place. */
function Update(about: AboutKey) {
  const [wasOver] = useState(about.shown.status === 'revoked');
  return wasOver ? <p className="dialog-text">{m.key_is_over()}</p> : <UpdateForm {...about} />;
}

function valuesOf({ bindings, validFrom, validUntil, maxUses }: Key, zone: string): KeyValues {
  const wall = (at: number | undefined) => (at === undefined ? '' : wallMinuteIn(zone, at));
  return {
    lockId: bindings[0]?.lockId ?? '',
    name: '',
    validFrom: wall(validFrom),
    validUntil: wall(validUntil),
    maxUses: maxUses === undefined ? '' : String(maxUses),
    card: '',
    email: '',
  };
}

/** The version that was filled in counts, though the page behind goes on hearing of newer ones. */
function UpdateForm({ place, shown, membership, close }: AboutKey) {
  const { zone } = membership;
  const [isCardRemoved, setIsCardRemoved] = useState(false);
  const obstacle = obstacleAtAll(useLocksOf(shown, place.entityId), cardObstacleAt);
  const isCardSent = !isCardRemoved && obstacle === undefined;
  const keptUntil = shown.validUntil;
  const form = useForm<KeyValues>({
    initialValues: valuesOf(shown, zone),
    validate: (values) => problemsOf(values, { zone, now: serverNow(), keptUntil, isCardSent }),
  });
  const update = useUpdateKey(place);
  const [seenVersion, setSeenVersion] = useState(shown.version);
  const submit = form.onSubmit(({ validFrom, validUntil, maxUses, card }) => {
    const input = {
      validFrom,
      validUntil,
      maxUses: usesOf(maxUses) ?? null,
      ...(card !== '' && isCardSent && { card }),
      ...(isCardRemoved && { card: null }),
      version: seenVersion,
    };
    update.mutate(input, {
      onSuccess: close,
      onError: (error) => {
        if (error instanceof Refusal) form.setErrors(serverProblemsOf(error.issues));
        focusFirstProblem();
      },
    });
  }, focusFirstProblem);
  const isOver = shown.status === 'revoked';
  const isOvertaken = update.error instanceof Refusal && update.error.code === 'changed_meanwhile';
  // Whoever was told what the Key says now may mean the change all the same.
  useEffect(() => {
    if (isOvertaken) setSeenVersion(shown.version);
  }, [isOvertaken, shown.version]);
  return (
    <form noValidate onSubmit={submit}>
      <div className="dialog-fields">
        {isOver ? <OverNotice /> : <UpdateRefusal error={update.error} shown={shown} zone={zone} />}
        <KeyFields form={form} membership={membership} />
        <CardPart {...{ form, shown, obstacle }} isRemoved={isCardRemoved} onRemove={setIsCardRemoved} />
      </div>
      <div className="dialog-end">
        <Button onClick={close}>{m.action_cancel()}</Button>
        <ActionButton
          type="submit"
          variant="filled"
          isBusy={update.isPending}
          reason={isOver ? m.key_is_over() : undefined}
        >
          {m.action_save()}
        </ActionButton>
      </div>
    </form>
  );
}

interface CardPartProps {
  readonly form: UseFormReturnType<KeyValues>;
  readonly shown: Key;
  /** Why no lock of the Key takes a card, in words. */
  readonly obstacle: string | undefined;
  readonly isRemoved: boolean;
  readonly onRemove: (isRemoved: boolean) => void;
}

/** Another card for the Key, or none. */
function CardPart({ form, shown, obstacle, isRemoved, onRemove }: CardPartProps) {
  return (
    <>
      {!isRemoved && (
        <CardField field={fieldOf(form, 'card')} obstacle={obstacle} ending={shown.card?.ending} />
      )}
      {shown.card && (
        <Switch
          label={m.card_remove({ ending: shown.card.ending })}
          checked={isRemoved}
          onChange={({ currentTarget }) => onRemove(currentTarget.checked)}
        />
      )}
    </>
  );
}

/** Somebody has deleted the Key while it was being changed here. */
function OverNotice() {
  return (
    <div className="notice" data-tone="bad" role="alert">
      <IconAlertTriangle size={18} stroke={1.6} aria-hidden />
      <div>
        <b>{m.key_is_over()}</b>
        <p>{m.error_key_ended_advice()}</p>
      </div>
    </div>
  );
}

/** Where somebody else was first, what the Key says now: saving again is then a choice. */
function UpdateRefusal({ error, shown, zone }: { error: Error | null; shown: Key; zone: string }) {
  const clock = useClock(zone, agoEveryMs);
  const { format } = clock;
  const isOvertaken = error instanceof Refusal && error.code === 'changed_meanwhile';
  const { validFrom = 0, validUntil = 0 } = shown;
  const uses = usesText(shown.bindings[0]?.usesSpent ?? 0, shown.maxUses, clock);
  const now = { from: format.minute(validFrom), until: format.minute(validUntil), uses };
  return (
    <ErrorNotice error={error}>{isOvertaken ? <p>{m.key_changed_meanwhile(now)}</p> : undefined}</ErrorNotice>
  );
}
