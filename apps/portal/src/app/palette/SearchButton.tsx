import { m } from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useSections } from '../shell/sections.ts';
import type { Asked } from './shortcuts.ts';
import { focusFilters, useShortcuts } from './use-shortcuts.ts';

// The page can be read before anybody looks for something else.
const Palette = lazy(() => import('./Palette.tsx').then((module) => ({ default: module.Palette })));
const ShortcutsDialog = lazy(() =>
  import('./ShortcutsDialog.tsx').then((module) => ({ default: module.ShortcutsDialog })),
);

/** Opens the palette, as Ctrl K does everywhere; the other shortcuts are heard here too. */
export function SearchButton({ entityId }: { entityId: string }) {
  const [shown, setShown] = useState<'palette' | 'help'>();
  const sections = useSections(entityId);
  const navigate = useNavigate();
  const close = () => setShown(undefined);
  useShortcuts((asked: Asked) => {
    if (asked.kind === 'palette' || asked.kind === 'help') setShown(asked.kind);
    if (asked.kind === 'filter') focusFilters();
    if (asked.kind === 'go') {
      const section = sections.find(({ name }) => name === asked.section);
      if (section) void navigate({ to: section.to, params: { entityId } });
    }
  });
  return (
    <>
      <Button
        className="search-button"
        aria-keyshortcuts="Control+K Meta+K"
        aria-haspopup="dialog"
        leftSection={<IconSearch size={18} stroke={1.6} aria-hidden />}
        onClick={() => setShown('palette')}
      >
        <span>{m.palette_open()}</span>
        <kbd aria-hidden>Ctrl K</kbd>
      </Button>
      <Suspense>
        {shown === 'palette' && <Palette key={entityId} entityId={entityId} onClose={close} />}
        {shown === 'help' && <ShortcutsDialog entityId={entityId} onClose={close} />}
      </Suspense>
    </>
  );
}
