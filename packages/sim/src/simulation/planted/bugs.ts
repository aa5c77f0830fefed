import type { Planted } from '../street/street.ts';

/** Nothing is planted. */
export const nothingPlanted: Planted = {
  ports: (ports) => ports,
  store: (store) => store,
  facts: (now) => now,
};

export function plantedBug(name: string | undefined): Planted {
  if (name === undefined) return nothingPlanted;
  throw new Error(`no bug is called ${name}`);
}
