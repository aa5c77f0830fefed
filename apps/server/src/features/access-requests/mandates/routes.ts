import { contract } from '@claviger/protocol';
import { defineRoute, type RouteDeclaration } from '../../../platform/http/index.ts';
import { tellLive } from '../../../platform/live/index.ts';
import { adoptKey, drawPinFor, getKey, listMandatedKeys, withPin } from '../../keys/index.ts';
import type { RequestParts } from '../parts.ts';
import { decideRequests } from '../permissions.ts';
import { endMandate } from './ending.ts';
import { getMandate } from './shown.ts';

const ofMandate = { type: 'mandate', param: 'mandateId' } as const;

function ofKeys(parts: RequestParts): RouteDeclaration[] {
  return [
    defineRoute(contract.listMandatedKeys, {
      permission: decideRequests,
      resource: ofMandate,
      scope: 'entity',
      audit: { none: 'reading changes nothing' },
      handler: ({ actor: { entityId }, input, transact }) =>
        transact(async (tx) => {
          const place = { entityId, mandateId: input.params.mandateId };
          await getMandate(tx, place);
          return { items: await listMandatedKeys(tx, place) };
        }),
    }),
    defineRoute(contract.adoptKey, {
      permission: decideRequests,
      resource: { type: 'key', param: 'keyId' },
      scope: 'entity',
      audit: 'mandate.adopt_key',
      handler: async ({ actor: { entityId }, input, transact, note }) => {
        const { keyId, mandateId } = input.params;
        const place = { entityId, keyId };
        const tries = { count: 0 };
        // Only a Key that comes back where its PIN has no room any more needs another one.
        const draw = async () => {
          tries.count += 1;
          if (tries.count === 1) return undefined;
          const key = await parts.database.transact({ kind: 'entity', entityId }, (tx) =>
            getKey(tx, place, parts.keys),
          );
          return drawPinFor({ entityId, lockId: key.bindings[0]?.lockId ?? '' }, parts.keys);
        };
        await withPin(draw, (pin) =>
          transact(async (tx) => {
            const { before, after } = await adoptKey(tx, { ...place, mandateId, pin }, parts.keys);
            const told = ({ status, validUntil }: typeof after) => ({ status, validUntil });
            note({ before: { ...told(before), mandateId }, after: told(after) });
            for (const { lockId } of after.bindings) {
              await tellLive(tx, entityId, { topic: 'lock', id: lockId });
            }
          }),
        );
        return undefined;
      },
    }),
  ];
}

/** What the managers of an Entity do with its Mandates. */
export function mandateRoutes(parts: RequestParts): RouteDeclaration[] {
  return [
    defineRoute(contract.endMandate, {
      permission: decideRequests,
      resource: ofMandate,
      scope: 'entity',
      audit: 'mandate.end',
      handler: async ({ actor, input, transact, note }) => {
        await transact(async (tx) => {
          const { mandateId } = input.params;
          note({ after: await endMandate(tx, actor, { mandateId, parts }) });
        });
        return undefined;
      },
    }),
    ...ofKeys(parts),
  ];
}
