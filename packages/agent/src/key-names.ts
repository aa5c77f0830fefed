import { CborFault, qrKeyTag, uuidBytes, hexBytes, hexText } from '@claviger/protocol';

const tagPrefix = 'tag:';

/** How the door names a Key that only its QR tells of (SEMANTICS C3), or a lock that is not its own. */
export function tagName(tag: string): string {
  return `${tagPrefix}${tag}`;
}

/** The name by tag of a Key that is named by its UUID; undefined where it is named by its tag already. */
export function uuidTag(key: string): string | undefined {
  return key.startsWith(tagPrefix) ? undefined : tagName(hexText(qrKeyTag(key)));
}

/** A Key as events tell it: the 16 bytes of its identifier, or the 8 of its tag. */
export function keyBytes(key: string): Uint8Array {
  if (!key.startsWith(tagPrefix)) return uuidBytes(key);
  const tag = hexBytes(key.slice(tagPrefix.length));
  if (tag === undefined) throw new CborFault('not a tag');
  return tag;
}
