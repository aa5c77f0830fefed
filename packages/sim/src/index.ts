/**
 * The virtual world: a clock that moves when it is told to, a disk that keeps what was committed, relays
 * that remember every movement, and a door with its server over a wire that can be cut, read along and
 * played again. The agent and the authority in it are the real ones. Imported by tests alone.
 */
export * from './box.ts';
export * from './clock.ts';
export * from './crypto.ts';
export * from './disk.ts';
export * from './door-list.ts';
export * from './list-letters.ts';
export * from './pictures.ts';
export * from './hardware.ts';
export * from './rehearsal.ts';
export * from './world.ts';
