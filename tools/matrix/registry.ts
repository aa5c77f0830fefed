/** The routes that there are, as the server declares them: what cells are made of. */
import { contract, deviceContract, type RouteContract } from '@claviger/protocol';
import type { RouteDeclaration } from '../../apps/server/src/platform/http/index.ts';

/** Who is let in at all: anybody, any Account, the operator, a member of the Entity in the path. */
export type RouteKind = 'public' | 'signed_in' | 'operator' | 'entity';

export interface Route {
  readonly name: string;
  readonly kind: RouteKind;
  readonly declaration: RouteDeclaration;
  readonly isOfDevices: boolean;
}

const named = Object.entries<RouteContract>({ ...contract, ...deviceContract });

/** Every declared route by its name. */
export function routesOf(declarations: readonly RouteDeclaration[]): Route[] {
  return declarations.map((declaration) => {
    const { permission } = declaration;
    const name = named.find(([, entry]) => entry === declaration.contract)?.[0];
    if (name === undefined) throw new Error(`${declaration.contract.path} is in no contract`);
    const kind = typeof permission === 'string' ? permission : 'entity';
    return { name, kind, declaration, isOfDevices: name in deviceContract };
  });
}
