import type { Instant } from '@claviger/domain';
import { contract } from '@claviger/protocol';
import { defineRoute, type RouteDeclaration } from '../../../platform/http/index.ts';
import { changeEntities, seeEntities } from '../permissions.ts';
import { addHoliday, changeHoliday, listHolidays, removeHoliday } from './service.ts';
import type { HolidayFields } from './store.ts';

const entity = { type: 'entity', param: 'entityId' } as const;
const holiday = { type: 'holiday', param: 'holidayId' } as const;

/** What the Audit keeps of a holiday. */
function audited({ name, firstDate, lastDate, isYearly, hours }: HolidayFields) {
  return { name, firstDate, lastDate, isYearly, ...(hours && { hours: `${hours.from}–${hours.until}` }) };
}

export function holidayRoutes({ now }: { readonly now: () => Instant }): RouteDeclaration[] {
  return [
    defineRoute(contract.listHolidays, {
      permission: seeEntities,
      resource: entity,
      scope: 'entity',
      audit: { none: 'reading changes nothing' },
      handler: ({ actor, transact }) =>
        transact(async (tx) => ({ items: await listHolidays(tx, actor.entityId, now()) })),
    }),
    defineRoute(contract.addHoliday, {
      permission: changeEntities,
      resource: entity,
      scope: 'entity',
      audit: 'holiday.add',
      handler: ({ actor, input, transact, note }) =>
        transact(async (tx) => {
          const added = await addHoliday(tx, actor.entityId, { ...input.body, now: now() });
          note({ objectType: 'holiday', objectId: added.id, after: audited(added) });
          return added;
        }),
    }),
    defineRoute(contract.updateHoliday, {
      permission: changeEntities,
      resource: holiday,
      scope: 'entity',
      audit: 'holiday.update',
      handler: ({ actor, input, transact, note }) =>
        transact(async (tx) => {
          const place = { entityId: actor.entityId, holidayId: input.params.holidayId };
          const { before, after } = await changeHoliday(tx, place, { ...input.body, now: now() });
          note({ before: audited(before), after: audited(after) });
          return after;
        }),
    }),
    defineRoute(contract.removeHoliday, {
      permission: changeEntities,
      resource: holiday,
      scope: 'entity',
      audit: 'holiday.remove',
      handler: async ({ actor, input, transact, note }) => {
        await transact(async (tx) => {
          const place = { entityId: actor.entityId, holidayId: input.params.holidayId };
          note({ before: audited(await removeHoliday(tx, place, now())) });
        });
        return undefined;
      },
    }),
  ];
}
