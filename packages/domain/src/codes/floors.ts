/** As many as a Unit can have; more is a slip of the pen. */
export const floorsLimit = 20;
export const lowestFloor = -99;
export const highestFloor = 999;

/**
 * Floors as people type them, `3`, `-1 0` or `3, 4`: ascending, each once. Undefined where something else is
 * in it; nothing typed is no floor.
 */
export function parseFloors(typed: string): readonly number[] | undefined {
  const parts = typed.split(/[\s,;]+/).filter((part) => part !== '');
  const isFloor = (part: string): boolean =>
    /^-?\d{1,3}$/.test(part) && Number(part) >= lowestFloor && Number(part) <= highestFloor;
  if (!parts.every(isFloor)) return undefined;
  const floors = [...new Set(parts.map((part) => Number(part) + 0))].sort((one, other) => one - other);
  return floors.length <= floorsLimit ? floors : undefined;
}
