/**
 * The QR that opens a door without a network: a fixed form of some hundred bytes with an Ed25519 signature
 * in the alphanumeric mode of QR codes, static or with a part that moves every 30 seconds (reliability
 * 3.9). Written by the server and the holder's page, read by the door; cryptography is an argument of
 * theirs.
 */
export * from './qr-code.ts';
