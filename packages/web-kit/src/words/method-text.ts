import type { CredentialMethod, OpeningMethod } from '@claviger/domain';
import { m } from '../i18n/messages.ts';

/** What each credential is shown with, as it stands in brackets and in lists to choose from. */
export const methodWords: Readonly<Record<CredentialMethod, () => string>> = {
  pin: m.method_pin,
  qr: m.method_qr,
  pass: m.method_pass,
  card: m.method_card,
  button: m.method_button,
  finger: m.method_finger,
  app: m.method_app,
  link: m.method_link,
  keyless_go: m.method_keyless_go,
  auto_unlock: m.method_auto_unlock,
};

/** With which credential something was asked for; undefined for a command of the Portal and for an exit. */
export function credentialText(method: OpeningMethod | undefined): string | undefined {
  if (method === undefined || method === 'command' || method === 'exit') return undefined;
  return methodWords[method]();
}
