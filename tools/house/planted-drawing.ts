import type { PlantedLint } from './planted-lint.ts';

const PAGE = 'apps/portal/src/*.tsx';
const HOOK = 'packages/web-kit/src/*.ts';

const hooked = (body: string): string =>
  `import { useEffect, useState } from 'react';
export function useLater(at: number, isOpen: boolean): number {
  const [shown, show] = useState(isOpen ? at : 0);
${body}
  return shown;
}
`;

/** What is drawn with React, and hooks in files without markup too. */
export const drawing: readonly PlantedLint[] = [PAGE, HOOK].flatMap((place) => [
  {
    rule: 'react-hooks/rules-of-hooks',
    place,
    bad: [hooked('  if (isOpen) useEffect(() => show(at), [at]);')],
    good: hooked('  useEffect(() => show(at), [at]);'),
  },
  {
    rule: 'react-hooks/exhaustive-deps',
    place,
    bad: [hooked('  useEffect(() => show(at), []);')],
    good: hooked('  useEffect(() => show(at), [at]);'),
  },
]);
