/**
 * Devices → Locks: the locks of an Entity with their status and what their doors last reported; add, claim,
 * rename and place one, and open it by command. Opening is never anticipated: the ladder shows what the door
 * has confirmed.
 */
export { locksRoutes, openLockDialog } from './routes.tsx';
