import { Secret } from '../../secrets/index.ts';
import { ADMIN_NAME } from './cluster.ts';
import { SOCKET_PORT, type Listening } from './process/launch-plan.ts';

/** The database of ours in the embedded PostgreSQL. */
export const DATABASE_NAME = 'claviger';

/** The superuser's address of a database of the embedded PostgreSQL. */
export function adminAddress(listening: Listening, password: string, database = DATABASE_NAME): Secret {
  const host =
    listening.kind === 'socket'
      ? `${encodeURIComponent(listening.socketFolder)}:${SOCKET_PORT}`
      : `127.0.0.1:${listening.port}`;
  return new Secret(`postgres://${ADMIN_NAME}:${password}@${host}/${database}`);
}
