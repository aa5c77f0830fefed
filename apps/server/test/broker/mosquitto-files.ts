import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageSizeLimit, mosquittoAccessFile } from '@claviger/protocol';
import type { KeyAndCertificate } from '../../src/platform/pki/index.ts';

const places = ['/usr/sbin/mosquitto', '/usr/bin/mosquitto', '/usr/local/sbin/mosquitto'];

/** Where mosquitto is installed on this machine, if it is. */
export const mosquittoProgram = places.find((place) => existsSync(place));

/** The configuration that docs/operate/broker.md recommends, with these files. */
function configuration(port: number, folder: string): string {
  return [
    `listener ${port} 127.0.0.1`,
    `cafile ${join(folder, 'ca.pem')}`,
    `certfile ${join(folder, 'certificate.pem')}`,
    `keyfile ${join(folder, 'key.pem')}`,
    `acl_file ${join(folder, 'access')}`,
    'tls_version tlsv1.3',
    'require_certificate true',
    'use_identity_as_username true',
    'use_username_as_clientid true',
    'allow_anonymous false',
    'retain_available false',
    'persistence false',
    `message_size_limit ${messageSizeLimit}`,
    `max_packet_size ${messageSizeLimit + 512}`,
    ...(process.getuid?.() === 0 ? ['user root'] : []),
    '',
  ].join('\n');
}

/** Writes what mosquitto needs into a folder, and returns the path of its configuration. */
export function writeMosquittoFiles(place: {
  readonly folder: string;
  readonly port: number;
  readonly identity: KeyAndCertificate;
  readonly authority: string;
}): string {
  const { folder, port, identity, authority } = place;
  const files = {
    'ca.pem': authority,
    'certificate.pem': identity.certificate,
    'key.pem': identity.key,
    access: mosquittoAccessFile(),
    'mosquitto.conf': configuration(port, folder),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { mode: 0o600 });
  return join(folder, 'mosquitto.conf');
}
