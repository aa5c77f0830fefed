import type { Chance } from '../oracle/chance.ts';
import { listWithKey, theKey } from '../door-list.ts';
import { bring } from '../list-letters.ts';
import { pictureText } from '../pictures.ts';
import { createWorld, theLock, worldStartsAt, type World } from '../world.ts';
import { mutated } from './mutation.ts';
import { hold, type Target } from './target.ts';

/** The longest pause of a reader is over after this, so that every picture is looked at. */
const betweenMs = 16 * 60_000;

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const bytesOf = (written: string): Uint8Array => Uint8Array.from(Buffer.from(written, 'latin1'));

/** A moving and a static picture of a Key that is let in by each. */
function picturesAt(world: World): readonly [string, string] {
  const at = worldStartsAt + world.clock.mono();
  return [
    pictureText({ key: theKey, at }),
    pictureText({ key: theKey, at, content: { isStatic: true }, locks: [theLock] }),
  ];
}

/** Shows pictures to the QR reader of a door that knows their Key and takes static ones. */
export async function openQrTarget(chance: Chance): Promise<Target> {
  const world = createWorld({ journalCapacity: 64 });
  await world.connect();
  await bring(world, listWithKey({}, { lock: { takesStaticQr: true } }));
  await world.pass(1_000);
  await world.disconnect();
  /** Draws the picture when the reader takes pictures again: a moving one is good for a minute. */
  const isOpenedBy = (draw: (pictures: readonly [string, string]) => string): boolean => {
    world.clock.advance(betweenMs);
    world.agent.wake();
    const before = world.hardware.moves.length;
    world.agent.present(1, { reader: 'qr_reader', text: draw(picturesAt(world)) });
    return world.hardware.moves.length > before;
  };
  const draw = (pictures: readonly [string, string]): string => {
    const texts = pictures.map(bytesOf);
    return text(mutated(chance.pick(texts), texts, chance));
  };
  return {
    offer: () => isOpenedBy(draw),
    close: () => {
      hold(
        isOpenedBy(([moving]) => moving),
        'the moving picture is not taken any more',
      );
      hold(
        isOpenedBy(([, still]) => still),
        'the static picture is not taken any more',
      );
    },
  };
}
