import type { HolidayInput } from '@claviger/protocol';
import { client, keys } from '@claviger/web-kit';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

/** The holidays of an Entity, by the next date. */
export function useHolidays(entityId: string) {
  return useQuery({
    queryKey: keys.holidays(entityId),
    queryFn: async () => (await client.listHolidays(entityId)).items,
  });
}

/** What is asked of the server about one holiday: added without `holidayId`. */
interface WantedHoliday extends HolidayInput {
  readonly place?: { readonly holidayId: string; readonly version: number } | undefined;
}

function useStaleHolidays(entityId: string) {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: keys.holidays(entityId) });
}

export function useSaveHoliday(entityId: string) {
  const reload = useStaleHolidays(entityId);
  return useMutation({
    mutationFn: ({ place, ...input }: WantedHoliday) =>
      place
        ? client.updateHoliday({ entityId, holidayId: place.holidayId }, { ...input, version: place.version })
        : client.addHoliday(entityId, input),
    onSettled: reload,
  });
}

export function useRemoveHoliday(entityId: string) {
  const reload = useStaleHolidays(entityId);
  return useMutation({
    mutationFn: (holidayId: string) => client.removeHoliday({ entityId, holidayId }),
    onSettled: reload,
  });
}
