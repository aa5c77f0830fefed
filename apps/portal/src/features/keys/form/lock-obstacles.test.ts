import { expect, it } from 'vitest';
import {
  type Asking,
  cardObstacleAt,
  guestKeyHintAt,
  guestKeyObstacleAt,
  obstacleAtAll,
  pictureObstacleAt,
} from './lock-obstacles.ts';

const door: Asking = {
  ...{ model: 'virtual-door', minimumAssurance: 'low', takesStaticQr: false, takesCardNumbers: true },
};
const strict: Asking = { ...door, minimumAssurance: 'medium' };
const asked: Asking = { ...door, takesCardNumbers: false };
const bare: Asking = { ...door, model: 'virtual-lock' };

it.each([
  [door, undefined],
  [asked, /not allowed/],
  [strict, /proves too little/],
  [{ ...strict, takesCardNumbers: false }, /proves too little/],
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

it('a guest key is offered with what the lock takes of it, and not where that is nothing', () => {
  const gate: Asking = { ...strict, model: 'virtual-gate' };

  expect([door, asked, bare].map(guestKeyHintAt)).toEqual([undefined, undefined, undefined]);
  expect(guestKeyHintAt(strict)).toMatch(/^Only the QR code on the key’s page opens here:/);
  expect(guestKeyHintAt({ ...strict, minimumAssurance: 'high' })).toMatch(
    /QR .* and the PIN together open here/,
  );
  expect([door, strict, bare].map(guestKeyObstacleAt)).toEqual([undefined, undefined, undefined]);
  expect(guestKeyObstacleAt(gate)).toMatch(/^A guest key would open nothing here/);
  expect(guestKeyHintAt(gate)).toBeUndefined();
});

it('what is said of a picture where there is no QR reader promises nothing that the lock refuses', () => {
  const gate: Asking = { ...door, model: 'virtual-gate' };

  expect(pictureObstacleAt(gate)).toMatch(/The PIN opens it\.$/);
  expect(pictureObstacleAt({ ...gate, minimumAssurance: 'medium' })).toBe('This lock has no QR reader.');
});
