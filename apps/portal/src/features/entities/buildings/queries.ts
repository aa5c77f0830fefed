import type { Building, Unit, UnitInput } from '@claviger/protocol';
import { client, keys } from '@claviger/web-kit';
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';

/** The buildings of an Entity, by name. */
export function useBuildings(entityId: string) {
  return useQuery({
    queryKey: keys.buildings(entityId),
    queryFn: async () => (await client.listBuildings(entityId)).items,
  });
}

/** The Units of a building whose name has this text in it, by name, a page after the other. */
export function useUnits(entityId: string, buildingId: string, text: string) {
  return useInfiniteQuery({
    queryKey: [...keys.buildings(entityId), buildingId, text],
    queryFn: ({ pageParam: cursor }) =>
      client.listUnits({ entityId, buildingId }, { text, ...(cursor !== '' && { cursor }) }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
}

export function useStaleBuildings(entityId: string) {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: keys.buildings(entityId) });
}

/** Adds a building, or renames one. */
export function useSaveBuilding(entityId: string, building: Building | undefined) {
  const reload = useStaleBuildings(entityId);
  return useMutation({
    mutationFn: (name: string) =>
      building
        ? client.updateBuilding({ entityId, buildingId: building.id }, { name, version: building.version })
        : client.addBuilding(entityId, { name }),
    onSettled: reload,
  });
}

export function useRemoveBuilding(entityId: string) {
  const reload = useStaleBuildings(entityId);
  return useMutation({
    mutationFn: (buildingId: string) => client.removeBuilding({ entityId, buildingId }),
    onSettled: reload,
  });
}

/** Adds a Unit to a building, or changes one. */
export function useSaveUnit(entityId: string, buildingId: string, unit: Unit | undefined) {
  const reload = useStaleBuildings(entityId);
  return useMutation({
    mutationFn: (input: UnitInput) =>
      unit
        ? client.updateUnit({ entityId, unitId: unit.id }, { ...input, version: unit.version })
        : client.addUnit({ entityId, buildingId }, input),
    onSettled: reload,
  });
}

export function useRemoveUnit(entityId: string) {
  const reload = useStaleBuildings(entityId);
  return useMutation({
    mutationFn: (unitId: string) => client.removeUnit({ entityId, unitId }),
    onSettled: reload,
  });
}
