import type { Instant, RequestKind } from '@claviger/domain';
import { formsOf, type MailLanguage } from '@claviger/protocol';
import { fill, mailWords } from '../mails/index.ts';

/** The Entity that a mail is about, with the zone of its wall clock. */
interface Place {
  readonly language: MailLanguage;
  readonly place: string;
  readonly zone: string;
}

interface MailText {
  readonly subject: string;
  readonly text: string;
}

const units = [
  ['day', 1_440],
  ['hour', 60],
  ['minute', 1],
] as const;

/** A number of minutes in the largest unit that says it whole. */
function durationIn(language: MailLanguage, minutes: number): string {
  const [unit, size] = units.find(([, length]) => minutes % length === 0) ?? units[2];
  const forms = { style: 'unit', unit, unitDisplay: 'long' } as const;
  return new Intl.NumberFormat(formsOf(language), forms).format(minutes / size);
}

function instantIn({ language, zone }: Place, at: Instant): string {
  const forms = { timeZone: zone, dateStyle: 'long', timeStyle: 'short' } as const;
  return new Intl.DateTimeFormat(formsOf(language), forms).format(at);
}

function whole(lines: readonly string[]): string {
  return `${lines.join('\n\n')}\n`;
}

/** What the mail of a request tells its owner. */
export interface RequestMail extends Place {
  readonly kind: RequestKind;
  /** Of the Account that asks. */
  readonly email: string;
  readonly locks: readonly string[];
  readonly minutes: number;
  readonly reason: string;
  readonly link: string;
  readonly expiresAt: Instant;
}

/** To the owner: somebody asks for access. */
export function requestMailText(mail: RequestMail): MailText {
  const { language, place, zone, email } = mail;
  const words = mailWords[language];
  const given = mail.kind === 'installer' ? words.access_mail_installer : words.access_mail_manager;
  const until = instantIn(mail, mail.expiresAt);
  return {
    subject: fill(words.access_mail_request_subject, { place }),
    text: whole([
      fill(given, { email, place, locks: mail.locks.join(', ') }),
      fill(words.access_mail_duration, { duration: durationIn(language, mail.minutes) }),
      ...(mail.reason === '' ? [] : [fill(words.access_mail_reason, { reason: mail.reason })]),
      `${words.access_mail_decide}\n${mail.link}`,
      fill(words.access_mail_expires, { until, zone }),
    ]),
  };
}

/** To every Community Manager: the operator has taken access. */
export function brokenGlassMailText(
  mail: Place & {
    readonly email: string;
    readonly reason: string;
    readonly until: Instant;
    readonly link: string;
  },
): MailText {
  const { language, place, zone, email, reason, link } = mail;
  const words = mailWords[language];
  return {
    subject: fill(words.access_mail_glass_subject, { place }),
    text: whole([
      fill(words.access_mail_glass, { email, place, zone, until: instantIn(mail, mail.until) }),
      fill(words.access_mail_reason, { reason }),
      `${words.access_mail_glass_end}\n${link}`,
    ]),
  };
}

/** To whoever asked: the Mandate, and until when. */
export function approvedMailText(mail: Place & { readonly until: Instant; readonly link: string }): MailText {
  const { language, place, zone } = mail;
  const words = mailWords[language];
  return {
    subject: fill(words.access_mail_approved_subject, { place }),
    text: whole([
      fill(words.access_mail_approved, { place, zone, until: instantIn(mail, mail.until) }),
      words.access_mail_approved_keys,
      `${words.access_mail_open}\n${mail.link}`,
    ]),
  };
}

/** To whoever asked: no. */
export function rejectedMailText({ language, place }: Place): MailText {
  const words = mailWords[language];
  return {
    subject: fill(words.access_mail_rejected_subject, { place }),
    text: whole([fill(words.access_mail_rejected, { place })]),
  };
}

/** To whoever had a Mandate: it was ended before its time. */
export function endedMailText({ language, place }: Place): MailText {
  const words = mailWords[language];
  return {
    subject: fill(words.access_mail_ended_subject, { place }),
    text: whole([fill(words.access_mail_ended, { place })]),
  };
}
