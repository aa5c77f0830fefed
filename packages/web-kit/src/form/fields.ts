import type { UseFormReturnType } from '@mantine/form';
import type { FocusEvent, ReactNode } from 'react';

/** What a field needs of its form: a value, its change, and what is wrong with it once it was left. */
export interface Field {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onBlur: (event: FocusEvent) => void;
  readonly error: ReactNode;
}

/**
 * The field `name` of a form, checked when one goes on to another field; what was left empty is found by the
 * submit alone.
 */
export function fieldOf<Values extends Record<keyof Values, string>>(
  form: UseFormReturnType<Values>,
  name: keyof Values & string,
): Field {
  return {
    value: form.values[name],
    onChange: (value) => {
      form.setValues({ [name]: value } as Partial<Values>);
      form.clearFieldError(name);
    },
    onBlur: ({ relatedTarget }) => {
      // A message that appears while a button or a switch is being pressed would move it away under the
      // pointer.
      const isGoingOn = relatedTarget instanceof HTMLInputElement && relatedTarget.type !== 'checkbox';
      if (isGoingOn && form.values[name] !== '') form.validateField(name);
    },
    error: form.errors[name],
  };
}

/** After a refused submit: puts the focus on the first field with a problem, once it is drawn. */
export function focusFirstProblem(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
