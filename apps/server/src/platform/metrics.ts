/**
 * Figures for whoever runs the installation, in the Prometheus text format; they count and never name
 * anybody.
 */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { deriveSecret, Secret } from './secrets/index.ts';

export interface AnsweredRequest {
  readonly method: string;
  /** The pattern, never the path: paths hold identifiers. */
  readonly route: string;
  readonly status: number;
  readonly durationS: number;
}

export interface Metrics {
  readonly contentType: string;
  countRequest(request: AnsweredRequest): void;
  /** Reads a number whenever somebody asks for the figures. */
  watch(name: string, help: string, read: () => number): void;
  text(): Promise<string>;
}

/**
 * What opens the figures: the configured token, or one that belongs to the installation. There is always one:
 * an address proves nothing where a proxy stands on the same machine. Decision record 0008.
 */
export function metricsTokenOf(installationSecret: Secret, configured: Secret | undefined): Secret {
  const own = Buffer.from(deriveSecret(installationSecret, 'metrics token').reveal());
  return configured ?? new Secret(own.toString('base64url'));
}

const durationBucketsS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Opens a registry of its own, so that two servers in one process do not share figures. */
export function openMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'claviger_' });
  const labels = ['method', 'route', 'status'] as const;
  const requests = new Counter({
    name: 'claviger_http_requests_total',
    help: 'Answered HTTP requests',
    labelNames: labels,
    registers: [registry],
  });
  const durations = new Histogram({
    name: 'claviger_http_request_duration_seconds',
    help: 'From the first byte of a request to the last byte of its answer',
    labelNames: ['method', 'route'],
    buckets: durationBucketsS,
    registers: [registry],
  });

  return {
    contentType: registry.contentType,
    countRequest: ({ method, route, status, durationS }) => {
      requests.inc({ method, route, status: String(status) });
      durations.observe({ method, route }, durationS);
    },
    watch: (name, help, read) => {
      const gauge: Gauge = new Gauge({
        name,
        help,
        registers: [registry],
        collect: () => {
          gauge.set(read());
        },
      });
    },
    text: () => registry.metrics(),
  };
}
