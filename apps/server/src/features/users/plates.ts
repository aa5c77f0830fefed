/** Letters and digits of a plate, by which two are the same. */
export function compactPlate(plate: string): string {
  return plate.toLowerCase().replace(/[ ()./-]/g, '');
}

/** Each plate once, as it was written first. */
export function distinctPlates(plates: readonly string[]): string[] {
  const first = new Map<string, string>();
  for (const plate of plates) {
    const compact = compactPlate(plate);
    if (!first.has(compact)) first.set(compact, plate);
  }
  return [...first.values()];
}
