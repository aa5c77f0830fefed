import type { AddPasskeyInput, NewPasskeyQuestion, PasskeyQuestion, ShownPasskey } from '@claviger/protocol';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';

type MadePasskey = AddPasskeyInput['passkey'];

/** Whether passkeys work here: the browser knows them, and the page has a name, not a mere number. */
export function canUsePasskeys(): boolean {
  const isNumber = /^[\d.]+$|^\[/.test(location.hostname);
  return 'PublicKeyCredential' in window && !isNumber;
}

/** The browser's word for a person who closed its question, or let it time out. */
function isClosed(error: unknown): boolean {
  return error instanceof Error && ['NotAllowedError', 'AbortError'].includes(error.name);
}

async function unlessClosed<Answer>(asking: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asking;
  } catch (error) {
    if (isClosed(error)) return undefined;
    throw error;
  }
}

/** Asks for a passkey; undefined where the person gives none. */
export async function showPasskey({ options }: PasskeyQuestion): Promise<ShownPasskey | undefined> {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  const optionsJSON = options as PublicKeyCredentialRequestOptionsJSON;
  const shown = await unlessClosed(startAuthentication({ optionsJSON }));
  if (!shown) return undefined;
  const { id, rawId, type } = shown;
  const { clientDataJSON, authenticatorData, signature, userHandle } = shown.response;
  const answer = { clientDataJSON, authenticatorData, signature };
  return { id, rawId, type, response: { ...answer, ...(userHandle !== undefined && { userHandle }) } };
}

/** Makes a passkey; undefined where the person wants none after all. */
export async function makePasskey({ options }: NewPasskeyQuestion): Promise<MadePasskey | undefined> {
  const { startRegistration } = await import('@simplewebauthn/browser');
  const optionsJSON = options as PublicKeyCredentialCreationOptionsJSON;
  const made = await unlessClosed(startRegistration({ optionsJSON }));
  if (!made) return undefined;
  const { id, rawId, type } = made;
  const { clientDataJSON, attestationObject, transports = [] } = made.response;
  return { id, rawId, type, response: { clientDataJSON, attestationObject, transports } };
}
