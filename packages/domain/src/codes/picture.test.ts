import { rehearse } from '@claviger/sim';
import { describe, expect, it } from 'vitest';
import { assurances, capabilities, pictureObstacle } from '../index.ts';

const all = { guest: 'granted', visitor: 'granted', staff: 'granted', delivery: 'granted' } as const;
const types = Object.keys(all) as (keyof typeof all)[];
const models = [[...capabilities], capabilities.filter((name) => name !== 'qr_reader')];
const reasonOf = { no_qr_reader: 'method_not_allowed', assurance_too_low: 'assurance_too_low' } as const;

describe('a static picture', () => {
  it.each(types)('of a %s Key is offered exactly where a door would take it', (type) => {
    for (const minimumAssurance of assurances)
      for (const takesStaticQr of [true, false])
        for (const able of models) {
          const lock = { capabilities: able, minimumAssurance, takesStaticQr };
          const scene = {
            key: { type },
            lock: { capabilities: able, minimumAssurance, staticQr: takesStaticQr, floors: [0] },
          };
          const [answer] = rehearse(scene, [{ method: 'qr', qr: { isStatic: true } }]);
          const obstacle = pictureObstacle(type, lock);
          expect(answer?.reason).toBe(obstacle === undefined ? 'granted' : reasonOf[obstacle]);
        }
  });
});
