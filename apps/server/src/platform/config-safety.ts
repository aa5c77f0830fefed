import type { Configuration, Listener } from './config-settings.ts';
import { isLoopback } from './loopback.ts';

function spell({ host, port }: Listener): string {
  return `${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
}

function demoDangers(configuration: Configuration): string[] {
  const listeners = [
    ['CLAVIGER_PORTAL (portal)', configuration.portal],
    ['CLAVIGER_DEVICES (devices)', configuration.devices],
    ['CLAVIGER_BROKER (broker)', configuration.broker],
  ] as const;
  return listeners.flatMap(([name, listener]) =>
    isLoopback(listener.host)
      ? []
      : [
          `${name} is ${spell(listener)}, but a demo listens on this machine only. ` +
            'For a real installation run `claviger setup`.',
        ],
  );
}

function realDangers({ portal, tls, publicOrigin, trustedProxies }: Configuration): string[] {
  const dangers: string[] = [];
  if (tls.kind === 'none' && !isLoopback(portal.host) && trustedProxies.length === 0) {
    dangers.push(
      `CLAVIGER_PORTAL (portal) is ${spell(portal)} without TLS. Set CLAVIGER_TLS (tls), listen on ` +
        '127.0.0.1, or name the proxy in front with CLAVIGER_TRUST_PROXY (trustProxy).',
    );
  }
  const { protocol, hostname } = new URL(publicOrigin);
  const isLocal = isLoopback(hostname.replace(/^\[|\]$/g, ''));
  if (protocol !== 'https:' && !isLocal) {
    dangers.push(`CLAVIGER_PUBLIC_ORIGIN (publicOrigin) is ${publicOrigin}, but people must come by https.`);
  }
  if (isLocal && !isLoopback(portal.host)) {
    dangers.push('CLAVIGER_PUBLIC_ORIGIN (publicOrigin) must be what people type to come here.');
  }
  return dangers;
}

/** What makes this configuration unsafe to start with, in sentences; empty when nothing does. */
export function checkSafety(configuration: Configuration): string[] {
  return configuration.mode === 'demo' ? demoDangers(configuration) : realDangers(configuration);
}
