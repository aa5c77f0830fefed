import { z } from 'zod';
import { keyCommand, keyCommandInput, keyPageInput, openByKeyInput, shownKey } from './key-page.ts';
import {
  createdKey,
  createGuestKeyInput,
  key,
  keyPage,
  keyQuery,
  keySecrets,
  sendKeyInput,
  updateKeyInput,
  why,
  whyQuery,
} from './keys.ts';
import { mail } from './mails.ts';
import { entityParams, type RouteContract } from './route-contract.ts';
import { nothing, uuid } from './shapes.ts';

const keyParams = z.object({ entityId: uuid, keyId: uuid });

/** The routes of Keys, and those of the page that a Key's link leads to. */
export const keyContract = {
  createGuestKey: {
    method: 'POST',
    path: '/api/entities/{entityId}/guest-keys',
    summary: 'Create Guest Key',
    params: entityParams,
    body: createGuestKeyInput,
    status: 201,
    answer: createdKey,
    isIdempotencyKeyNeeded: true,
  },
  listKeys: {
    method: 'GET',
    path: '/api/entities/{entityId}/keys',
    summary: 'Keys, newest first',
    params: entityParams,
    query: keyQuery,
    status: 200,
    answer: keyPage,
  },
  getKey: {
    method: 'GET',
    path: '/api/entities/{entityId}/keys/{keyId}',
    summary: 'One Key with what its doors have confirmed',
    params: keyParams,
    status: 200,
    answer: key,
  },
  updateKey: {
    method: 'PATCH',
    path: '/api/entities/{entityId}/keys/{keyId}',
    summary: 'Update: changes the validity of a guest Key',
    params: keyParams,
    body: updateKeyInput,
    status: 200,
    answer: key,
  },
  deleteKey: {
    method: 'DELETE',
    path: '/api/entities/{entityId}/keys/{keyId}',
    summary: 'Delete: revokes a guest Key at once',
    params: keyParams,
    status: 200,
    answer: key,
  },
  showKeySecrets: {
    method: 'POST',
    path: '/api/entities/{entityId}/keys/{keyId}/secrets',
    summary: 'Shows the link and the PIN of a Key again; noted in the Audit',
    params: keyParams,
    body: nothing,
    status: 200,
    answer: keySecrets,
  },
  sendKey: {
    method: 'POST',
    path: '/api/entities/{entityId}/keys/{keyId}/send',
    summary: 'Send Email: mails the link of a guest Key',
    params: keyParams,
    body: sendKeyInput,
    status: 202,
    answer: mail.pick({ id: true, to: true, createdAt: true }),
    isIdempotencyKeyNeeded: true,
  },
  whyKey: {
    method: 'GET',
    path: '/api/entities/{entityId}/keys/{keyId}/why',
    summary: 'Why? at a Key: would it open, and if not, which check fails',
    params: keyParams,
    query: whyQuery,
    status: 200,
    answer: why,
  },
  showKeyPage: {
    method: 'POST',
    path: '/api/key-page',
    summary: 'What the holder of a link sees of its Key; changes nothing',
    body: keyPageInput,
    status: 200,
    answer: shownKey,
  },
  openByKey: {
    method: 'POST',
    path: '/api/key-page/open',
    summary: 'Open on the page of a Key: presents the Key at the lock, which decides',
    body: openByKeyInput,
    status: 202,
    answer: keyCommand,
    isIdempotencyKeyNeeded: true,
  },
  followKeyCommand: {
    method: 'POST',
    path: '/api/key-page/command',
    summary: 'How far an Open of this page has come',
    body: keyCommandInput,
    status: 200,
    answer: keyCommand,
  },
} as const satisfies Record<string, RouteContract>;
