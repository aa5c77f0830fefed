import type { Instant } from '@claviger/domain';
import { formsOf, type MailLanguage } from '@claviger/protocol';
import de from '../../../messages/de.json' with { type: 'json' };
import en from '../../../messages/en.json' with { type: 'json' };
import zh from '../../../messages/zh.json' with { type: 'json' };

/** What the mail of a Key tells. */
export interface KeyMail {
  readonly language: MailLanguage;
  readonly place: string;
  readonly lock: string;
  readonly link: string;
  readonly from: Instant | undefined;
  readonly until: Instant | undefined;
  readonly zone: string;
  /** Whether the static picture of its QR is attached. */
  readonly hasPicture: boolean;
}

type Words = Readonly<Record<keyof typeof en, string>>;

/** The server's own message files; those of the web faces are compiled into the faces. */
const catalogues: Readonly<Record<MailLanguage, Words>> = { en, de, zh };

/** A message with its placeholders filled; what people wrote is put in as it is. */
function fill(message: string, given: Readonly<Record<string, string>>): string {
  return message.replace(/\{(\w+)\}/g, (placeholder, name: string) => given[name] ?? placeholder);
}

/** The mail that hands a Key on: plain text, its bounds on the wall clock of the Entity. */
export function keyMailText(mail: KeyMail): { readonly subject: string; readonly text: string } {
  const { language, place, lock, zone } = mail;
  const words = catalogues[language];
  const forms = { timeZone: zone, dateStyle: 'long', timeStyle: 'short' } as const;
  const format = new Intl.DateTimeFormat(formsOf(language), forms);
  const isBounded = mail.from !== undefined && mail.until !== undefined;
  const valid = isBounded && {
    from: format.format(mail.from),
    until: format.format(mail.until),
    zone,
  };
  const lines = [
    fill(words.key_mail_given, { lock, place }),
    `${words.key_mail_open}\n${mail.link}`,
    ...(valid ? [fill(words.key_mail_valid, valid)] : []),
    ...(mail.hasPicture ? [words.key_mail_picture] : []),
    words.key_mail_keep,
  ];
  return { subject: fill(words.key_mail_subject, { place }), text: `${lines.join('\n\n')}\n` };
}
