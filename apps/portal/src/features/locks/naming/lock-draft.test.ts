import { expect, it } from 'vitest';
import {
  afterTelling,
  changeOf,
  type Edited,
  emptyDraft,
  overtakenFields,
  presentValues,
  shownIn,
  withTyped,
} from './lock-draft.ts';

const opened = {
  name: 'Front door',
  location: 'Hall',
  minimumAssurance: 'low',
  takesStaticQr: false,
  takesCardNumbers: true,
} as const;

it('sends what the person changed, and nothing else', () => {
  const strict = withTyped(emptyDraft, { minimumAssurance: 'high' }, opened);

  expect(changeOf(emptyDraft, opened)).toEqual({});
  expect(changeOf(strict, opened)).toEqual({ minimumAssurance: 'high' });
  expect(changeOf(withTyped(strict, { minimumAssurance: 'low' }, opened), opened)).toEqual({});
  expect(changeOf(withTyped(emptyDraft, { name: ' Gate ', location: ' ' }, opened), opened)).toEqual({
    name: 'Gate',
    location: '',
  });
});

it('leaves what the person did not touch as somebody else has made it', () => {
  const strict = withTyped(emptyDraft, { minimumAssurance: 'high' }, opened);
  const renamed = { ...opened, name: 'Gate' };

  expect(shownIn(strict, renamed)).toEqual({ ...renamed, minimumAssurance: 'high' });
  expect(changeOf(strict, renamed)).toEqual({ minimumAssurance: 'high' });
  expect(overtakenFields(strict, renamed)).toEqual([]);
});

it('knows a field that both changed, until the person was told', () => {
  const typed = withTyped(emptyDraft, { name: 'Main entrance' }, opened);
  const renamed = { ...opened, name: 'Gate', takesStaticQr: true };

  expect(overtakenFields(typed, renamed)).toEqual(['name']);
  expect(overtakenFields(afterTelling(typed, renamed), renamed)).toEqual([]);
  expect(overtakenFields(typed, { ...opened, name: 'Main entrance' })).toEqual([]);
  // Whoever begins to type after the new name has come has seen it.
  expect(overtakenFields(withTyped(emptyDraft, { name: 'Main entrance' }, renamed), renamed)).toEqual([]);
});

it('says what the fields are now', () => {
  const now: Edited = {
    ...{ name: 'Gate', location: '', takesCardNumbers: false, takesStaticQr: true },
    minimumAssurance: 'high',
  };

  expect(presentValues(['name', 'location', 'minimumAssurance'], now)).toBe(
    'It is now called Gate. It has no location now. Its minimum assurance is now: High.',
  );
  expect(presentValues(['takesCardNumbers', 'takesStaticQr'], now)).toBe(
    'It takes bare card numbers no more. It takes static pictures of permanent keys now.',
  );
});
