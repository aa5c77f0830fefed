import { z } from 'zod';
import type { Database } from '../../../platform/database/index.ts';
import { MailFault } from '../../../platform/mail/index.ts';
import { resetMailText } from './mail-text.ts';
import { makeResetLink, type ResetParts } from './service.ts';
import { findReset, noteFailure, removeReset } from './store.ts';

export const mailResetPayload = z.object({ resetId: z.uuid() }).strict();

/**
 * Mails a link to whoever asked, if the address has an Account. Tried again unless the mail server refuses it
 * for good; each try draws a link of its own, and older ones hold for their hour.
 */
export async function mailReset(
  { resetId }: z.infer<typeof mailResetPayload>,
  database: Database,
  parts: ResetParts,
): Promise<void> {
  const scope = { kind: 'installation' } as const;
  const asked = await database.transact(scope, (tx) => findReset(tx, resetId));
  const { server } = parts.mails;
  if (!asked || !server) return;
  const link = await makeResetLink(parts, asked.email);
  if (link !== undefined) {
    const host = new URL(parts.publicOrigin).host;
    const mail = resetMailText({ language: asked.language, host, link });
    try {
      await server.send({ id: resetId, to: asked.email, ...mail, attachment: undefined });
    } catch (error) {
      if (!(error instanceof MailFault)) throw error;
      await database.transact(scope, (tx) => noteFailure(tx, resetId, error.message));
      if (error.isFinal) return;
      throw error;
    }
  }
  await database.transact(scope, (tx) => removeReset(tx, resetId));
}
