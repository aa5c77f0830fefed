/**
 * What `claviger explain` reads and writes: a world in people's terms, the attempts made in it, and for
 * each what was decided and why. The same words serve the Portal's **Why?**; the schemas are published in
 * `docs/generated/`.
 */
export * from './answer.ts';
export * from './attempt.ts';
export * from './world.ts';
