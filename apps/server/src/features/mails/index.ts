/**
 * The outbox: a mail is written in the transaction that makes it necessary and sent by a job afterwards, so
 * none is lost and none is sent for what did not happen. Its text is sealed, because it holds what opens a
 * door, and gone when the mail server has taken it. A demo without a mail server keeps its mails and shows
 * them; a real installation without one shows them as failed.
 */
export { sendMail, sendMailPayload } from './jobs.ts';
export { mailRoutes } from './routes.ts';
export { queueMail, sendLimit, sendMailTask, type MailParts } from './service.ts';
export { fill, mailWords, type MailWords } from './words.ts';
