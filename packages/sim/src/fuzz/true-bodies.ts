/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

const id = '0193a6c0-1111-4000-8000-000000000001';
const email = 'anna@example.org';
const password = 'correct horse battery';
const serial = 'C1V0-1234-5674';
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
const brought = {
  state: 'sign_in.AAAA',
  code: 'AAAA',
  iss: 'https://id.example.org',
  error: 'access_denied',
};
const shown = { clientDataJSON: bytes(80), authenticatorData: bytes(37), signature: bytes(64) };

/**
 * A body that each route takes, with every field that it knows, by the name of the route. Identifiers, tokens
 * and addresses in it belong to nobody.
 */
export const trueBodies: Readonly<Record<string, Json>> = {
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
  beginSignOn: { invitationToken: token },
  finishSignOn: brought,
  finishSignOnConfirmation: brought,
  finishSignOnConnection: brought,
  makeApiKey: { name: 'Wall clock', permissions: ['see_locks'], validForDays: 30 },
  askForAddress: { email },
  confirmAddress: { token },
  beginAuthenticator: { password },
  finishAuthenticator: { code: '123456' },
  renewRecoveryCodes: { password },
  addPasskey: { name: 'Chrome, Linux', passkey: { ...credential, response: made } },
  createEntity: { name: 'Mill', code: 'MILL_1', kind: 'community', zone: 'Europe/Berlin', ...place },
  updateEntity: { name: 'Mill', zone: 'Europe/Berlin', ...place, version: 3 },
  requestInstallerAccess: {
    ...{ ownerEmail: email, serialNumbers: [serial], durationMinutes: 480 },
    ...{ reason: 'A new reader', language: 'de' },
  },
  breakGlass: { ownerEmail: email, entityCode: 'MILL_1', reason: 'Support', language: 'de' },
  requestEntityManagement: { ownerEmail: email, entityCode: 'MILL_1', language: 'de' },
  approveRequest: { durationMinutes: 60 },
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
  addSavedView: { list: 'keys', name: 'Ends soon', filters: 'status=active' },
  renameSavedView: { name: 'Ended', version: 3 },
  addUserImportLines: {
    lines: [{ line: 2, name: 'Ana', email, phone: '030 1234', plates: 'B-AN 1', entity: '', welcome: 'no' }],
  },
  applyUserImport: { language: 'de' },
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
