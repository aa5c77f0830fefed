import { describe, expect, it } from 'vitest';
import { leafHash, pathTo, rootByPath, rootOf } from './merkle.ts';

const leaves = Array.from({ length: 20 }, (_, number) => leafHash(Uint8Array.of(number)));

describe('the tree over heads', () => {
  it('of the data of RFC 9162 has its roots', () => {
    // The test vectors of Certificate Transparency: 1, 2, 3 and 7 leaves of growing data.
    const data = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657'];
    const of = (count: number): string =>
      Buffer.from(rootOf(data.slice(0, count).map((hex) => leafHash(Buffer.from(hex, 'hex'))))).toString(
        'hex',
      );

    expect([0, 1, 2, 3, 7].map(of)).toEqual([
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    ]);
  });

  it('proves each of its leaves, at every size', () => {
    for (let size = 1; size <= leaves.length; size += 1) {
      const some = leaves.slice(0, size);
      for (const [place, leaf] of some.entries()) {
        expect(rootByPath(leaf, pathTo(some, place))).toEqual(rootOf(some));
      }
    }
  });

  it('proves no other', () => {
    const path = pathTo(leaves, 6);
    expect(rootByPath(leaves[7] ?? leafHash(Uint8Array.of()), path)).not.toEqual(rootOf(leaves));
  });
});
