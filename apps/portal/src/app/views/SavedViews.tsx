import type { ViewedList } from '@claviger/protocol';
import { m, useMay } from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { IconBookmark } from '@tabler/icons-react';
import { useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { filtersIn } from './address.ts';
import { useViews } from './queries.ts';

// A list can be read before anybody saves a view of it.
const ViewsDialog = lazy(() =>
  import('./ViewsDialog.tsx').then((module) => ({ default: module.ViewsDialog })),
);

interface SavedViewsProps {
  readonly entityId: string;
  readonly list: ViewedList;
}

/** The saved views of a list, for whoever may keep some: an installer, whose Mandate ends, keeps none. */
export function SavedViews(props: SavedViewsProps) {
  return useMay(props.entityId, 'listSavedViews') ? <ViewsButton {...props} /> : null;
}

/** Says which view is shown, and opens the window with all of them. */
function ViewsButton({ entityId, list }: SavedViewsProps) {
  const [isOpen, setIsOpen] = useState(false);
  const filters = filtersIn(useLocation({ select: ({ searchStr }) => searchStr }));
  const views = useViews(entityId, list).data ?? [];
  const shown = views.find((view) => filtersIn(view.filters) === filters);
  return (
    <>
      <Button
        className="filter-views"
        leftSection={<IconBookmark size={16} stroke={1.7} aria-hidden />}
        aria-haspopup="dialog"
        onClick={() => setIsOpen(true)}
      >
        {shown ? m.views_shown({ name: shown.name }) : m.views_title()}
      </Button>
      {isOpen && (
        <Suspense>
          <ViewsDialog {...{ entityId, list, filters }} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
