import { type User, userPhotoAddress } from '@claviger/protocol';
import { m } from '@claviger/web-kit';

export const statusWords: Readonly<Record<User['status'], () => string>> = {
  active: m.users_active,
  deactivated: m.users_deactivated,
};

export const roleWords: Readonly<Record<User['role'], () => string>> = {
  community_manager: m.role_community_manager,
  local_admin: m.role_local_admin,
  installer: m.role_installer,
  resident: m.role_resident,
};

export const signInWords: Readonly<Record<User['signIn'], () => string>> = {
  account: m.users_sign_in_account,
  invited: m.users_sign_in_invited,
  none: m.users_sign_in_none,
};

/** Where the photo of a User is; undefined where there is none. */
export function photoAddress(entityId: string, { id, photoId }: User): string | undefined {
  return photoId && userPhotoAddress({ entityId, userId: id }, photoId);
}
