import type { MailLanguage } from '@claviger/protocol';
import { fill, mailWords } from '../../mails/index.ts';

/** The mail with a link to a new password: plain text. */
export function resetMailText(given: {
  readonly language: MailLanguage;
  readonly host: string;
  readonly link: string;
}): { readonly subject: string; readonly text: string } {
  const words = mailWords[given.language];
  const { host, link } = given;
  const lines = [
    fill(words.reset_mail_given, { host }),
    `${words.reset_mail_link}\n${link}`,
    words.reset_mail_until,
    words.reset_mail_else,
  ];
  return { subject: fill(words.reset_mail_subject, { host }), text: `${lines.join('\n\n')}\n` };
}
