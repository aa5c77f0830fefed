/** What the calls of one's own Account, and those of a page without a sign-in, are made with. */
import { totpAt } from '../../../apps/server/test/people/totp.ts';
import { renewalBytes } from '@claviger/protocol';
import { UnclaimedBox } from '../../../apps/server/test/test-app.ts';
import { password, type Actor } from '../world/people.ts';
import type { Ask, Asked } from './asked.ts';

interface Question {
  readonly options: { readonly challenge: string; readonly rpId: string };
}

const wrongPassword = 'another violet lantern';
const newPassword = 'quiet meadow nineteen';
const passwordOf = ({ isWrong }: Asked): string => (isWrong ? wrongPassword : password);

/** Whose things a call names when it does not name the caller's own: the Account that signs in. */
const holderOf = ({ actor, isWrong, world }: Asked): Actor => (isWrong ? world.spare : actor);

const byPassword: Ask = (asked) => ({ body: { password: passwordOf(asked) } });

/** The caller has an authenticator app from now on; gives its address. */
async function setUp({ caller }: Asked): Promise<string | undefined> {
  const begun = await caller.ask<{ uri: string }>('/api/account/authenticator', { password });
  return begun?.uri;
}

/** A step that there is not, for a wrong code. */
const codeOf = (uri: string | undefined, isWrong: boolean): string =>
  uri === undefined ? '123456' : totpAt(uri, isWrong ? 0 : Date.now());

async function finishSetUp(asked: Asked): Promise<void> {
  const code = codeOf(await setUp(asked), false);
  await asked.caller.ask('/api/account/authenticator/finish', { code });
}

/** The answer of a passkey of this holder to the question that the caller was asked. */
async function answerOf({ caller }: Asked, holder: Actor) {
  const question = await caller.ask<Question>('/api/sign-in/passkey');
  if (!question || !holder.passkey) return {};
  return { body: { passkey: holder.passkey.get(question.options) } };
}

/** The caller asks to manage some Entity, and has such a request from then on. */
async function askFirst({ caller }: Asked): Promise<void> {
  const asked = { ownerEmail: 'asked-owner@example.com', entityCode: 'NOWHERE' };
  await caller.ask('/api/access-requests/entity-management', asked);
}

export const accountAsks: Readonly<Record<string, Ask>> = {
  listSubmittedRequests: async (asked) => {
    await askFirst(asked);
    return {};
  },
  withdrawRequest: async (asked) => {
    await askFirst(asked);
    const { actor, isWrong, asAdmin } = asked;
    const found = await asAdmin<{ id: string }>(
      `select id from claviger.access_requests where (account_id = $1) is distinct from $2
        order by asked_at desc, id desc limit 1`,
      [actor.accountId ?? null, isWrong],
    );
    return { params: { requestId: found[0]?.id } };
  },
  breakGlass: async ({ asAdmin, objects, world: { actors } }) => {
    const manager = actors.find(({ role, state }) => role === 'community_manager' && state === 'live');
    const text = 'select code from claviger.entities where id = $1';
    const [entity] = await asAdmin<{ code: string }>(text, [objects.ids['entityId']]);
    return { body: { ownerEmail: manager?.email, entityCode: entity?.code } };
  },
  confirmSession: byPassword,
  confirmSessionByPasskey: (asked) => answerOf(asked, holderOf(asked)),
  endSession: (asked) => ({ params: { sessionId: holderOf(asked).otherSessionId } }),
  changePassword: (asked) => ({ body: { password: passwordOf(asked), newPassword } }),
  beginAuthenticator: byPassword,
  finishAuthenticator: async (asked) => ({ body: { code: codeOf(await setUp(asked), asked.isWrong) } }),
  renewRecoveryCodes: async (asked) => {
    await finishSetUp(asked);
    return { body: { password: passwordOf(asked) } };
  },
  removeAuthenticator: async (asked) => {
    await finishSetUp(asked);
    return {};
  },
  addPasskey: async (asked) => {
    const begun = await asked.caller.ask<Question>('/api/account/passkeys/begin');
    if (!begun || !asked.actor.passkey) return {};
    const { options } = begun;
    const question = asked.isWrong ? { ...options, challenge: 'AAAA' } : options;
    return { body: { passkey: asked.world.newPasskey().create(question) } };
  },
  removePasskey: (asked) => ({ params: { passkeyId: holderOf(asked).passkeyId } }),
};

const tokenOf =
  (which: 'keyToken' | 'invitationToken') =>
  ({ objects, isWrong }: Asked): { token?: string } =>
    isWrong ? {} : { token: objects[which] };

export const publicAsks: Readonly<Record<string, Ask>> = {
  register: ({ world: { stock }, isWrong }) => ({
    body: {
      ...{ email: 'newcomer@example.com', password: newPassword, serial: stock.serial },
      ...(!isWrong && { code: stock.pairingCode }),
    },
  }),
  signIn: (asked) => ({ body: { email: asked.world.spare.email, password: passwordOf(asked) } }),
  finishSignIn: async (asked) => {
    const { careful } = asked.world;
    await asked.caller.ask('/api/sign-in', { email: careful.email, password });
    return { body: { code: codeOf(careful.secretUri, asked.isWrong) } };
  },
  finishPasskeySignIn: async (asked) => {
    if (asked.isWrong) return {};
    return answerOf(
      { ...asked, caller: asked.caller },
      asked.actor.passkey ? asked.actor : asked.world.spare,
    );
  },
  askForReset: ({ world }) => ({ body: { email: world.spare.email } }),
  resetPassword: async ({ authentication, world, isWrong }) => {
    const made = isWrong ? undefined : await authentication.createResetToken(world.spare.email);
    return { body: { newPassword, ...(made && { token: made.token }) } };
  },
  showInvitation: (asked) => ({ body: tokenOf('invitationToken')(asked) }),
  acceptInvitation: (asked) => ({ body: { password: newPassword, ...tokenOf('invitationToken')(asked) } }),
  showKeyPage: (asked) => ({ body: tokenOf('keyToken')(asked) }),
  openByKey: (asked) => ({ body: { ...tokenOf('keyToken')(asked), lockId: asked.objects.ids['lockId'] } }),
  followKeyCommand: (asked) => ({
    body: { ...tokenOf('keyToken')(asked), commandId: asked.objects.ids['keyCommandId'] },
  }),
};

/** A proof, or what a box of another key would send for it. */
async function proofOf({ devices, objects, world, isWrong }: Asked) {
  const box = new UnclaimedBox(devices, objects.labels.claiming);
  const proof = await box.proof(await box.hello(), isWrong ? world.stock.pairingCode : undefined);
  return { body: { ...proof } };
}

async function renewalOf({ devices, objects, world, isWrong }: Asked) {
  const box = new UnclaimedBox(devices, objects.labels.claimed);
  const signer = isWrong ? new UnclaimedBox(devices, world.stock) : box;
  const deviceId = objects.ids['deviceId'] ?? '';
  const request = { deviceId, ownershipEpoch: 1, certificateRequest: await box.newRequest() };
  return { body: { ...request, signature: signer.sign(renewalBytes(request)) } };
}

export const deviceAsks: Readonly<Record<string, Ask>> = {
  enrolmentHello: ({ objects }) => ({ body: { serial: objects.labels.claiming.serial } }),
  enrolmentProof: proofOf,
  renewCertificate: renewalOf,
};
