import { m, TextField } from '@claviger/web-kit';
import { NativeSelect } from '@mantine/core';
import { useId } from 'react';
import { durationUnits, type DurationUnit, type TypedDuration } from './request-words.ts';

const unitNames: Readonly<Record<DurationUnit, () => string>> = {
  minutes: m.request_unit_minutes,
  hours: m.request_unit_hours,
  days: m.request_unit_days,
};

interface DurationFieldProps {
  readonly label: string;
  readonly value: TypedDuration;
  readonly onChange: (value: TypedDuration) => void;
  readonly error: string | undefined;
}

function isUnit(value: string): value is DurationUnit {
  return value in durationUnits;
}

/** How long: a number and a unit. */
export function DurationField({ label, value, onChange, error }: DurationFieldProps) {
  const [labelId, errorId] = [useId(), useId()];
  return (
    <div
      className="request-duration"
      role="group"
      aria-labelledby={labelId}
      aria-describedby={error === undefined ? undefined : errorId}
    >
      <span id={labelId} className="request-duration-label">
        {label}
      </span>
      <TextField
        value={value.amount}
        onChange={(amount) => onChange({ ...value, amount })}
        aria-label={`${label}: ${m.request_amount()}`}
        inputMode="numeric"
        maxLength={6}
        name="duration"
        error={error !== undefined}
      />
      <NativeSelect
        value={value.unit}
        onChange={({ currentTarget }) => {
          if (isUnit(currentTarget.value)) onChange({ ...value, unit: currentTarget.value });
        }}
        aria-label={`${label}: ${m.request_unit()}`}
        name="duration-unit"
        data={Object.entries(unitNames).map(([unit, name]) => ({ value: unit, label: name() }))}
      />
      {error !== undefined && (
        <p id={errorId} className="request-duration-error">
          {error}
        </p>
      )}
    </div>
  );
}
