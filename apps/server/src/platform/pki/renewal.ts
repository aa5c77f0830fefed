import { readFileSync } from 'node:fs';
import type { Clock } from '../clock.ts';
import { needsRenewal, type KeyAndCertificate } from './index.ts';

/** What a listener serves with: key and certificate of now, and whoever follows gets the next ones. */
export interface ServedIdentity extends KeyAndCertificate {
  /** Absent where nothing is renewed. The callback installs what comes next; what it throws is a fault. */
  readonly follow?: (install: (next: KeyAndCertificate) => void) => void;
}

export interface RenewedIdentity extends Required<ServedIdentity> {
  /** Looks no more; resolves when nothing is under way. */
  stop(): Promise<void>;
}

/** Gives what should be served, from what is served now (undefined at the start) at this instant. */
type Source = (current: KeyAndCertificate | undefined, now: number) => Promise<KeyAndCertificate>;

export interface RenewalPorts {
  readonly clock: Clock;
  readonly onRenewed: () => void;
  /** The old certificate stays; it is tried again an hour later. */
  readonly onFault: (error: unknown) => void;
}

/** Certificates are renewed in their last third, four months before the end: an hour is early enough. */
const lookEveryMs = 60 * 60_000;

/** Our own authority issues another one in the last third of a certificate's life. */
export function issuedBy(issue: (now: number) => Promise<KeyAndCertificate>): Source {
  return async (current, now) =>
    current && !needsRenewal(current.certificate, [], now) ? current : issue(now);
}

/** Somebody else (ACME, a person) puts new files in the place of the old ones. */
export function readFrom({ key, certificate }: { key: string; certificate: string }): Source {
  return (current) => {
    const found = { key: readFileSync(key, 'utf8'), certificate: readFileSync(certificate, 'utf8') };
    const isSame = found.key === current?.key && found.certificate === current.certificate;
    return Promise.resolve(isSame ? current : found);
  };
}

/** Keeps key and certificate new while listeners serve with them. */
export async function keepRenewed(source: Source, ports: RenewalPorts): Promise<RenewedIdentity> {
  let current = await source(undefined, ports.clock.now());
  const followers: ((next: KeyAndCertificate) => void)[] = [];
  const look = async (): Promise<void> => {
    try {
      const next = await source(current, ports.clock.now());
      if (next === current) return;
      for (const install of followers) install(next);
      current = next;
      ports.onRenewed();
    } catch (error) {
      ports.onFault(error);
    }
  };
  let looking: Promise<void> | undefined;
  const stopLooking = ports.clock.every(lookEveryMs, () => {
    looking ??= look().finally(() => (looking = undefined));
  });
  return {
    get key() {
      return current.key;
    },
    get certificate() {
      return current.certificate;
    },
    follow: (install) => followers.push(install),
    stop: async () => {
      stopLooking();
      await looking;
    },
  };
}
