/** What the calls of single sign-on, of addresses and of API keys are made with. */
import { randomUUID } from 'node:crypto';
import type { AccountId } from '@claviger/domain';
import { ProviderBrowser } from '../../../apps/server/test/provider/test-provider.ts';
import { signOnPage } from '../composition/composed.ts';
import type { Actor } from '../world/people.ts';
import type { Ask, Asked, Given } from './asked.ts';

/** The Account of the caller, or that of whoever is nobody's own. */
const holderOf = ({ actor, world }: Asked): Actor => (actor.accountId === undefined ? world.spare : actor);

function identityOf({ provider }: Asked, { email }: Actor) {
  return { issuer: provider.issuer, subject: email, verifiedEmail: email, authenticatedAt: undefined };
}

/** From now on the provider signs in to the Account of the caller. */
async function connect(asked: Asked): Promise<void> {
  const holder = holderOf(asked);
  await asked.authentication.connectSignOn(holder.accountId as AccountId, identityOf(asked, holder));
}

/** Begins at this address, signs in at the provider, and brings back what that says, or another state. */
async function brought(asked: Asked, beginAt: string): Promise<Given> {
  const begun = await asked.caller.ask<{ url: string }>(beginAt);
  if (!begun) return {};
  const { email } = holderOf(asked);
  asked.provider.person = { subject: email, email, isVerified: true };
  const { state = '', code, iss } = await new ProviderBrowser().walk(begun.url, signOnPage);
  return { body: { state: asked.isWrong ? `${state}x` : state, code, iss, error: undefined } };
}

async function newAddressToken({ authentication, world, isWrong }: Asked): Promise<Given> {
  const accountId = world.spare.accountId as AccountId;
  const made = isWrong ? undefined : await authentication.createAddressToken(accountId, undefined);
  return { body: { ...(made && { token: made.token }) } };
}

/** An API key of the caller, or of somebody else, in the own Entity; there it is some member's. */
async function plantApiKey({ actor, world, objects, isWrong, asAdmin }: Asked): Promise<Given> {
  const apiKeyId = randomUUID();
  await asAdmin(
    `insert into claviger.api_keys (entity_id, id, user_id, account_id, name, prefix, key_hash, permissions,
        made_at, expires_at)
      select entity_id, $1::uuid, user_id, $2::uuid, 'Test', 'clv_aaaaaaaa', sha256($1::uuid::text::bytea),
        '{see_locks}', now(), now() + interval '1 day'
      from claviger.memberships where entity_id = $3 limit 1`,
    [apiKeyId, (isWrong ? world.spare : actor).accountId, objects.ids['entityId']],
  );
  return { params: { apiKeyId } };
}

export const signOnAsks: Readonly<Record<string, Ask>> = {
  beginSignOn: ({ isWrong }) => (isWrong ? {} : { body: { invitationToken: undefined } }),
  finishSignOn: async (asked) => {
    await connect(asked);
    return brought(asked, '/api/sign-in/provider');
  },
  finishSignOnConfirmation: async (asked) => {
    if (asked.actor.accountId !== undefined) await connect(asked);
    return brought(asked, '/api/session/confirm-by-provider');
  },
  finishSignOnConnection: (asked) => brought(asked, '/api/account/provider'),
  removeSignOn: async (asked) => {
    if (!asked.isWrong && asked.actor.accountId !== undefined) await connect(asked);
    return {};
  },
  confirmAddress: newAddressToken,
  revokeApiKey: (asked) => (asked.actor.accountId === undefined ? {} : plantApiKey(asked)),
};
