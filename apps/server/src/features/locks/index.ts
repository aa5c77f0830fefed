/**
 * A Lock is what a person opens: one relay of a claimed device, with a name, a location and one of five
 * statuses. This feature adds, shows and renames locks and sends the commands that open them; what the door
 * makes of a command is told by the door alone.
 */
export { lockRoutes, type LockParts } from './routes.ts';
export { addLock, getCommand, getLock } from './service.ts';
