import type { MailLanguage } from '@claviger/protocol';
import { fill, mailWords, type MailWords } from '../../mails/index.ts';
import type { AccountMailKind, NoticeKind } from './kinds.ts';

export interface MailText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const noticeWords: Readonly<Record<NoticeKind, keyof MailWords>> = {
  passkey_added: 'notice_mail_passkey_added',
  passkey_removed: 'notice_mail_passkey_removed',
  authenticator_on: 'notice_mail_authenticator_on',
  authenticator_off: 'notice_mail_authenticator_off',
  recovery_codes_renewed: 'notice_mail_recovery_codes_renewed',
  recovery_code_used: 'notice_mail_recovery_code_used',
  password_changed: 'notice_mail_password_changed',
  password_reset: 'notice_mail_password_reset',
  address_changed: 'notice_mail_address_changed',
  sign_on_connected: 'notice_mail_sign_on_connected',
  sign_on_removed: 'notice_mail_sign_on_removed',
  api_key_made: 'notice_mail_api_key_made',
};

/** What was added is there after a new password, too. */
const remaining: ReadonlySet<NoticeKind> = new Set(['passkey_added', 'sign_on_connected', 'api_key_made']);

/** A paragraph, or a link with what it is for. */
type Part = string | { readonly before: string; readonly address: string };

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

function htmlOf(part: Part): string {
  if (typeof part === 'string') return `<p>${escaped(part)}</p>`;
  const address = escaped(part.address);
  return `<p>${escaped(part.before)}<br><a href="${address}">${address}</a></p>`;
}

const style = 'font-family:system-ui,sans-serif;font-size:16px;line-height:1.5;max-width:36em';

/** The same words twice: plain, and as HTML without pictures or scripts. */
function written(language: MailLanguage, subject: string, parts: readonly Part[]): MailText {
  const lines = parts.map((part) => (typeof part === 'string' ? part : `${part.before}\n${part.address}`));
  const body = parts.map(htmlOf).join('\n');
  return {
    subject,
    text: `${lines.join('\n\n')}\n`,
    html: `<!doctype html>\n<html lang="${language}"><body style="${style}">\n${body}\n</body></html>\n`,
  };
}

interface Given {
  readonly language: MailLanguage;
  readonly publicOrigin: string;
  readonly detail: string | null;
  readonly askedAt: number;
}

/** The mail of a notice. */
export function noticeText(kind: NoticeKind, { language, publicOrigin, detail, askedAt }: Given): MailText {
  const words = mailWords[language];
  const host = new URL(publicOrigin).host;
  const at = mailInstant(askedAt);
  return written(language, fill(words.notice_mail_subject, { host }), [
    fill(words[noticeWords[kind]], { host, name: detail ?? '' }),
    fill(words.notice_mail_when, { at }),
    words.notice_mail_fine,
    { before: words.notice_mail_else, address: `${publicOrigin}/forgotten-password` },
    ...(remaining.has(kind) ? [words.notice_mail_remains] : []),
  ]);
}

/** To the second and in UTC: an Account has no time zone. */
function mailInstant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** The mail with the link that an address has to prove itself by. */
export function verificationText(given: {
  readonly language: MailLanguage;
  readonly host: string;
  readonly link: string;
}): MailText {
  const words = mailWords[given.language];
  const { host, link } = given;
  return written(given.language, fill(words.verify_mail_subject, { host }), [
    fill(words.verify_mail_given, { host }),
    { before: words.verify_mail_link, address: link },
    words.verify_mail_until,
    words.verify_mail_else,
  ]);
}

export function isNotice(kind: AccountMailKind): kind is NoticeKind {
  return kind !== 'verify_address';
}
