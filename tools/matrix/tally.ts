/** What came out of some cells. */
export interface Tally {
  cells: number;
  /** Cells in which something was let do what it is for. */
  allowed: number;
  /** A sentence for each cell that did not come out as expected. */
  readonly leaks: string[];
}

export function addTallies(...tallies: readonly Tally[]): Tally {
  const sum = (of: (tally: Tally) => number): number =>
    tallies.reduce((total, tally) => total + of(tally), 0);
  return {
    cells: sum(({ cells }) => cells),
    allowed: sum(({ allowed }) => allowed),
    leaks: tallies.flatMap(({ leaks }) => leaks),
  };
}
