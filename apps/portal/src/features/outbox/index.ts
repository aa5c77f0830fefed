/**
 * Outbox, in a demo alone: the mails of the Entity that a real installation would have sent, newest first,
 * with the links that their recipients would follow.
 */
export { outboxRoutes } from './routes.tsx';
