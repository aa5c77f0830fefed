import type { Entity, Unit } from '@claviger/protocol';
import { m } from '@claviger/web-kit';

type Kind = Entity['kind'];

/** What people call the Units of such an Entity. */
export const unitWords: Readonly<
  Record<
    Kind,
    {
      readonly all: () => string;
      readonly one: () => string;
      readonly add: () => string;
      readonly count: (inputs: { count: number }) => string;
    }
  >
> = {
  home: {
    all: m.unit_apartments,
    one: m.unit_apartment_name,
    add: m.unit_apartment_add,
    count: m.unit_apartment_count,
  },
  community: {
    ...{ all: m.unit_apartments, one: m.unit_apartment_name },
    ...{ add: m.unit_apartment_add, count: m.unit_apartment_count },
  },
  commercial: {
    ...{ all: m.unit_companies, one: m.unit_company_name },
    ...{ add: m.unit_company_add, count: m.unit_company_count },
  },
};

/** Where a Unit is; undefined where nobody has said it. */
export function floorsText({ floors }: Unit): string | undefined {
  return floors.length > 0 ? m.unit_on_floors({ floors: floors.join(', ') }) : undefined;
}
