import { expect, it } from 'vitest';
import { changesOf } from './lock-changes.ts';

const opened = {
  name: 'Front door',
  location: 'Hall',
  minimumAssurance: 'low',
  takesStaticQr: false,
  takesCardNumbers: true,
} as const;

it('names what somebody else changed, and nothing that stayed', () => {
  expect(changesOf(opened, opened)).toEqual([]);
  expect(changesOf(opened, { ...opened, takesStaticQr: true })).toEqual([
    'It takes static pictures of permanent keys now.',
  ]);
  const all = { name: 'Gate', location: '', minimumAssurance: 'high', takesCardNumbers: false } as const;
  expect(changesOf(opened, { ...opened, ...all })).toEqual([
    'It is now called Gate.',
    'It has no location now.',
    'Its minimum assurance is now: High.',
    'It takes bare card numbers no more.',
  ]);
});
