/**
 * What a server that was restored from a backup makes of what its doors still know (decision record 0028).
 * Doors give back the lists that are lost; what those had ended is ended here again, what they had given is
 * named and not given. `authority` asks and collects, the job here works on it, and whoever runs the
 * installation reads what came of it with `claviger restore-report`.
 */
export { beginRestored } from './begin.ts';
export { readRestoreReport, type LockFinding, type RestoreReport } from './report.ts';
export { takeReport, takeReportPayload } from './service.ts';
