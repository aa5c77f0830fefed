import assert from 'node:assert/strict';
import type { Readable } from 'node:stream';
import { contract, type MailLanguage, type RouteContract } from '@claviger/protocol';
import type { z } from 'zod';
import type { Personal } from '../audit/index.ts';
import type { Transaction } from '../database/index.ts';
import type { Member, SignedIn } from './access/actor.ts';
import { allows, type CarriedRole, type EntityPermission } from './access/permissions.ts';

/**
 * Who may call: anybody, any Account, the operator, or a member of the Entity whose role has the permission.
 */
export type Permission = 'public' | 'signed_in' | 'operator' | EntityPermission;

/**
 * For whom the transaction acts. `entity` is the Entity in the path, once the Account was found to be a
 * member of it; `owner` the Owner of that Entity, with the permission of the same Membership; `account` the
 * signed-in Account, an operator's too; `installation` the installation itself.
 */
export type RouteScope<P extends Permission> = P extends EntityPermission
  ? 'entity' | 'owner'
  : P extends 'public'
    ? 'installation'
    : 'account';

export type ActorOf<P extends Permission> = P extends EntityPermission
  ? Member
  : P extends 'public'
    ? undefined
    : SignedIn;

/** What a call has whose contract has no such schema. */
type Nothing = Readonly<Record<string, never>>;

type OutputOf<Schema> = Schema extends z.ZodType ? z.output<Schema> : Nothing;

/** What came in, checked against the contract. */
export interface Input<C extends RouteContract> {
  readonly params: OutputOf<C['params']>;
  readonly query: OutputOf<C['query']>;
  readonly body: OutputOf<C['body']>;
}

/** An answer that is a file, sent as it is read. */
export interface Download {
  readonly contentType: string;
  readonly fileName: string;
  readonly content: Readable;
  /** The address always gives this file: a browser may keep it for an hour, for this person alone. */
  readonly isKept?: boolean;
}

/** An answer that goes on: the live stream of the caller's Entity. */
export type LiveAnswer = 'live';

export type AnswerOf<C extends RouteContract> = C['answer'] extends z.ZodType
  ? z.input<C['answer']>
  : C['status'] extends 204
    ? undefined
    : Download | LiveAnswer;

/**
 * What the audit entry of this call says beyond who, when and which operation; `before` and `after` hold no
 * secret, and `personal` names those of their fields that tell of a person.
 */
export interface AuditNote {
  readonly objectId?: string;
  /** With the identifier of something that the call made: its own kind, not that of where it was made. */
  readonly objectType?: string;
  /** Why the person did it, where the form asks. */
  readonly reason?: string;
  readonly before?: Record<string, unknown>;
  readonly after?: Record<string, unknown>;
  readonly personal?: Personal;
  /** An Entity that the call made or went into, and who is there now: the entry is in that Entity's chain. */
  readonly made?: { readonly entityId: string; readonly userId: string; readonly accountId: string };
}

/**
 * Runs the work in one transaction in the scope of the route. Once for an audited route: audit entry and
 * stored answer become durable with the work, or nothing does.
 */
export type Transact = <Result>(work: (tx: Transaction) => Promise<Result>) => Promise<Result>;

/** One call of a route, let in. */
export interface Call<C extends RouteContract, P extends Permission> {
  readonly input: Input<C>;
  readonly actor: ActorOf<P>;
  /** Where the contract takes one. */
  readonly file: C['upload'] extends object ? Uint8Array : undefined;
  readonly transact: Transact;
  readonly requestId: string;
  readonly visitor: Visitor;
  /**
   * Where the contract asks for one. A public route has no stored answers: it remembers itself what it did
   * under this key.
   */
  readonly idempotencyKey: string | undefined;
  /** Adds to the audit row; to be called before or in the work of `transact`. */
  readonly note: (note: AuditNote) => void;
  /** Whole `Set-Cookie` values. */
  readonly setCookies: (cookies: readonly string[]) => void;
}

/**
 * Where a request comes from; the address is the proxy's word only where the configuration trusts the proxy.
 */
export interface Visitor {
  readonly address: string;
  readonly userAgent: string;
  readonly cookie: string;
  /** That of the page, as far as we speak it. */
  readonly language: MailLanguage;
}

/** The kind of object that a call is about, and the path parameter that names it where one does. */
export interface Resource<C extends RouteContract> {
  readonly type: string;
  readonly param?: keyof OutputOf<C['params']> & string;
  /** What the body names more closely; an entry of a refusal is about that. */
  readonly inBody?: { readonly type: string; readonly field: keyof OutputOf<C['body']> & string };
}

/** The name of the operation in the audit; reads may do without, and say why. */
export type Audit = string | { readonly none: string };

/** What a limit may count by. */
export interface Limited<C extends RouteContract, P extends Permission> {
  readonly input: Input<C>;
  readonly visitor: Visitor;
  readonly actor: ActorOf<P>;
}

/**
 * Counts the calls that were refused and no other, or of these only those that were `not_found`: what others
 * get wrong never holds up a call that is right. Only for calls whose secret nobody can guess.
 */
export type CountedRefusal = 'refused' | 'not_found';

/** How often the same subject may call: `burst` at once, then one more every `refillS` seconds. */
export interface RouteLimit<C extends RouteContract, P extends Permission = Permission> {
  readonly name: string;
  readonly burst: number;
  readonly refillS: number;
  readonly subject: (request: Limited<C, P>) => string;
  readonly counts?: CountedRefusal;
}

interface Declaration<C extends RouteContract, P extends Permission> {
  readonly permission: P;
  readonly resource: Resource<C>;
  readonly scope: RouteScope<P>;
  readonly audit: Audit;
  /** Kept in the database, so that all copies of the server count together. */
  readonly limits?: readonly RouteLimit<C, P>[];
  /** True for the few calls that a real installation answers while nobody runs it. */
  readonly isOpenBeforeBootstrap?: true;
  /** True for what is dangerous: the person must have signed in or confirmed being there lately. */
  readonly isStepUpNeeded?: true;
  readonly handler: (call: Call<C, P>) => Promise<AnswerOf<C>>;
}

/** A call whose input was checked by the schemas of its contract but has lost its type. */
export interface RawCall extends Omit<Call<RouteContract, Permission>, 'input' | 'actor' | 'file'> {
  readonly file: Uint8Array | undefined;
  readonly input: RawInput;
  readonly actor: SignedIn | Member | undefined;
}

export interface RawInput {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/** One subject of one limit, as the database counts it. */
export interface LimitedSubject {
  readonly name: string;
  readonly burst: number;
  readonly refillS: number;
  readonly subject: string;
  readonly counts?: CountedRefusal;
}

/** A route as the registry holds it, whatever its contract. */
export interface RouteDeclaration {
  readonly contract: RouteContract;
  readonly permission: Permission;
  readonly resource: {
    readonly type: string;
    readonly param?: string;
    readonly inBody?: { readonly type: string; readonly field: string };
  };
  readonly scope: RouteScope<Permission>;
  readonly audit: string | { readonly none: string };
  readonly isOpenBeforeBootstrap: boolean;
  readonly isStepUpNeeded: boolean;
  readonly subjectsOf: (request: {
    readonly input: RawInput;
    readonly visitor: Visitor;
    readonly actor: SignedIn | Member | undefined;
  }) => LimitedSubject[];
  readonly answer: (call: RawCall) => Promise<unknown>;
}

function scopesFor(permission: Permission): readonly RouteDeclaration['scope'][] {
  if (typeof permission !== 'string') return ['entity', 'owner'];
  return permission === 'public' ? ['installation'] : ['account'];
}

/**
 * Declares how the server answers one call of the contract. Without permission, resource, scope and audit it
 * does not compile, and a route that was not declared here does not start.
 */
export function defineRoute<const C extends RouteContract, const P extends Permission>(
  entry: C,
  declaration: Declaration<C, P>,
): RouteDeclaration {
  const { permission, resource, scope, audit, limits = [], handler } = declaration;
  assert(scopesFor(permission).includes(scope), `${entry.path} does not act in the scope of its permission`);
  assert(
    entry.isIdempotencyKeyNeeded === undefined || (scope !== 'account' && scope !== 'owner'),
    'stored answers belong to an Entity',
  );
  assert(
    declaration.isStepUpNeeded === undefined || permission !== 'public',
    `${entry.path} asks nobody in particular whether it is still the same person`,
  );
  return {
    contract: entry,
    permission,
    resource,
    scope,
    audit,
    isOpenBeforeBootstrap: declaration.isOpenBeforeBootstrap ?? false,
    isStepUpNeeded: declaration.isStepUpNeeded ?? false,
    subjectsOf: ({ input, visitor, actor }) =>
      limits.map(({ subject, ...limit }) => ({
        ...limit,
        subject: subject({ input: input as Input<C>, visitor, actor: actor as ActorOf<P> }),
      })),
    answer: (call) =>
      handler({
        ...call,
        input: call.input as Input<C>,
        actor: call.actor as ActorOf<P>,
        file: call.file as Call<C, P>['file'],
      }),
  };
}

/** The audit operation of the route, or undefined where it declares none. */
export function operationOf({ audit }: RouteDeclaration): string | undefined {
  return typeof audit === 'string' ? audit : undefined;
}

/** The name of an entry of the contract; a route outside the contract is named by its method and path. */
export function nameOfContract(entry: RouteContract): string {
  const known = Object.entries<RouteContract>(contract).find(([, candidate]) => candidate === entry);
  return known?.[0] ?? `${entry.method} ${entry.path}`;
}

/** Refuses to go on unless every entry of the contract is declared exactly once. */
export function assertContractIsWhole(routes: readonly RouteDeclaration[]): void {
  for (const entry of Object.values<RouteContract>(contract)) {
    const { length } = routes.filter((route) => route.contract === entry);
    assert(length === 1, `${nameOfContract(entry)} is declared ${String(length)} times`);
  }
}

/** The calls that a member with this role may make, by their names: by this the web faces show actions. */
export function callsOf(carried: CarriedRole, routes: readonly RouteDeclaration[]): string[] {
  return routes
    .filter(({ permission }) => typeof permission !== 'string' && allows(carried, permission))
    .map(({ contract: entry }) => nameOfContract(entry));
}
