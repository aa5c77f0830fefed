import { createHash } from 'node:crypto';

/** One node beside the way from a leaf to the root. */
export interface PathStep {
  readonly side: 'left' | 'right';
  readonly hash: Uint8Array;
}

const leafMark = Uint8Array.of(0);
const nodeMark = Uint8Array.of(1);

function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return Uint8Array.from(hash.digest());
}

/** The hash of a leaf; no node has the same, whatever it says (RFC 9162 2.1.1). */
export function leafHash(leaf: Uint8Array): Uint8Array {
  return sha256(leafMark, leaf);
}

/** Pairs become nodes; one that is left over goes up as it is. */
function levelAbove(level: readonly Uint8Array[]): Uint8Array[] {
  const above: Uint8Array[] = [];
  for (let place = 0; place < level.length; place += 2) {
    const [left, right] = [level[place], level[place + 1]];
    if (left) above.push(right ? sha256(nodeMark, left, right) : left);
  }
  return above;
}

/** The root over the hashes of leaves in their order (RFC 9162 2.1.1). */
export function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  let level = leaves;
  while (level.length > 1) level = levelAbove(level);
  return level[0] ?? sha256();
}

/** What proves that the leaf at this place is one of those under the root. */
export function pathTo(leaves: readonly Uint8Array[], place: number): PathStep[] {
  const path: PathStep[] = [];
  let [level, at] = [leaves, place];
  while (level.length > 1) {
    const isRight = at % 2 === 1;
    const hash = level[isRight ? at - 1 : at + 1];
    if (hash) path.push({ side: isRight ? 'left' : 'right', hash });
    level = levelAbove(level);
    at = Math.floor(at / 2);
  }
  return path;
}

/** The root to which a path leads from the hash of its leaf. */
export function rootByPath(leaf: Uint8Array, path: readonly PathStep[]): Uint8Array {
  return path.reduce(
    (below, { side, hash }) =>
      side === 'left' ? sha256(nodeMark, hash, below) : sha256(nodeMark, below, hash),
    leaf,
  );
}
