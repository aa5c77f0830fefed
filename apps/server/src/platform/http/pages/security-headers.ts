import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

const yearS = 365 * 24 * 60 * 60;

/**
 * Scripts only from our own files. The Portal's component library sets style attributes and adds style
 * elements.
 */
const contentSecurityPolicy = {
  'default-src': ["'self'"],
  'base-uri': ["'none'"],
  'connect-src': ["'self'"],
  'font-src': ["'self'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'object-src': ["'none'"],
  'script-src': ["'self'"],
  'script-src-attr': ["'none'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'worker-src': ["'self'"],
};

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
    contentSecurityPolicy: { useDefaults: false, directives: contentSecurityPolicy },
    crossOriginEmbedderPolicy: false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    frameguard: { action: 'deny' },
    hsts: isSecure ? { maxAge: yearS, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
  });
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('permissions-policy', permissionsPolicy);
    if (isApiPath(request.url)) reply.header('cache-control', 'no-store');
    done();
  });
}

export function isApiPath(url: string): boolean {
  const [path] = url.split('?', 1);
  return path === '/api' || path?.startsWith('/api/') === true;
}
