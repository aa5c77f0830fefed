import type { Holiday } from '@claviger/protocol';
import { ActionButton, ErrorNotice, FormError, m, useFormat } from '@claviger/web-kit';
import { ActionIcon, Button } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { type Edited, EntityWindow } from '../window/EntityWindow.tsx';
import { HolidayForm } from './HolidayForm.tsx';
import { useHolidays, useRemoveHoliday } from './queries.ts';

/** The holidays of an Entity, in its edit window. */
export function HolidaysTab() {
  return (
    <EntityWindow title={(name) => m.entity_edit_title({ name })} hasTabs>
      {(edited) => <Holidays {...edited} />}
    </EntityWindow>
  );
}

/** What is being done with one of them. */
type Doing =
  { readonly kind: 'add' } | { readonly kind: 'change' | 'remove'; readonly holidayId: string } | undefined;

function Holidays({ entity, close }: Edited) {
  const holidays = useHolidays(entity.id);
  const [doing, setDoing] = useState<Doing>();
  const done = () => setDoing(undefined);
  if (holidays.isPending) return <div className="skeleton entities-skeleton" aria-busy="true" />;
  if (!holidays.data) {
    return <ErrorNotice error={holidays.error} onRetry={() => void holidays.refetch()} />;
  }
  const meant = holidays.data.find(
    ({ id }) => doing !== undefined && 'holidayId' in doing && id === doing.holidayId,
  );
  if (doing?.kind === 'add') return <HolidayForm entityId={entity.id} holiday={undefined} onClose={done} />;
  if (doing && meant) {
    return doing.kind === 'change' ? (
      <HolidayForm entityId={entity.id} holiday={meant} onClose={done} />
    ) : (
      <Removal entityId={entity.id} holiday={meant} onClose={done} />
    );
  }
  return (
    <>
      {holidays.data.length === 0 && <p className="dialog-text">{m.holiday_empty()}</p>}
      <ul className="rows holiday-rows">
        {holidays.data.map((holiday) => (
          <HolidayRow key={holiday.id} holiday={holiday} onDo={setDoing} />
        ))}
      </ul>
      <div className="dialog-end">
        <Button onClick={close}>{m.action_close()}</Button>
        <Button
          variant="filled"
          leftSection={<IconPlus size={16} stroke={1.8} aria-hidden />}
          onClick={() => setDoing({ kind: 'add' })}
        >
          {m.holiday_add()}
        </Button>
      </div>
    </>
  );
}

function HolidayRow({ holiday, onDo }: { holiday: Holiday; onDo: (doing: Doing) => void }) {
  const format = useFormat('UTC');
  const { id: holidayId, name, nextDate, isYearly, hours, firstDate, lastDate } = holiday;
  const span =
    firstDate === lastDate ? format.date(firstDate) : `${format.date(firstDate)} – ${format.date(lastDate)}`;
  const facts = [
    nextDate === undefined ? m.holiday_over() : m.holiday_next({ date: format.date(nextDate) }),
    isYearly ? m.holiday_yearly() : m.holiday_once(),
    hours ? m.holiday_hours(hours) : m.holiday_whole_day(),
  ];
  return (
    <li>
      <div>
        <b>{name}</b>
        <p className="small">{span}</p>
        <p className="small">{facts.join(' · ')}</p>
      </div>
      <ActionIcon aria-label={m.holiday_edit({ name })} onClick={() => onDo({ kind: 'change', holidayId })}>
        <IconPencil size={16} stroke={1.6} />
      </ActionIcon>
      <ActionIcon aria-label={m.holiday_remove({ name })} onClick={() => onDo({ kind: 'remove', holidayId })}>
        <IconTrash size={16} stroke={1.6} />
      </ActionIcon>
    </li>
  );
}

interface RemovalProps {
  readonly entityId: string;
  readonly holiday: Holiday;
  readonly onClose: () => void;
}

function Removal({ entityId, holiday, onClose }: RemovalProps) {
  const removal = useRemoveHoliday(entityId);
  return (
    <>
      <p className="dialog-text">
        <b>{m.holiday_remove({ name: holiday.name })}?</b> {m.holiday_remove_text()}
      </p>
      <FormError error={removal.error} />
      <div className="dialog-end">
        <Button onClick={onClose}>{m.action_cancel()}</Button>
        <ActionButton
          variant="danger"
          isBusy={removal.isPending}
          onClick={() => removal.mutate(holiday.id, { onSuccess: onClose })}
        >
          {m.holiday_remove_action()}
        </ActionButton>
      </div>
    </>
  );
}
