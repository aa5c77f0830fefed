/**
 * Logs → Audit: what people changed and what they were refused, as a table that is filtered, sorted and read
 * page by page; a row opens to before and after side by side. The filters are the address of the page. A
 * Local Admin sees own acts alone.
 */
export { auditRoute } from './routes.tsx';
