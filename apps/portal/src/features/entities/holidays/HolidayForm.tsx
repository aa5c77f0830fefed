import type { Holiday } from '@claviger/protocol';
import { ActionButton, focusFirstProblem, FormError, m, TextField } from '@claviger/web-kit';
import { Button, Switch } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { holidayProblems, type HolidayValues, inputOf, valuesOf } from './holiday-form.ts';
import { useSaveHoliday } from './queries.ts';

interface HolidayFormProps {
  readonly entityId: string;
  /** Absent: a new one. */
  readonly holiday: Holiday | undefined;
  readonly onClose: () => void;
}

/** Adds a holiday or changes one. */
export function HolidayForm({ entityId, holiday, onClose }: HolidayFormProps) {
  const form = useForm<HolidayValues>({ initialValues: valuesOf(holiday), validate: holidayProblems });
  const save = useSaveHoliday(entityId);
  const submit = form.onSubmit((values) => {
    if (save.isPending) return;
    const place = holiday && { holidayId: holiday.id, version: holiday.version };
    save.mutate({ ...inputOf(values), place }, { onSuccess: onClose });
  }, focusFirstProblem);
  return (
    <form noValidate onSubmit={submit} aria-label={holiday?.name ?? m.holiday_new()}>
      <div className="dialog-fields">
        <FormError error={save.error} />
        <HolidayFields form={form} />
      </div>
      <div className="dialog-end">
        <Button onClick={onClose}>{m.action_cancel()}</Button>
        <ActionButton type="submit" variant="filled" isBusy={save.isPending}>
          {holiday ? m.action_save() : m.holiday_add()}
        </ActionButton>
      </div>
    </form>
  );
}

function HolidayFields({ form }: { form: UseFormReturnType<HolidayValues> }) {
  const text = (name: 'name' | 'firstDate' | 'lastDate' | 'from' | 'until') => ({
    value: form.values[name],
    onChange: (value: string) => {
      form.setValues({ [name]: value });
      form.clearFieldError(name);
    },
    error: form.errors[name],
    name,
    autoComplete: 'off',
  });
  const check = (name: 'isYearly' | 'hasHours') => ({
    checked: form.values[name],
    onChange: () => form.setValues({ [name]: !form.values[name] }),
  });
  return (
    <>
      <TextField {...text('name')} label={m.holiday_name()} maxLength={80} required autoFocus />
      <div className="holiday-pair">
        <TextField {...text('firstDate')} label={m.holiday_first()} type="date" required />
        <TextField {...text('lastDate')} label={m.holiday_last()} type="date" />
      </div>
      <Switch {...check('isYearly')} label={m.holiday_yearly()} />
      <Switch {...check('hasHours')} label={m.holiday_own_hours()} description={m.holiday_own_hours_hint()} />
      {form.values.hasHours && (
        <div className="holiday-pair">
          <TextField {...text('from')} label={m.holiday_from()} type="time" />
          <TextField {...text('until')} label={m.holiday_until()} type="time" />
        </div>
      )}
    </>
  );
}
