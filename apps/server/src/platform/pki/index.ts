/**
 * The installation's own certificate authority. It signs the certificate of the server's device entrance
 * and broker, of the server's own connection to the broker, and of every claimed device; devices trust it
 * and nothing else. The authority's key is made at the first start and stays in the data folder.
 */
import 'reflect-metadata';
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  webcrypto,
  X509Certificate,
} from 'node:crypto';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';

/** A key and its certificate, both PEM. */
export interface KeyAndCertificate {
  readonly key: string;
  readonly certificate: string;
}

export type Authority = KeyAndCertificate;

const dayMs = 24 * 60 * 60_000;
const authorityLifeMs = 20 * 365 * dayMs;
const serverLifeMs = 365 * dayMs;
/** Devices renew in the last third (reliability 3.1). */
export const deviceLifeMs = 90 * dayMs;
/** Clocks of devices may be behind. */
const backdatedMs = dayMs;

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const serverUse = x509.ExtendedKeyUsage.serverAuth;
const clientUse = x509.ExtendedKeyUsage.clientAuth;

/** A certificate request that is not one, or whose signature is not by its own key. */
export class BadCertificateRequest extends Error {
  override readonly name = 'BadCertificateRequest';
}

function newKey(): string {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
}

function importPrivate(pem: string): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' });
  return webcrypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
}

function importPublic(pem: string): Promise<webcrypto.CryptoKey> {
  const der = createPublicKey(pem).export({ type: 'spki', format: 'der' });
  return webcrypto.subtle.importKey('spki', der, algorithm, true, ['verify']);
}

/** A positive 127-bit number: serial numbers say nothing and do not repeat. */
function newSerialNumber(): string {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(0) & 0x3f) | 0x40, 0);
  return bytes.toString('hex');
}

function lifetime(now: number, lifeMs: number): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(now - backdatedMs), notAfter: new Date(now + lifeMs) };
}

/** Makes the authority: a P-256 key and its self-signed certificate. */
export async function createAuthority(installationId: string, now: number): Promise<Authority> {
  const key = newKey();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=Claviger ${installationId}`,
    serialNumber: newSerialNumber(),
    ...lifetime(now, authorityLifeMs),
    signingAlgorithm: algorithm,
    keys: { privateKey: await importPrivate(key), publicKey: await importPublic(key) },
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  });
  return { key, certificate: certificate.toString('pem') };
}

interface Issue {
  readonly commonName: string;
  readonly publicKey: webcrypto.CryptoKey | x509.PublicKey;
  readonly use: string;
  readonly names?: readonly string[];
  readonly now: number;
  readonly lifeMs: number;
}

async function issue(authority: Authority, wanted: Issue): Promise<string> {
  const issuer = new x509.X509Certificate(authority.certificate);
  const names = (wanted.names ?? []).map((name) =>
    isIP(name) ? { type: 'ip' as const, value: name } : { type: 'dns' as const, value: name },
  );
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=${wanted.commonName}`,
    issuer: issuer.subject,
    serialNumber: newSerialNumber(),
    ...lifetime(wanted.now, wanted.lifeMs),
    signingAlgorithm: algorithm,
    publicKey: wanted.publicKey,
    signingKey: await importPrivate(authority.key),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([wanted.use]),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      ...(names.length > 0 ? [new x509.SubjectAlternativeNameExtension(names)] : []),
    ],
  });
  return certificate.toString('pem');
}

/** A key and certificate for listeners that devices connect to; `names` are host names and addresses. */
export async function issueServerCertificate(
  authority: Authority,
  names: readonly string[],
  now: number,
): Promise<KeyAndCertificate> {
  const key = newKey();
  const wanted = { commonName: names[0] ?? 'localhost', publicKey: await importPublic(key), use: serverUse };
  return { key, certificate: await issue(authority, { ...wanted, names, now, lifeMs: serverLifeMs }) };
}

/** A key and certificate with which the server itself connects to the broker. */
export async function issueClientCertificate(
  authority: Authority,
  commonName: string,
  now: number,
): Promise<KeyAndCertificate> {
  const key = newKey();
  const wanted = { commonName, publicKey: await importPublic(key), use: clientUse };
  return { key, certificate: await issue(authority, { ...wanted, now, lifeMs: serverLifeMs }) };
}

/**
 * A certificate for a device, for the public key in its request (PKCS #10, PEM) and under the device's
 * identifier: nothing else in the request is believed. Throws BadCertificateRequest.
 */
export async function issueDeviceCertificate(
  authority: Authority,
  device: { readonly id: string; readonly certificateRequest: string },
  now: number,
): Promise<string> {
  const publicKey = await verifiedPublicKey(device.certificateRequest);
  return issue(authority, { commonName: device.id, publicKey, use: clientUse, now, lifeMs: deviceLifeMs });
}

async function verifiedPublicKey(certificateRequest: string): Promise<x509.PublicKey> {
  let request: x509.Pkcs10CertificateRequest;
  try {
    request = new x509.Pkcs10CertificateRequest(certificateRequest);
    if (await request.verify()) return request.publicKey;
  } catch (error) {
    throw new BadCertificateRequest('the certificate request cannot be read', { cause: error });
  }
  throw new BadCertificateRequest('the certificate request is not signed by its own key');
}

/** Whether the certificate is in the last third of its life, or does not cover all of these names. */
export function needsRenewal(certificate: string, names: readonly string[], now: number): boolean {
  const parsed = new X509Certificate(certificate);
  const life = parsed.validToDate.getTime() - parsed.validFromDate.getTime();
  const isOld = now > parsed.validFromDate.getTime() + (life * 2) / 3;
  return (
    isOld ||
    !names.every((name) => (isIP(name) ? parsed.checkIP(name) : parsed.checkHost(name)) !== undefined)
  );
}
