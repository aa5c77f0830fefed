/** One cell: the call is made, what it answered and changed is looked at, and everything is taken back. */
import { randomUUID } from 'node:crypto';
import { trueBodies } from '@claviger/sim/true-bodies';
import { accountAsks, deviceAsks, publicAsks } from './asks/account-asks.ts';
import type { Asked, Given } from './asks/asked.ts';
import { Caller, type Answered } from './asks/caller.ts';
import { entityAsks } from './asks/entity-asks.ts';
import { signOnAsks } from './asks/sign-on-asks.ts';
import type { Cell } from './cells.ts';
import { changesSince, rowsNow, type ChangedRow, type Rows } from './changes.ts';
import type { Composed } from './composition/composed.ts';
import type { UndoneDatabase } from './composition/undone-database.ts';
import type { World } from './world/world.ts';

/** Where cells run: the server over a database, the world in it, and every row of that world. */
export interface Stage {
  readonly undone: UndoneDatabase;
  readonly composed: Composed;
  readonly world: World;
  readonly base: Rows;
}

export interface Outcome extends Answered {
  readonly changes: readonly ChangedRow[];
}

const asks = { ...signOnAsks, ...entityAsks, ...accountAsks, ...publicAsks, ...deviceAsks };
/** What the allowance of one address and of one Account gets back: more than the calls of one cell. */
const betweenCellsMs = 400;

function askedOf({ actor, place, objects, isWrong, route }: Cell, { composed, world, undone }: Stage): Asked {
  const { app, clock } = composed;
  return {
    ...{ actor, isWrong, world, now: clock.now(), devices: app.devices },
    caller: new Caller(route.isOfDevices ? app.devices : app.portal, actor.cookie),
    place: world.places[place],
    objects: world.places[objects],
    authentication: composed.authentication,
    provider: composed.provider,
    asAdmin: (text, values) => undone.tenants.asAdmin(text, values),
  };
}

function pathOf(
  { route: { declaration } }: Cell,
  { place, objects }: Asked,
  { params, query }: Given,
): string {
  const path = declaration.contract.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent((name === 'entityId' ? place.ids[name] : (params?.[name] ?? objects.ids[name])) ?? ''),
  );
  return query ? `${path}?${new URLSearchParams(query).toString()}` : path;
}

function call(cell: Cell, asked: Asked, given: Given): Promise<Answered> {
  const { contract } = cell.route.declaration;
  const body = { ...(trueBodies[cell.route.name] as object | undefined), ...given.body };
  const isStream = cell.route.name === 'followEntity';
  return asked.caller.send({
    ...(isStream && { payloadAsStream: true }),
    method: contract.method,
    url: pathOf(cell, asked, given),
    ...(contract.body && { payload: body }),
    ...(given.file && { payload: given.file.content }),
    headers: {
      ...(given.file && { 'content-type': given.file.type }),
      ...(contract.isIdempotencyKeyNeeded && { 'idempotency-key': randomUUID() }),
    },
  });
}

/** Something was asked or planted before the call; what that changed is not the call's. */
function isPrepared({ route: { name, kind }, actor }: Cell): boolean {
  const isPlanted = kind !== 'entity' || name === 'deleteEntity' || name.includes('Audit');
  return isPlanted || actor.mandateId !== undefined;
}

/** An installer has Keys of the own Entity where they were made under the own Mandate. */
async function makeUnderMandate({ actor, objects, asAdmin }: Asked): Promise<void> {
  if (actor.mandateId === undefined || objects.name !== 'own') return;
  const text = 'update claviger.keys set mandate_id = $1, wanted_until = valid_until where id = $2';
  await asAdmin(text, [actor.mandateId, objects.ids['keyId']]);
}

/** Runs it; nothing of it stays. */
export async function runCell(cell: Cell, stage: Stage): Promise<Outcome> {
  const { undone, composed, base } = stage;
  composed.clock.advance(betweenCellsMs);
  composed.switches.isUnseen = cell.actor.state === 'unseen';
  await undone.begin();
  try {
    const asked = askedOf(cell, stage);
    const ask = asks[cell.route.name];
    await makeUnderMandate(asked);
    const given = (await ask?.(asked)) ?? {};
    const isAsked = ask !== undefined || asked.actor.mandateId !== undefined;
    const before = isAsked && isPrepared(cell) ? await rowsNow(undone, base) : base;
    const answered = await call(cell, asked, given);
    await composed.app.settle();
    return { ...answered, changes: await changesSince(undone, before) };
  } finally {
    await undone.undo();
  }
}
