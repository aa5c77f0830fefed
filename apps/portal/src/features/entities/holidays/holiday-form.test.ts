import { addHolidayInput } from '@claviger/protocol';
import { expect, it } from 'vitest';
import { holidayProblems, inputOf, valuesOf } from './holiday-form.ts';

const values = { ...valuesOf(undefined), name: 'Christmas', firstDate: '2026-12-25' };

it('sends one date where no last one was given, and hours where it has its own', () => {
  const whole = { name: 'Christmas', firstDate: '2026-12-25', lastDate: '2026-12-25', isYearly: true };

  expect(inputOf(values)).toEqual(whole);
  expect(inputOf({ ...values, hasHours: true })).toEqual({
    ...whole,
    hours: { from: '09:00', until: '12:00' },
  });
  expect(addHolidayInput.safeParse(inputOf(values)).success).toBe(true);
});

it('finds an end before its begin, and equal hours', () => {
  expect(holidayProblems.lastDate('2026-12-24', values)).not.toBeNull();
  expect(holidayProblems.lastDate('2026-12-25', values)).toBeNull();
  expect(holidayProblems.until('09:00', { ...values, hasHours: true })).not.toBeNull();
  expect(holidayProblems.until('09:00', values)).toBeNull();
  expect(holidayProblems.until('08:00', { ...values, hasHours: true })).toBeNull();
});

it('shows a holiday as it was saved', () => {
  const saved = { id: 'x', version: 3, ...inputOf({ ...values, hasHours: true }) };
  expect(inputOf(valuesOf(saved))).toEqual(inputOf({ ...values, hasHours: true }));
});
