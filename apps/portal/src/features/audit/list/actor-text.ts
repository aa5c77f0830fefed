import type { AuditEntry } from '@claviger/protocol';
import { m } from '@claviger/web-kit';

/** Who acted, as this Entity knew the person. */
export function actorText({ name, userId, isActorErased, apiKey }: AuditEntry): string {
  if (isActorErased) return m.audit_erased();
  const who = name ?? (userId === undefined ? m.audit_system() : '');
  return apiKey === undefined ? who : m.audit_via_api_key({ name: who, key: apiKey });
}
