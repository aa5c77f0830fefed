import { answered, type Body, type Http, type Query } from './answered.ts';

export type UserQuery = NonNullable<Query<'/api/entities/{entityId}/users'>>;
export type PlateQuery = Query<'/api/entities/{entityId}/users/plates'>;
export type CreateUserInput = Body<'/api/entities/{entityId}/users', 'post'>;
export type UpdateUserInput = Body<'/api/entities/{entityId}/users/{userId}', 'patch'>;
export type UpdateOwnProfileInput = Body<'/api/entities/{entityId}/profile', 'patch'>;
export type DeactivateUserInput = Body<'/api/entities/{entityId}/users/{userId}/deactivate', 'post'>;
export type ReactivateUserInput = Body<'/api/entities/{entityId}/users/{userId}/reactivate', 'post'>;
export type WelcomeUserInput = Body<'/api/entities/{entityId}/users/{userId}/welcome', 'post'>;

/** Where a User is found: identifiers of an Entity and of the User. */
export interface UserPlace {
  readonly entityId: string;
  readonly userId: string;
}

/** Where a photo of a User is. */
export function userPhotoAddress({ entityId, userId }: UserPlace, photoId: string): string {
  const [entity, user, photo] = [entityId, userId, photoId].map(encodeURIComponent);
  return `/api/entities/${entity ?? ''}/users/${user ?? ''}/photos/${photo ?? ''}`;
}

/** A file that fetch can send, with its content type: a Blob. */
export interface TypedFile {
  readonly type: string;
  readonly size: number;
}

/** The calls of Users. */
export function userCalls(http: Http) {
  return {
    listUsers: (entityId: string, query: UserQuery) =>
      answered(http.GET('/api/entities/{entityId}/users', { params: { path: { entityId }, query } })),
    listPlateHolders: (entityId: string, query: PlateQuery) =>
      answered(http.GET('/api/entities/{entityId}/users/plates', { params: { path: { entityId }, query } })),
    getUser: (path: UserPlace) =>
      answered(http.GET('/api/entities/{entityId}/users/{userId}', { params: { path } })),
    createUser: (entityId: string, body: CreateUserInput) =>
      answered(http.POST('/api/entities/{entityId}/users', { params: { path: { entityId } }, body })),
    updateUser: (path: UserPlace, body: UpdateUserInput) =>
      answered(http.PATCH('/api/entities/{entityId}/users/{userId}', { params: { path }, body })),
    setUserPhoto: (path: UserPlace, photo: TypedFile) =>
      answered(
        http.POST('/api/entities/{entityId}/users/{userId}/photo', {
          params: { path },
          body: photo as never,
          bodySerializer: (body: unknown) => body as never,
          headers: { 'content-type': photo.type },
        }),
      ),
    removeUserPhoto: (path: UserPlace) =>
      answered(http.DELETE('/api/entities/{entityId}/users/{userId}/photo', { params: { path } })),
    getOwnProfile: (entityId: string) =>
      answered(http.GET('/api/entities/{entityId}/profile', { params: { path: { entityId } } })),
    updateOwnProfile: (entityId: string, body: UpdateOwnProfileInput) =>
      answered(http.PATCH('/api/entities/{entityId}/profile', { params: { path: { entityId } }, body })),
    deactivateUser: (path: UserPlace, body: DeactivateUserInput) =>
      answered(http.POST('/api/entities/{entityId}/users/{userId}/deactivate', { params: { path }, body })),
    listSuspendedKeys: (path: UserPlace) =>
      answered(http.GET('/api/entities/{entityId}/users/{userId}/suspended-keys', { params: { path } })),
    reactivateUser: (path: UserPlace, body: ReactivateUserInput) =>
      answered(http.POST('/api/entities/{entityId}/users/{userId}/reactivate', { params: { path }, body })),
    welcomeUser: (path: UserPlace, body: WelcomeUserInput, idempotencyKey: string) =>
      answered(
        http.POST('/api/entities/{entityId}/users/{userId}/welcome', {
          params: { path, header: { 'idempotency-key': idempotencyKey } },
          body,
        }),
      ),
  };
}
