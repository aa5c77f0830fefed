import type { Membership } from '@claviger/protocol';
import { m } from '@claviger/web-kit';

/** The name of an Entity and how many locks it has. */
export function EntityName({ membership }: { membership: Membership }) {
  return (
    <span className="entity-name">
      <b>{membership.name}</b> <small>{m.lock_count({ count: membership.lockCount })}</small>
    </span>
  );
}
