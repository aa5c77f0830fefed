import type { Instant } from '@claviger/domain';
import { Refusal, type ApiKeyList, type MadeApiKey } from '@claviger/protocol';
import { newIdentifier, type Transaction } from '../../platform/database/index.ts';
import {
  allows,
  apiKeyHash,
  apiKeyPrefixLength,
  newApiKey,
  type CarriedRole,
  type Member,
  type RouteDeclaration,
} from '../../platform/http/index.ts';
import * as store from './store.ts';

/** So many of one person in one Entity. */
const keysLimit = 50;
/** What a person does about oneself is no affair of programs. */
const ofOneself: ReadonlySet<string> = new Set(['see_own_profile', 'change_own_profile', 'keep_own_views']);
const dayMs = 24 * 60 * 60_000;

/** What an API key of a person with this role may be given, in alphabetical order. */
export type GrantableTo = (carried: CarriedRole) => readonly string[];

/**
 * Finds it out of the routes: the permissions of the role, without those of which every call asks the person
 * to be there.
 */
export function grantableTo(carried: CarriedRole, routes: readonly RouteDeclaration[]): string[] {
  const names = routes.flatMap(({ permission, isStepUpNeeded }) =>
    typeof permission !== 'string' && !isStepUpNeeded && allows(carried, permission) ? [permission.name] : [],
  );
  return [...new Set(names)].filter((name) => !ofOneself.has(name)).sort();
}

/** An API key as its maker wants it. */
export interface WantedApiKey {
  readonly name: string;
  readonly permissions: readonly string[];
  readonly validForDays: number;
}

/** The API keys of whoever asks, and what others could have. */
export async function listApiKeys(
  tx: Transaction,
  actor: Member,
  grantable: GrantableTo,
): Promise<ApiKeyList> {
  const items = (await store.listApiKeys(tx, actor)).map(({ usedAt, ...key }) => ({
    ...key,
    ...(usedAt !== null && { usedAt }),
  }));
  return { items, grantable: [...grantable(actor)] };
}

/**
 * Makes an API key and gives it away, this once; it ends with the role of its maker at the latest. Refuses
 * limit_reached, and invalid_input beside permissions that the maker lacks: nobody grants what they lack.
 */
export async function makeApiKey(
  tx: Transaction,
  { actor, input }: { readonly actor: Member; readonly input: WantedApiKey },
  { grantable, now }: { readonly grantable: GrantableTo; readonly now: () => Instant },
): Promise<MadeApiKey> {
  const own = new Set(grantable(actor));
  if (!input.permissions.every((name) => own.has(name))) {
    const issues = [{ path: 'body.permissions', problem: 'permission_lacking' }];
    throw new Refusal('invalid_input', { issues });
  }
  if ((await store.listApiKeys(tx, actor)).length >= keysLimit) throw new Refusal('limit_reached');
  const { entityId, userId, accountId, mandateId, roleUntil } = actor;
  const maker = { entityId, userId, accountId, mandateId };
  const key = newApiKey();
  const madeAt = now();
  const made = {
    ...{ id: newIdentifier(), name: input.name, prefix: key.slice(0, apiKeyPrefixLength) },
    permissions: [...new Set(input.permissions)].sort(),
    ...{ madeAt, expiresAt: Math.min(madeAt + input.validForDays * dayMs, roleUntil ?? Infinity) },
  };
  if (made.expiresAt <= madeAt) throw new Refusal('not_permitted', { cause: 'the role ends' });
  await store.addApiKey(tx, { ...made, ...maker, keyHash: apiKeyHash(key) });
  return { ...made, key };
}

/** Ends an own API key at once. Refuses not_found. */
export async function revokeApiKey(tx: Transaction, apiKeyId: string): Promise<string> {
  const name = await store.removeApiKey(tx, apiKeyId);
  if (name === undefined) throw new Refusal('not_found');
  return name;
}
