/**
 * P5: what a decision costs with more Keys at the lock, beside what it costs with a thousand. The longest
 * list that there is has two hundred thousand.
 */
import { growthOf, interleave, type Contender, type Effort, type Figure } from './harness.ts';
import { cardContender, qrContender, standOf, type Stand } from './stand.ts';

interface Asked {
  readonly counts: readonly number[];
  readonly effort?: Effort;
}

const asked: Asked = { counts: [1_000, 10_000, 100_000, 200_000] };

interface Kind {
  readonly word: string;
  readonly hasQr: boolean;
  readonly most: number;
  readonly contenderOf: (stand: Stand, name: string) => Contender;
}

const kinds: readonly Kind[] = [
  { word: 'QR', hasQr: true, most: 1.05, contenderOf: qrContender },
  { word: 'card', hasQr: false, most: 6, contenderOf: cardContender },
];

async function growthOfKind({ word, hasQr, most, contenderOf }: Kind, { counts, effort }: Asked) {
  const names = counts.map((count) => `a ${word} at ${count.toLocaleString('en')} Keys`);
  const contenders = counts.map((count, place) => contenderOf(standOf(count, { hasQr }), names[place] ?? ''));
  const all = await interleave(contenders, effort && { effort });
  const [anchor = '', ...more] = names;
  return more.map((ours) => growthOf(all, { figure: `P5 decide ${ours}`, ours, anchor, most }));
}

export async function growthFigures(wanted: Asked = asked): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const kind of kinds) figures.push(...(await growthOfKind(kind, wanted)));
  return figures;
}
