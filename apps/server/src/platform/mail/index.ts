/**
 * The way of mails out of the house: one SMTP server that the configuration names. What is sent, when, and
 * what becomes of a mail that could not be sent is the affair of the outbox (`features/mails`).
 */
import { createTransport } from 'nodemailer';
import { isLoopback } from '../config.ts';
import type { Secret } from '../secrets/index.ts';

export interface OutgoingMail {
  /** Names the mail; one that is sent twice is recognised by it. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The same as HTML, for who likes that better. */
  readonly html?: string | undefined;
  readonly attachment?: MailAttachment | undefined;
}

export interface MailAttachment {
  readonly name: string;
  readonly contentType: string;
  readonly content: Uint8Array;
}

/** Takes one mail, or throws a MailFault. */
export interface MailServer {
  readonly send: (mail: OutgoingMail) => Promise<void>;
}

/** The mail server did not take a mail: in its words, and whether it may take it later. */
export class MailFault extends Error {
  override readonly name = 'MailFault';
  readonly isFinal: boolean;

  constructor(message: string, isFinal: boolean) {
    super(message);
    this.isFinal = isFinal;
  }
}

const connectionTimeoutMs = 10_000;
const silenceTimeoutMs = 20_000;
const faultLengthLimit = 300;

/** SMTP: 5xx is an answer for good, 4xx and silence are not. */
const firstFinalReply = 500;

function faultOf(error: unknown): MailFault {
  const said = error instanceof Error ? error.message : String(error);
  const words = said.replaceAll(/\s+/g, ' ').trim().slice(0, faultLengthLimit);
  const code: unknown = error instanceof Error && 'responseCode' in error ? error.responseCode : undefined;
  return new MailFault(words, typeof code === 'number' && code >= firstFinalReply);
}

function attached({ name, contentType, content }: MailAttachment) {
  return { filename: name, contentType, content: Buffer.from(content) };
}

/**
 * The mail server at this URL (`smtp://user:password@host:587`, `smtps://...`). Beyond this machine it is
 * spoken to with TLS or not at all.
 */
export function smtpServer({ url, from }: { readonly url: Secret; readonly from: string }): MailServer {
  const address = url.revealText();
  const { hostname } = new URL(address);
  const transport = createTransport({
    url: address,
    requireTLS: !isLoopback(hostname.replace(/^\[|\]$/g, '')),
    connectionTimeout: connectionTimeoutMs,
    greetingTimeout: connectionTimeoutMs,
    socketTimeout: silenceTimeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.slice(from.lastIndexOf('@') + 1);
  return {
    send: async ({ id, to, subject, text, html, attachment }) => {
      const attachments = attachment ? [attached(attachment)] : [];
      const messageId = `<${id}@${domain}>`;
      const content = { subject, text, ...(html !== undefined && { html }), attachments };
      try {
        await transport.sendMail({ messageId, from, to, ...content });
      } catch (error) {
        throw faultOf(error);
      }
    },
  };
}
