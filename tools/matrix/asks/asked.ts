import type { Json } from '@claviger/sim/true-bodies';
import type { App } from '../../../apps/server/src/app.ts';
import type { Authentication } from '../../../apps/server/src/platform/authentication/index.ts';
import type { TestProvider } from '../../../apps/server/test/provider/test-provider.ts';
import type { UndoneDatabase } from '../composition/undone-database.ts';
import type { Actor } from '../world/people.ts';
import type { Place } from '../world/place.ts';
import type { World } from '../world/world.ts';
import type { Caller } from './caller.ts';

/** One call before it is made: who asks, in which Entity, for whose things. */
export interface Asked {
  readonly actor: Actor;
  readonly caller: Caller;
  /** Of the path. */
  readonly place: Place;
  /** Whose rows path and body name. */
  readonly objects: Place;
  readonly world: World;
  /** A token, a password or an identifier that is not the right one. */
  readonly isWrong: boolean;
  readonly now: number;
  /** The entrance of devices. */
  readonly devices: App['devices'];
  readonly asAdmin: UndoneDatabase['tenants']['asAdmin'];
  readonly authentication: Pick<Authentication, 'createResetToken' | 'createAddressToken' | 'connectSignOn'>;
  /** Where people may sign in too. */
  readonly provider: TestProvider;
}

/** What one call is made with, beyond what every call of that route has. */
export interface Given {
  readonly params?: Readonly<Record<string, string | undefined>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Fields that take the place of those of a true body. */
  readonly body?: Readonly<Record<string, Json | undefined>>;
  readonly file?: { readonly type: string; readonly content: Buffer };
}

export type Ask = (asked: Asked) => Given | Promise<Given>;
