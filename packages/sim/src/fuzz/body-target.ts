import { contract, deviceContract, type RouteContract } from '@claviger/protocol';
import type { Chance } from '../oracle/chance.ts';
import { hold, type Target } from './target.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

const id = '0193a6c0-1111-4000-8000-000000000001';
const email = 'anna@example.org';
const password = 'correct horse battery';
const serial = 'CLV0-1234-5678';
const code = 'K7QP-9XMV-2WTD-4RHC';
const certificateRequest = '-----BEGIN CERTIFICATE REQUEST-----';
const token = 'AAAAAAAAAAAAAAAAAAAAAA';
const bytes = (length: number): string => Buffer.alloc(length, 7).toString('base64url');
const span = { validFrom: '2026-11-25T08:00', validUntil: '2026-11-26T08:00' };

const place = { description: 'By the river', address: 'Mill Lane 1' };
const holiday = { name: 'Christmas', firstDate: '2026-12-25', lastDate: '2026-12-26', isYearly: true };
const person = { name: 'Ana', email, phone: '+49 30 1234', mobile: '0170/55 66', plates: ['B-AB 123'] };
const credential = { id: bytes(16), rawId: bytes(16), type: 'public-key' };
const made = { clientDataJSON: bytes(80), attestationObject: bytes(120), transports: ['internal'] };
const shown = { clientDataJSON: bytes(80), authenticatorData: bytes(37), signature: bytes(64) };

/** A body that each route takes, with every field that it knows. */
const trueBodies: Readonly<Record<string, Json>> = {
  bootstrap: { token, email, password },
  register: { email, password, serial, code, address: 'Elm Street 4', zone: 'Europe/Berlin' },
  signIn: { email, password },
  askForReset: { email, language: 'de' },
  resetPassword: { token, newPassword: password },
  finishSignIn: { code: '123 456' },
  finishPasskeySignIn: { passkey: { ...credential, response: shown } },
  confirmSession: { password },
  confirmSessionByPasskey: { passkey: { ...credential, response: shown } },
  changePassword: { password, newPassword: password },
  beginAuthenticator: { password },
  finishAuthenticator: { code: '123456' },
  renewRecoveryCodes: { password },
  addPasskey: { name: 'Chrome, Linux', passkey: { ...credential, response: made } },
  createEntity: { name: 'Mill', code: 'MILL_1', kind: 'community', zone: 'Europe/Berlin', ...place },
  updateEntity: { name: 'Mill', zone: 'Europe/Berlin', ...place, version: 3 },
  addHoliday: { ...holiday, hours: { from: '09:00', until: '12:00' } },
  updateHoliday: { ...holiday, version: 3 },
  addLocalAdmin: { email, language: 'en' },
  showInvitation: { token },
  acceptInvitation: { token, password },
  createUser: { ...person, welcome: { language: 'zh' } },
  updateUser: { ...person, entityIds: [id], version: 3 },
  updateOwnProfile: { name: 'Ana', phone: '+49 30 1234', mobile: '0170/55 66', version: 3 },
  welcomeUser: { language: 'en' },
  reactivateUser: { restoreKeyIds: [id] },
  deactivateUser: { reason: 'She has moved.' },
  addBuilding: { name: 'Tower' },
  updateBuilding: { name: 'Tower', version: 3 },
  addUnit: { name: 'Apartment 1', floors: [3, 4] },
  updateUnit: { name: 'Apartment 1', floors: [-1], version: 3 },
  addImportLines: { lines: [{ line: 2, building: 'Tower', unit: 'Apartment 1', floors: '3, 4' }] },
  addLock: { serial, code, name: 'Front door', location: 'Ground floor' },
  updateLock: { name: 'Front door', location: '', minimumAssurance: 'low', takesStaticQr: true, version: 3 },
  createGuestKey: { lockId: id, name: 'Ana', ...span, maxUses: 3, email, language: 'de' },
  updateKey: { ...span, maxUses: null, version: 3 },
  deleteKey: { reason: 'She has moved.' },
  sendKey: { email, language: 'zh' },
  showKeyPage: { token },
  openByKey: { token, lockId: id },
  followKeyCommand: { token, commandId: id },
  enrolmentHello: { serial: 'CLV012345678', agentVersion: '0.1.0' },
  enrolmentProof: {
    ...{ serial: 'CLV012345678', claimId: id, certificateRequest },
    ...{ identityKey: bytes(32), mac: bytes(32), signature: bytes(64) },
  },
  renewCertificate: { deviceId: id, ownershipEpoch: 1, certificateRequest, signature: bytes(64) },
};

interface Route {
  readonly name: string;
  readonly body: NonNullable<RouteContract['body']>;
  readonly taken: Json;
  /** It may come without a body, which is read as null. */
  readonly mayBeAbsent: boolean;
}

/** Every route that takes a body. One that takes none but an empty object is offered that. */
const routes: readonly Route[] = Object.entries({ ...contract, ...deviceContract } as Record<
  string,
  RouteContract
>).flatMap(([name, { body }]) =>
  body ? [{ name, body, taken: trueBodies[name] ?? {}, mayBeAbsent: body.safeParse(null).success }] : [],
);

/**
 * Texts that no field of any body may hold. Digits that end in none take a form that can be read in many ways
 * longer than anybody waits.
 */
const impossible = ['\ud800', 'x'.repeat(100_000), `${'1'.repeat(5_000)}\ud800`] as const;
/** Texts that only a password may hold: it is hashed, never stored, logged or compared. */
const hostileTexts = [
  ...impossible,
  '\u0000',
  'a\u0000b',
  '\u202eevil',
  `a${'\n'.repeat(5_000)}b`,
  '%00../../etc/passwd\u0000',
] as const;

const passwords = ['password', 'newPassword'];

/** Things of a type that no field has, but for `true`, which a switch may be, and `[]`, which a list may. */
const noList: readonly Json[] = [];
const strangers: readonly Json[] = [noList, {}, [[[]]], { $ne: null }, true, -1.5, 1e308];

function strangersTo(value: Json | undefined): readonly Json[] {
  if (typeof value === 'boolean') return strangers.filter((stranger) => stranger !== true);
  return Array.isArray(value) ? strangers.filter((stranger) => stranger !== noList) : strangers;
}

const hostileNames = [
  'isOperator',
  'role',
  'entityId',
  '__proto__',
  'constructor',
  'x'.repeat(10_000),
] as const;

function deep(levels: number): Json {
  let inner: Json = {};
  for (let level = 0; level < levels; level += 1) inner = [inner];
  return inner;
}

/** The body with one thing in it that no route may take. */
function spoilt({ taken, mayBeAbsent }: Route, chance: Chance): Json {
  const fields = typeof taken === 'object' && taken !== null ? Object.keys(taken) : [];
  const body = taken as Record<string, Json>;
  const way = fields.length === 0 ? 2 + chance.below(2) : chance.below(4);
  if (way === 0) {
    const field = chance.pick(fields);
    return { ...body, [field]: chance.pick(passwords.includes(field) ? impossible : hostileTexts) };
  }
  if (way === 1) {
    const field = chance.pick(fields);
    return { ...body, [field]: chance.pick(strangersTo(body[field])) };
  }
  if (way === 2) {
    const wholes: readonly Json[] = [true, 7, 'open', [], [body], deep(500)];
    return chance.pick(mayBeAbsent ? wholes : [null, ...wholes]);
  }
  // Written as JSON and read again: only so `__proto__` is a field like any other.
  const extra = `${JSON.stringify(chance.pick(hostileNames))}:${JSON.stringify(chance.pick(strangers))}`;
  const written = JSON.stringify(body);
  return JSON.parse(`${written.slice(0, -1)}${fields.length > 0 ? ',' : ''}${extra}}`) as Json;
}

/** Gives each route bodies with one thing in them that it must not take. */
export function openBodyTarget(chance: Chance): Target {
  return {
    offer: () => {
      const route = chance.pick(routes);
      return route.body.safeParse(spoilt(route, chance)).success;
    },
    close: () => {
      for (const { name, body, taken } of routes)
        hold(body.safeParse(taken).success, `${name} does not take a true body`);
    },
  };
}
