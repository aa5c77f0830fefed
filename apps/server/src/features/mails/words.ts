import type { MailLanguage } from '@claviger/protocol';
import de from '../../../messages/de.json' with { type: 'json' };
import en from '../../../messages/en.json' with { type: 'json' };
import zh from '../../../messages/zh.json' with { type: 'json' };

export type MailWords = Readonly<Record<keyof typeof en, string>>;

/** The server's own message files; those of the web faces are compiled into the faces. */
export const mailWords: Readonly<Record<MailLanguage, MailWords>> = { en, de, zh };

/** A message with its placeholders filled; what people wrote is put in as it is. */
export function fill(message: string, given: Readonly<Record<string, string>>): string {
  return message.replace(/\{(\w+)\}/g, (placeholder, name: string) => given[name] ?? placeholder);
}
