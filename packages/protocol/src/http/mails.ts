import { z } from 'zod';
import { instant, pageOf, uuid } from './shapes.ts';

/** A mail as the outbox of a demo shows it; no other installation lets anybody read them. */
export const mail = z
  .object({
    id: uuid,
    to: z.string(),
    subject: z.string(),
    text: z.string(),
    picture: z.string().optional().meta({ description: 'The text in the QR that is attached as a picture' }),
    createdAt: instant,
    sentAt: instant.optional(),
    failure: z
      .string()
      .optional()
      .meta({ description: 'Why it was not sent, in the words of the mail server' }),
  })
  .meta({ id: 'Mail' });

export const mailPage = pageOf(mail);
export type Mail = z.infer<typeof mail>;
