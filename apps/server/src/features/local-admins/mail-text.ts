import type { Instant } from '@claviger/domain';
import { formsOf, type MailLanguage } from '@claviger/protocol';
import { fill, mailWords } from '../mails/index.ts';
import type { InvitedRole } from './store.ts';

/** What the mail of an invitation tells. */
export interface InvitationMail {
  readonly language: MailLanguage;
  /** Of the Entity. */
  readonly place: string;
  readonly zone: string;
  /** Who invites. */
  readonly name: string;
  readonly link: string;
  readonly until: Instant;
  readonly role: InvitedRole;
}

/** The mail that invites somebody: plain text, its end on the wall clock of the Entity. */
export function invitationMailText(mail: InvitationMail): {
  readonly subject: string;
  readonly text: string;
} {
  const { language, place, zone, name, link, role } = mail;
  const words = mailWords[language];
  const given = role === 'resident' ? words.welcome_mail_given : words.invitation_mail_given;
  const forms = { timeZone: zone, dateStyle: 'long', timeStyle: 'short' } as const;
  const until = new Intl.DateTimeFormat(formsOf(language), forms).format(mail.until);
  const lines = [
    fill(given, { name, place }),
    `${words.invitation_mail_link}\n${link}`,
    fill(words.invitation_mail_until, { until, zone }),
    words.invitation_mail_else,
  ];
  return { subject: fill(words.invitation_mail_subject, { place }), text: `${lines.join('\n\n')}\n` };
}
