import { expect, it } from 'vitest';
import { cardObstacleAt, type Copyable, obstacleAtAll, pictureObstacleAt } from './lock-obstacles.ts';

const door: Copyable = {
  ...{ model: 'virtual-door', minimumAssurance: 'low', takesStaticQr: false, takesCardNumbers: true },
};
const strict: Copyable = { ...door, minimumAssurance: 'medium' };
const asked: Copyable = { ...door, takesCardNumbers: false };
const bare: Copyable = { ...door, model: 'virtual-lock' };

it.each([
  [door, undefined],
  [asked, /not allowed/],
  [strict, /proves too little/],
  [bare, /no card reader/],
])('a bare card number at %j: %s', (lock, obstacle) => {
  if (obstacle === undefined) expect(cardObstacleAt(lock)).toBeUndefined();
  else expect(cardObstacleAt(lock)).toMatch(obstacle);
});

it('a static picture of a guest is kept off by reader and assurance alone', () => {
  expect([door, asked].map(pictureObstacleAt)).toEqual([undefined, undefined]);
  expect(pictureObstacleAt(strict)).toMatch(/proves too little/);
  expect(pictureObstacleAt(bare)).toMatch(/no QR reader/);
});

it('of several locks of a Key one without an obstacle is enough', () => {
  expect(obstacleAtAll([asked, door], cardObstacleAt)).toBeUndefined();
  expect(obstacleAtAll([asked, bare], cardObstacleAt)).toMatch(/not allowed/);
  expect(obstacleAtAll([], cardObstacleAt)).toBeUndefined();
});
