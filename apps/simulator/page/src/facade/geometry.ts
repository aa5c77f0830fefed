/** The picture of a facade, in its own units: width, height, and where the ground is. */
export const picture = { width: 400, height: 284, ground: 248 } as const;

export type FacadeKind = 'house' | 'garage' | 'garden';

/** The hole in the wall, and how its leaf moves. */
export interface Opening {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const openings: Readonly<Record<FacadeKind, Opening>> = {
  house: { x: 122, y: 118, width: 88, height: 130 },
  garage: { x: 62, y: 124, width: 186, height: 124 },
  garden: { x: 150, y: 122, width: 84, height: 126 },
};

/** What a door of this model looks like from the street. */
export function facadeOf(model: string): FacadeKind {
  if (model === 'virtual-gate') return 'garage';
  return model === 'virtual-lock' ? 'garden' : 'house';
}
