import createFetchClient, { type ClientOptions } from 'openapi-fetch';
import { accountCalls } from './calls/account-calls.ts';
import { answered, received, type Body, type Http, type Query } from './calls/answered.ts';
import { apiKeyCalls } from './calls/api-key-calls.ts';
import { buildingCalls } from './calls/building-calls.ts';
import { entityCalls } from './calls/entity-calls.ts';
import { localAdminCalls } from './calls/local-admin-calls.ts';
import { withQuery } from './calls/query-text.ts';
import { requestCalls } from './calls/request-calls.ts';
import { savedViewCalls } from './calls/saved-view-calls.ts';
import { userCalls } from './calls/user-calls.ts';
import { userCsvCalls } from './calls/user-csv-calls.ts';
import type { paths } from './generated/openapi.ts';
import type { MailLanguage } from './keys.ts';

export { AnsweredRefusal, Unreachable, type ReceivedFile } from './calls/answered.ts';
export type { BuildingPlace, ImportPlace, UnitInput, UnitPlace } from './calls/building-calls.ts';
export type {
  CreateEntityInput,
  HolidayInput,
  HolidayPlace,
  UpdateEntityInput,
} from './calls/entity-calls.ts';

export type { MakeApiKeyInput } from './calls/api-key-calls.ts';
export type {
  IncomingPlace,
  MandatePlace,
  RequestEntityManagementInput,
  RequestInstallerAccessInput,
} from './calls/request-calls.ts';

export type { SavedViewInput, SavedViewPlace } from './calls/saved-view-calls.ts';
export { userPhotoAddress } from './calls/user-calls.ts';
export { userExportAddress, type UserExportQuery } from './calls/user-csv-calls.ts';
export type { CreateUserInput, UpdateUserInput, UserPlace, UserQuery } from './calls/user-calls.ts';

export type AddLockInput = Body<'/api/entities/{entityId}/locks', 'post'>;
export type UpdateLockInput = Body<'/api/entities/{entityId}/locks/{lockId}', 'patch'>;
export type CreateGuestKeyInput = Body<'/api/entities/{entityId}/guest-keys', 'post'>;
export type UpdateKeyInput = Body<'/api/entities/{entityId}/keys/{keyId}', 'patch'>;
export type DeleteKeyInput = NonNullable<Body<'/api/entities/{entityId}/keys/{keyId}', 'delete'>>;
export type SendKeyInput = Body<'/api/entities/{entityId}/keys/{keyId}/send', 'post'>;
export type KeyQuery = NonNullable<Query<'/api/entities/{entityId}/keys'>>;
export type WhyQuery = Query<'/api/entities/{entityId}/keys/{keyId}/why'>;
export type AuditQuery = NonNullable<Query<'/api/entities/{entityId}/audit'>>;
export type ActivityQuery = NonNullable<Query<'/api/entities/{entityId}/activity'>>;

/** Where a lock is found: identifiers of the Entity and of the lock. */
export interface LockPlace {
  readonly entityId: string;
  readonly lockId: string;
}

/** Where a Key is found: identifiers of the Entity and of the Key. */
export interface KeyPlace {
  readonly entityId: string;
  readonly keyId: string;
}

/**
 * The HTTP API as functions, one per route of `contract`, called as there. Answers are values; a refusal is
 * thrown as `AnsweredRefusal`, a missing answer as `Unreachable`. The session is the cookie `fetch` sends.
 * Calls that must not happen twice take the caller's Idempotency-Key: one intention, however often it is
 * sent, happens once.
 */
export function createClient(options: { fetch: NonNullable<ClientOptions['fetch']>; baseUrl?: string }) {
  const http = createFetchClient<paths>({ baseUrl: options.baseUrl ?? '', fetch: options.fetch });
  return {
    ...accountCalls(http),
    ...entityCalls(http),
    ...localAdminCalls(http),
    ...requestCalls(http),
    ...userCalls(http),
    ...userCsvCalls(http),
    ...buildingCalls(http),
    ...lockCalls(http),
    ...keyCalls(http),
    ...keyPageCalls(http),
    ...activityCalls(http),
    ...savedViewCalls(http),
    ...auditCalls(http),
    ...apiKeyCalls(http),
  };
}

export type Client = ReturnType<typeof createClient>;

function lockCalls(http: Http) {
  return {
    listLocks: (entityId: string) =>
      answered(http.GET('/api/entities/{entityId}/locks', { params: { path: { entityId } } })),
    getLock: (place: LockPlace) =>
      answered(http.GET('/api/entities/{entityId}/locks/{lockId}', { params: { path: place } })),
    addLock: (entityId: string, body: AddLockInput) =>
      answered(http.POST('/api/entities/{entityId}/locks', { params: { path: { entityId } }, body })),
    updateLock: (place: LockPlace, body: UpdateLockInput) =>
      answered(http.PATCH('/api/entities/{entityId}/locks/{lockId}', { params: { path: place }, body })),
    claimLock: (place: LockPlace) =>
      answered(
        http.POST('/api/entities/{entityId}/locks/{lockId}/claim', { params: { path: place }, body: {} }),
      ),
    openLock: (place: LockPlace, idempotencyKey: string) =>
      answered(
        http.POST('/api/entities/{entityId}/locks/{lockId}/open', {
          params: { path: place, header: { 'idempotency-key': idempotencyKey } },
          body: {},
        }),
      ),
    getCommand: (path: { entityId: string; commandId: string }) =>
      answered(http.GET('/api/entities/{entityId}/commands/{commandId}', { params: { path } })),
  };
}

function keyCalls(http: Http) {
  return {
    createGuestKey: (entityId: string, body: CreateGuestKeyInput, idempotencyKey: string) =>
      answered(
        http.POST('/api/entities/{entityId}/guest-keys', {
          params: { path: { entityId }, header: { 'idempotency-key': idempotencyKey } },
          body,
        }),
      ),
    listKeys: (entityId: string, query: KeyQuery) =>
      answered(http.GET('/api/entities/{entityId}/keys', { params: { path: { entityId }, query } })),
    getKey: (place: KeyPlace) =>
      answered(http.GET('/api/entities/{entityId}/keys/{keyId}', { params: { path: place } })),
    updateKey: (place: KeyPlace, body: UpdateKeyInput) =>
      answered(http.PATCH('/api/entities/{entityId}/keys/{keyId}', { params: { path: place }, body })),
    deleteKey: (place: KeyPlace, body: DeleteKeyInput = {}) =>
      answered(http.DELETE('/api/entities/{entityId}/keys/{keyId}', { params: { path: place }, body })),
    showKeySecrets: (place: KeyPlace) =>
      answered(
        http.POST('/api/entities/{entityId}/keys/{keyId}/secrets', { params: { path: place }, body: {} }),
      ),
    shareKeyPicture: (place: KeyPlace, idempotencyKey: string) =>
      answered(
        http.POST('/api/entities/{entityId}/keys/{keyId}/picture', {
          params: { path: place, header: { 'idempotency-key': idempotencyKey } },
          body: {},
        }),
      ),
    sendKey: (place: KeyPlace, body: SendKeyInput, idempotencyKey: string) =>
      answered(
        http.POST('/api/entities/{entityId}/keys/{keyId}/send', {
          params: { path: place, header: { 'idempotency-key': idempotencyKey } },
          body,
        }),
      ),
    whyKey: (place: KeyPlace, query: WhyQuery) =>
      answered(http.GET('/api/entities/{entityId}/keys/{keyId}/why', { params: { path: place, query } })),
  };
}

function keyPageCalls(http: Http) {
  return {
    showKeyPage: (token: string) => answered(http.POST('/api/key-page', { body: { token } })),
    openByKey: (body: { token: string; lockId: string }, idempotencyKey: string) =>
      answered(
        http.POST('/api/key-page/open', {
          params: { header: { 'idempotency-key': idempotencyKey } },
          body,
        }),
      ),
    followKeyCommand: (body: { token: string; commandId: string }) =>
      answered(http.POST('/api/key-page/command', { body })),
  };
}

function activityCalls(http: Http) {
  return {
    getDashboard: (entityId: string) =>
      answered(http.GET('/api/entities/{entityId}/dashboard', { params: { path: { entityId } } })),
    listActivity: (entityId: string, query: ActivityQuery) =>
      answered(http.GET('/api/entities/{entityId}/activity', { params: { path: { entityId }, query } })),
    whyEvent: (path: { entityId: string; eventId: string }) =>
      answered(http.GET('/api/entities/{entityId}/activity/{eventId}/why', { params: { path } })),
    listMails: (entityId: string, query: { cursor?: string }) =>
      answered(http.GET('/api/entities/{entityId}/mails', { params: { path: { entityId }, query } })),
  };
}

function auditCalls(http: Http) {
  return {
    listAudit: (entityId: string, query: AuditQuery) =>
      answered(http.GET('/api/entities/{entityId}/audit', { params: { path: { entityId }, query } })),
    listAuditPeople: (entityId: string) =>
      answered(http.GET('/api/entities/{entityId}/audit/people', { params: { path: { entityId } } })),
    takeAuditCheckpoint: (entityId: string) =>
      received(
        http.POST('/api/entities/{entityId}/audit/checkpoints', {
          params: { path: { entityId } },
          body: {},
          parseAs: 'text',
        }),
      ),
  };
}

/** Address of the live stream of an Entity; its messages are `LiveMessage`s as JSON. */
export function liveAddress(entityId: string): string {
  return `/api/entities/${encodeURIComponent(entityId)}/live`;
}

/** Address of the CSV with all events of this filter, under headings in this language. */
export function activityExportAddress(
  entityId: string,
  wanted: Omit<ActivityQuery, 'cursor' | 'limit'> & { language?: MailLanguage },
): string {
  return withQuery(`/api/entities/${encodeURIComponent(entityId)}/activity.csv`, wanted);
}

/** Address of the CSV with all audit entries of this filter, under headings in this language. */
export function auditExportAddress(
  entityId: string,
  wanted: Omit<AuditQuery, 'cursor' | 'limit' | 'sort' | 'order'> & { language?: MailLanguage },
): string {
  return withQuery(`/api/entities/${encodeURIComponent(entityId)}/audit.csv`, wanted);
}
