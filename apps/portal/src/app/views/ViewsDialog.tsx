import type { SavedView, ViewedList } from '@claviger/protocol';
import { Dialog, ErrorNotice, m } from '@claviger/web-kit';
import { ActionIcon, UnstyledButton } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { filtersIn, listPaths } from './address.ts';
import { useRemoveView, useRenameView, useSaveView, useViews } from './queries.ts';
import { ViewName } from './ViewName.tsx';
import './views.css';

interface ViewsDialogProps {
  readonly entityId: string;
  readonly list: ViewedList;
  /** Those of the list now; undefined: none is set. */
  readonly filters: string | undefined;
  readonly onClose: () => void;
}

/** The views of a list: shown, renamed, deleted; and the filters of now saved as one more. */
export function ViewsDialog({ entityId, list, filters, onClose }: ViewsDialogProps) {
  const views = useViews(entityId, list);
  const saving = useSaveView(entityId);
  const all = views.data ?? [];
  const isSaved = all.some((view) => filtersIn(view.filters) === filters);
  return (
    <Dialog title={m.views_title()} onClose={onClose}>
      <ErrorNotice error={views.error} onRetry={() => void views.refetch()} />
      {views.isPending && <div className="skeleton views-skeleton" aria-busy="true" />}
      {views.data?.length === 0 && <p className="dialog-text">{m.views_none()}</p>}
      <ul className="views">
        {all.map((view) => (
          <ViewRow
            key={view.id}
            {...{ entityId, view, onClose }}
            isShown={filtersIn(view.filters) === filters}
          />
        ))}
      </ul>
      {filters !== undefined && !isSaved && (
        <ViewName
          action={m.views_save()}
          isBusy={saving.isPending}
          error={saving.error}
          onName={(name) => saving.mutate({ list, name, filters })}
        />
      )}
    </Dialog>
  );
}

interface ViewRowProps {
  readonly entityId: string;
  readonly view: SavedView;
  readonly isShown: boolean;
  readonly onClose: () => void;
}

function ViewRow({ entityId, view, isShown, onClose }: ViewRowProps) {
  const [isNaming, setIsNaming] = useState(false);
  const renaming = useRenameView(entityId);
  const removing = useRemoveView(entityId);
  const router = useRouter();
  const { id, list, name, filters, version } = view;
  const show = () => {
    onClose();
    router.history.push(`/e/${entityId}/${listPaths[list]}?${filters}`);
  };
  if (isNaming) {
    return (
      <li>
        <ViewName
          action={m.views_rename()}
          initial={name}
          isBusy={renaming.isPending}
          error={renaming.error}
          onName={(next) =>
            renaming.mutate({ id, name: next, version }, { onSuccess: () => setIsNaming(false) })
          }
          onCancel={() => setIsNaming(false)}
        />
      </li>
    );
  }
  return (
    <li>
      <UnstyledButton className="view-name" aria-current={isShown || undefined} onClick={show}>
        {name}
      </UnstyledButton>
      <ActionIcon aria-label={m.views_rename_of({ name })} onClick={() => setIsNaming(true)}>
        <IconPencil size={18} stroke={1.6} />
      </ActionIcon>
      <ActionIcon aria-label={m.views_delete_of({ name })} onClick={() => removing.mutate(id)}>
        <IconTrash size={18} stroke={1.6} />
      </ActionIcon>
      <ErrorNotice error={removing.error} />
    </li>
  );
}
