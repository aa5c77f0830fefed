import type { CredentialMethod } from '@claviger/domain';
import type { ActivityEvent } from '@claviger/protocol';
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

/** With what a Key was shown, as an event tells it. */
export type ShownWith = Pick<ActivityEvent, 'method' | 'isStatic' | 'second'>;

/** With which credentials something was asked for; undefined for a command of the Portal and for an exit. */
export function credentialText({ method, isStatic = false, second }: ShownWith): string | undefined {
  if (method === undefined || method === 'command' || method === 'exit') return undefined;
  const isPicture = (shown: CredentialMethod) => isStatic && (shown === 'qr' || shown === 'pass');
  const wordOf = (shown: CredentialMethod) => (isPicture(shown) ? m.method_picture() : methodWords[shown]());
  if (second === undefined) return wordOf(method);
  return m.method_two({ first: wordOf(method), second: wordOf(second) });
}
