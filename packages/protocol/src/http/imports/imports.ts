import { z } from 'zod';
import { uuid } from '../shapes.ts';

/** So many lines fit into one request whatever is in them, up to its limit of 64 KB. */
export const importLinesLimit = 1_000;
/** So many lines one import has at most. */
export const importLimit = 100_000;

/** Where a line stands in its file; the headings are the first. */
export const lineNumber = z.int().positive().max(2_000_000);
/** A field as it stands in the file; what is wrong with it is told by the check. */
export const importField = z.string().max(1_000);

export const startedImport = z.object({ id: uuid }).meta({ id: 'Import' });

/** What is said of any import before it is applied; `columns` has the column of each problem. */
export function importCheckOf<const Columns extends Readonly<Record<string, string>>>(columns: Columns) {
  const problems = Object.keys(columns) as (keyof Columns & string)[];
  return z.object({
    lines: z.int().nonnegative(),
    problemCount: z.int().nonnegative().meta({ description: 'In how many lines something is wrong' }),
    problems: z
      .array(z.object({ line: z.int(), column: z.string(), problem: z.enum(problems) }))
      .meta({ description: 'The first hundred, by line; a line may have several' }),
  });
}

/** Something that is wrong with a line. */
export interface LineProblem<Problem extends string = string> {
  readonly line: number;
  /** By its name in the first line of the file. */
  readonly column: string;
  readonly problem: Problem;
}
