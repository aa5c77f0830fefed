import type { Instant, Proof, ProofUse } from '@claviger/domain';
import { formsOf, type MailLanguage } from '@claviger/protocol';
import { fill, mailWords, type MailWords } from '../mails/index.ts';

/** **Open** on the page itself, what the page shows, both of that together, or only more than it shows. */
export type PageUse = 'page' | 'qr' | 'qr_and_pin' | 'with_card';

/** What the mail of a Key tells. */
export interface KeyMail {
  readonly language: MailLanguage;
  readonly place: string;
  readonly lock: string;
  readonly link: string;
  /** What opens the door with the page that the link leads to. */
  readonly opens: PageUse;
  readonly from: Instant | undefined;
  readonly until: Instant | undefined;
  readonly zone: string;
  /** Whether the static picture of its QR is attached. */
  readonly hasPicture: boolean;
}

const pageWords: Readonly<Record<PageUse, keyof MailWords>> = {
  page: 'key_mail_open',
  qr: 'key_mail_qr',
  qr_and_pin: 'key_mail_qr_and_pin',
  with_card: 'key_mail_with_card',
};

/** What the mail may promise of the page, by what each proof of the Key does at its lock. */
export function pageUseOf(uses: readonly ProofUse[]): PageUse {
  const isAlone = (name: Proof): boolean =>
    uses.some(({ proof, opens }) => proof === name && opens === 'alone');
  if (isAlone('link')) return 'page';
  if (isAlone('qr')) return 'qr';
  const isWithPin = uses.some(
    (use) => use.proof === 'qr' && use.opens === 'together' && use.with.includes('pin'),
  );
  return isWithPin ? 'qr_and_pin' : 'with_card';
}

/** The mail that hands a Key on: plain text, its bounds on the wall clock of the Entity. */
export function keyMailText(mail: KeyMail): { readonly subject: string; readonly text: string } {
  const { language, place, lock, zone } = mail;
  const words = mailWords[language];
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
    `${words[pageWords[mail.opens]]}\n${mail.link}`,
    ...(valid ? [fill(words.key_mail_valid, valid)] : []),
    ...(mail.hasPicture ? [words.key_mail_picture] : []),
    words.key_mail_keep,
  ];
  return { subject: fill(words.key_mail_subject, { place }), text: `${lines.join('\n\n')}\n` };
}
