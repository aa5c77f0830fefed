/**
 * The page that a Key's link leads to: whoever has the token is the holder, without an Account. Looking at it
 * changes nothing, however often a mail scanner does; Open presents the Key at its lock, which decides by
 * every rule and counts it as any other attempt.
 */
export { keyPageRoutes } from './routes.ts';
export type { KeyPageParts } from './service.ts';
