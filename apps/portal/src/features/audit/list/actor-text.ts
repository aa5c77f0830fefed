import type { AuditEntry } from '@claviger/protocol';
import { m } from '@claviger/web-kit';

/** Who acted, as this Entity knew the person. */
export function actorText({ name, userId, isActorErased }: AuditEntry): string {
  if (isActorErased) return m.audit_erased();
  return name ?? (userId === undefined ? m.audit_system() : '');
}
