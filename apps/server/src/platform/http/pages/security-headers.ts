import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

const yearS = 365 * 24 * 60 * 60;

type Policy = Readonly<Record<string, readonly string[]>>;

/** Everything from our own files: no script, style or picture that is written into a page. */
export const contentSecurityPolicy: Policy = {
  'default-src': ["'self'"],
  'base-uri': ["'none'"],
  'connect-src': ["'self'"],
  'font-src': ["'self'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
  'img-src': ["'self'"],
  'object-src': ["'none'"],
  'script-src': ["'self'"],
  'script-src-attr': ["'none'"],
  'style-src': ["'self'"],
  'worker-src': ["'self'"],
};

/** The policy as the header spells it. */
export function policyText(policy: Policy): string {
  return Object.entries(policy)
    .map(([directive, sources]) => [directive, ...sources].join(' '))
    .join('; ');
}

const permissionsPolicy = [
  'camera=()',
  'display-capture=()',
  'geolocation=()',
  'microphone=()',
  'payment=()',
  'publickey-credentials-get=(self)',
  'usb=()',
].join(', ');

/** Puts the security headers on every answer; Strict-Transport-Security only where people come by https. */
export async function registerSecurityHeaders(app: FastifyInstance, isSecure: boolean): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: false,
    crossOriginEmbedderPolicy: false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    frameguard: { action: 'deny' },
    hsts: isSecure ? { maxAge: yearS, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
  });
  const policy = policyText(contentSecurityPolicy);
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('content-security-policy', policy);
    reply.header('permissions-policy', permissionsPolicy);
    if (isApiPath(request.url)) reply.header('cache-control', 'no-store');
    done();
  });
}

export function isApiPath(url: string): boolean {
  const [path] = url.split('?', 1);
  return path === '/api' || path?.startsWith('/api/') === true;
}
