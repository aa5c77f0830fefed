import type { Instant } from '@claviger/domain';
import type { MailLanguage } from '@claviger/protocol';

/** What the mail of a Key tells. */
export interface KeyMail {
  readonly language: MailLanguage;
  readonly place: string;
  readonly lock: string;
  readonly link: string;
  readonly from: Instant | undefined;
  readonly until: Instant | undefined;
  readonly zone: string;
}

interface Words {
  readonly subject: (place: string) => string;
  readonly given: (lock: string, place: string) => string;
  readonly open: string;
  readonly valid: (from: string, until: string, zone: string) => string;
  readonly keep: string;
}

const words: Readonly<Record<MailLanguage, Words>> = {
  en: {
    subject: (place) => `Your key for ${place}`,
    given: (lock, place) => `You have been given a key for “${lock}” (${place}).`,
    open: 'This page opens the door and shows what else the key can do:',
    valid: (from, until, zone) => `Valid from ${from} until ${until} (${zone}).`,
    keep: 'Whoever has this link has the key. Keep it to yourself.',
  },
  de: {
    subject: (place) => `Ihr Schlüssel für ${place}`,
    given: (lock, place) => `Sie haben einen Schlüssel für „${lock}“ (${place}) erhalten.`,
    open: 'Diese Seite öffnet die Tür und zeigt, was der Schlüssel sonst noch kann:',
    valid: (from, until, zone) => `Gültig von ${from} bis ${until} (${zone}).`,
    keep: 'Wer diesen Link hat, hat den Schlüssel. Behalten Sie ihn für sich.',
  },
  zh: {
    subject: (place) => `${place} 的钥匙`,
    given: (lock, place) => `您获得了“${lock}”（${place}）的一把钥匙。`,
    open: '在此页面可以开门，并查看这把钥匙的其他用法：',
    valid: (from, until, zone) => `有效期：${from} 至 ${until}（${zone}）。`,
    keep: '持有此链接者即持有钥匙，请勿转发给他人。',
  },
};

/** The mail that hands a Key on: plain text, its bounds on the wall clock of the Entity. */
export function keyMailText(mail: KeyMail): { readonly subject: string; readonly text: string } {
  const { subject, given, open, valid, keep } = words[mail.language];
  const format = new Intl.DateTimeFormat(mail.language, {
    timeZone: mail.zone,
    dateStyle: 'long',
    timeStyle: 'short',
  });
  const isBounded = mail.from !== undefined && mail.until !== undefined;
  const lines = [
    given(mail.lock, mail.place),
    `${open}\n${mail.link}`,
    ...(isBounded ? [valid(format.format(mail.from), format.format(mail.until), mail.zone)] : []),
    keep,
  ];
  return { subject: subject(mail.place), text: `${lines.join('\n\n')}\n` };
}
