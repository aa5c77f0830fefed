import assert from 'node:assert/strict';
import { contract, Refusal, type Key } from '@claviger/protocol';
import { tellLive } from '../../platform/live/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import {
  defineRoute,
  installersMandate,
  isWithinMandate,
  type Member,
  type RouteDeclaration,
} from '../../platform/http/index.ts';
import type { MailParts } from '../mails/index.ts';
import { changeKeys, seeKeys } from './permissions.ts';
import { mailKey } from './send.ts';
import type { KeyParts } from './parts.ts';
import { drawPinFor, withPin } from './pins/keeping.ts';
import { changeGuestKey, endGuestKey, makeGuestKey } from './service.ts';
import { giveHolder } from './holders/holders.ts';
import type { MakingMandate } from './mandated/bounds.ts';
import { revealSecrets, sharePicture } from './sharing/sharing.ts';
import { getKey, listPage } from './shown/shown.ts';

export interface KeyRouteParts extends KeyParts {
  readonly mails: MailParts;
}

const entity = { type: 'entity', param: 'entityId' } as const;
const ofKey = { type: 'key', param: 'keyId' } as const;
const read = { none: 'reading changes nothing' } as const;

/** What the Audit keeps of a Key: never a secret. */
function audited({ type, status, holder, email, validFrom, validUntil, maxUses, ...key }: Key) {
  const locks = key.bindings.map(({ lockId }) => lockId);
  const shared = { pictureSharedAt: key.picture?.sharedAt, cardGivenAt: key.card?.givenAt };
  return { type, status, holder, email, validFrom, validUntil, maxUses, ...shared, locks };
}

/** The fields of a Key that tell of its holder, whose key in the Audit is that of the Key. */
function ofHolder(keyId: string) {
  return { subjectId: keyId, fields: ['holder', 'email', 'to'] } as const;
}

/** Tells those who look at the locks of this Key that it changed. */
async function tellOf(tx: Transaction, entityId: string, { bindings }: Key): Promise<void> {
  for (const { lockId } of bindings) await tellLive(tx, entityId, { topic: 'lock', id: lockId });
}

function reading(parts: KeyRouteParts): RouteDeclaration[] {
  return [
    defineRoute(contract.listKeys, {
      permission: seeKeys,
      resource: entity,
      scope: 'entity',
      audit: read,
      handler: ({ actor, input, transact }) =>
        transact((tx) =>
          listPage(tx, actor.entityId, { ...input.query, ...parts, mandateId: installersMandate(actor) }),
        ),
    }),
    defineRoute(contract.getKey, {
      permission: seeKeys,
      resource: ofKey,
      scope: 'entity',
      audit: read,
      handler: ({ actor, input, transact }) =>
        transact((tx) => getKey(tx, { entityId: actor.entityId, keyId: input.params.keyId }, parts)),
    }),
  ];
}

/** On whose behalf the actor makes a Key. */
function mandateOf({ mandateId, roleUntil }: Member): MakingMandate | undefined {
  if (mandateId === undefined) return undefined;
  assert(roleUntil !== undefined, 'a role that a Mandate gave ends with it');
  return { id: mandateId, until: roleUntil };
}

/** An installer makes Keys at the locks of the Mandate alone; the others do not exist. Refuses not_found. */
async function assertMandated(tx: Transaction, actor: Member, lockId: string): Promise<void> {
  const mandateId = installersMandate(actor);
  if (mandateId === undefined) return;
  const place = { entityId: actor.entityId, mandateId };
  const isThere = await isWithinMandate(tx, place, { type: 'lock', id: lockId });
  if (!isThere) throw new Refusal('not_found');
}

function making(parts: KeyRouteParts): RouteDeclaration {
  return defineRoute(contract.createGuestKey, {
    permission: changeKeys,
    resource: { ...entity, inBody: { type: 'lock', field: 'lockId' } },
    scope: 'entity',
    audit: 'key.create',
    handler: ({ actor, input, transact, note }) => {
      const { entityId } = actor;
      const { language, ...wanted } = input.body;
      const draw = () => drawPinFor({ entityId, lockId: wanted.lockId }, parts);
      return withPin(draw, (pin) =>
        transact(async (tx) => {
          await assertMandated(tx, actor, wanted.lockId);
          const making = { ...wanted, entityId, madeBy: actor.userId, mandate: mandateOf(actor), pin };
          const made = await makeGuestKey(tx, making, parts);
          const { key, secrets } = made;
          note({ objectType: 'key', objectId: key.id, after: audited(key), personal: ofHolder(key.id) });
          await tellOf(tx, entityId, key);
          if (wanted.email === undefined) return { key, secrets };
          const mail = { entityId, key, secrets, to: wanted.email, language };
          await mailKey(tx, { ...mail, withPicture: wanted.withPicture }, parts.mails);
          return { key: await getKey(tx, { entityId, keyId: key.id }, parts), secrets };
        }),
      );
    },
  });
}

function updating(parts: KeyRouteParts): RouteDeclaration {
  return defineRoute(contract.updateKey, {
    permission: changeKeys,
    resource: ofKey,
    scope: 'entity',
    audit: 'key.update',
    handler: ({ actor, input, transact, note }) => {
      const { entityId } = actor;
      const { keyId } = input.params;
      const tries = { count: 0 };
      // Only a Key that comes back where its PIN has no room any more needs another one.
      const draw = async () => {
        tries.count += 1;
        if (tries.count === 1) return undefined;
        const key = await parts.database.transact({ kind: 'entity', entityId }, (tx) =>
          getKey(tx, { entityId, keyId }, parts),
        );
        return drawPinFor({ entityId, lockId: key.bindings[0]?.lockId ?? '' }, parts);
      };
      return withPin(draw, (pin) =>
        transact(async (tx) => {
          const change = { ...input.body, entityId, keyId, pin };
          const { before, after } = await changeGuestKey(tx, change, parts);
          note({ before: audited(before), after: audited(after), personal: ofHolder(after.id) });
          await tellOf(tx, entityId, after);
          return after;
        }),
      );
    },
  });
}

function ending(parts: KeyRouteParts): RouteDeclaration {
  return defineRoute(contract.deleteKey, {
    permission: changeKeys,
    resource: ofKey,
    scope: 'entity',
    audit: 'key.delete',
    handler: ({ actor, input, transact, note }) => {
      const { reason } = input.body ?? {};
      return transact(async (tx) => {
        const place = { entityId: actor.entityId, keyId: input.params.keyId };
        const { before, after } = await endGuestKey(tx, place, parts);
        const told = { before: audited(before), after: audited(after), personal: ofHolder(after.id) };
        // It may name the holder, and is sealed with what else tells of that one.
        note({ ...told, ...(reason !== undefined && { reason }) });
        await tellOf(tx, actor.entityId, after);
        return after;
      });
    },
  });
}

/** A mail costs its receiver attention: so many at once to one Key, then one every ten minutes. */
const sendLimits = [
  {
    name: 'key-mail',
    burst: 10,
    refillS: 600,
    subject: ({ input }: { readonly input: { readonly params: { readonly keyId: string } } }) =>
      input.params.keyId,
  },
] as const;

function handingOn(parts: KeyRouteParts): RouteDeclaration[] {
  return [
    defineRoute(contract.showKeySecrets, {
      permission: changeKeys,
      resource: ofKey,
      scope: 'entity',
      audit: 'key.show_secrets',
      isStepUpNeeded: true,
      handler: ({ actor, input, transact }) =>
        transact((tx) => revealSecrets(tx, { entityId: actor.entityId, keyId: input.params.keyId }, parts)),
    }),
    defineRoute(contract.shareKeyPicture, {
      permission: changeKeys,
      resource: ofKey,
      scope: 'entity',
      audit: 'key.share_picture',
      isStepUpNeeded: true,
      handler: ({ actor, input, transact, note }) =>
        transact(async (tx) => {
          const place = { entityId: actor.entityId, keyId: input.params.keyId };
          const { before, after, secrets } = await sharePicture(tx, place, parts);
          note({ before: audited(before), after: audited(after), personal: ofHolder(after.id) });
          await tellOf(tx, actor.entityId, after);
          return { key: after, secrets };
        }),
    }),
    defineRoute(contract.sendKey, {
      permission: changeKeys,
      resource: ofKey,
      scope: 'entity',
      audit: 'key.send',
      isStepUpNeeded: true,
      limits: sendLimits,
      handler: ({ actor, input, transact, note }) =>
        transact(async (tx) => {
          const place = { entityId: actor.entityId, keyId: input.params.keyId };
          const { email: to, ...asked } = input.body;
          await giveHolder(tx, place, { email: to, at: parts.now() });
          const secrets = await revealSecrets(tx, place, parts);
          const key = await getKey(tx, place, parts);
          note({ after: { to, withPicture: asked.withPicture }, personal: ofHolder(key.id) });
          return mailKey(tx, { entityId: actor.entityId, key, secrets, to, ...asked }, parts.mails);
        }),
    }),
  ];
}

/** The routes of Keys, but for Why?. */
export function keyRoutes(parts: KeyRouteParts): RouteDeclaration[] {
  return [...reading(parts), making(parts), updating(parts), ending(parts), ...handingOn(parts)];
}
