import { parseSerial } from '@claviger/domain';
import { contract, Refusal, type Lock } from '@claviger/protocol';
import {
  addressSubject,
  defineRoute,
  installersMandate,
  type RouteDeclaration,
} from '../../platform/http/index.ts';
import { addLocks, changeLocks, openLocks, seeLocks } from './permissions.ts';
import { addLock, changeLock, getCommand, getLock, retryClaim, sendOpen, type LockParts } from './service.ts';
import { listLocks } from './store.ts';

export type { LockParts } from './service.ts';

const lock = { type: 'lock', param: 'lockId' } as const;
const read = { none: 'reading changes nothing' } as const;

/** What the Audit keeps of a lock that was edited. */
function audited({ name, location, minimumAssurance, takesStaticQr, takesCardNumbers }: Lock) {
  return { name, location, minimumAssurance, takesStaticQr, takesCardNumbers };
}

function reading({ now }: LockParts): RouteDeclaration[] {
  return [
    defineRoute(contract.listLocks, {
      permission: seeLocks,
      resource: { type: 'entity', param: 'entityId' },
      scope: 'entity',
      audit: read,
      handler: ({ actor, transact }) =>
        transact(async (tx) => {
          const wanted = { now: now(), mandateId: installersMandate(actor) };
          return { items: await listLocks(tx, actor.entityId, wanted) };
        }),
    }),
    defineRoute(contract.getLock, {
      permission: seeLocks,
      resource: lock,
      scope: 'entity',
      audit: read,
      handler: ({ actor, input, transact }) =>
        transact((tx) => getLock(tx, { entityId: actor.entityId, lockId: input.params.lockId }, now())),
    }),
    defineRoute(contract.getCommand, {
      permission: openLocks,
      resource: { type: 'command', param: 'commandId' },
      scope: 'entity',
      audit: read,
      handler: ({ actor, input, transact }) =>
        transact((tx) => getCommand(tx, actor.entityId, input.params.commandId)),
    }),
  ];
}

function changing(parts: LockParts): RouteDeclaration[] {
  return [
    defineRoute(contract.updateLock, {
      permission: changeLocks,
      resource: lock,
      scope: 'entity',
      audit: 'lock.update',
      handler: ({ actor, input, transact, note }) =>
        transact(async (tx) => {
          const place = { entityId: actor.entityId, lockId: input.params.lockId };
          const { before, after } = await changeLock(tx, { ...input.body, ...place }, parts.now());
          note({ before: audited(before), after: audited(after) });
          return after;
        }),
    }),
    defineRoute(contract.claimLock, {
      permission: changeLocks,
      resource: lock,
      scope: 'entity',
      audit: 'lock.claim_again',
      handler: ({ actor, input, transact }) =>
        transact((tx) => retryClaim(tx, { entityId: actor.entityId, lockId: input.params.lockId }, parts)),
    }),
    defineRoute(contract.openLock, {
      permission: openLocks,
      resource: lock,
      scope: 'entity',
      audit: 'lock.open',
      handler: async ({ actor, input, transact, note }) => {
        const wanted = { entityId: actor.entityId, lockId: input.params.lockId, requestedBy: actor.userId };
        let send = (): Promise<void> => Promise.resolve();
        const command = await transact(async (tx) => {
          const sent = await sendOpen(tx, wanted, parts);
          note({ after: { commandId: sent.command.id } });
          ({ send } = sent);
          return sent.command;
        });
        await send();
        return command;
      },
    }),
  ];
}

/**
 * One answer for every way in which a claim can fail; tries are counted by Account, each label for itself,
 * and by address. Who has no Account takes nothing from these (decision record 0024).
 */
const addLimits = [
  { name: 'claim-serial', burst: 5, refillS: 720, subject: labelOf },
  { name: 'claim-address', burst: 30, refillS: 120, subject: addressOf },
  { name: 'claim-account', burst: 10, refillS: 8_640, subject: accountOf },
] as const;

function labelOf({
  input,
  actor,
}: {
  readonly input: { readonly body: { readonly serial: string } };
  readonly actor: { readonly accountId: string };
}): string {
  return `${parseSerial(input.body.serial) ?? input.body.serial} ${actor.accountId}`;
}

function accountOf({ actor }: { readonly actor: { readonly accountId: string } }): string {
  return actor.accountId;
}

function addressOf({ visitor }: { readonly visitor: { readonly address: string } }): string {
  return addressSubject(visitor.address);
}

/**
 * Add Lock: finds the device in the scope of the installation, then adds the lock in the scope of the
 * Entity.
 */
function adding(parts: LockParts): RouteDeclaration {
  return defineRoute(contract.addLock, {
    permission: addLocks,
    resource: { type: 'entity', param: 'entityId' },
    scope: 'entity',
    audit: 'lock.add',
    limits: addLimits,
    handler: async ({ actor, input, transact, note }) => {
      const device = await parts.findClaimable(input.body);
      if ('fault' in device) throw new Refusal('claim_failed', { cause: device.fault });
      return transact(async (tx) => {
        const { entityId } = actor;
        const { name, location } = input.body;
        const lockId = await addLock(tx, { entityId, device, name, location }, parts.claims);
        const added = await getLock(tx, { entityId, lockId }, parts.now());
        const { serial } = device;
        const after = { serial, name: added.name, location: added.location };
        note({ objectType: 'lock', objectId: lockId, after });
        return added;
      });
    },
  });
}

export function lockRoutes(parts: LockParts): RouteDeclaration[] {
  return [...reading(parts), ...changing(parts), adding(parts)];
}
