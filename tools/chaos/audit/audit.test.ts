import { expect, it } from 'vitest';
import { audit, type DoorAccount, type Presentation, type ToldEvent } from './audit.ts';

function shown(key: string, at: number, outcome: Presentation['outcome']): Presentation {
  return { key, at, outcome };
}

function told(key: string, at: number, more: Partial<ToldEvent> = {}): ToldEvent {
  return { id: `1.${at}`, type: 'key_accepted', key, command: undefined, at, ...more };
}

function auditOf(door: Partial<DoorAccount>, maxUses: Record<string, number> = {}) {
  const account = { name: 'front', presentations: [], pulses: [], events: [], ...door };
  const { lost, doubled, overspent, withoutCause } = audit([account], new Map(Object.entries(maxUses)));
  return [lost.length, doubled.length, overspent.length, withoutCause.length];
}

it('finds nothing where each answer stands once, and what was cut off once or not at all', () => {
  const presentations = [
    shown('Ada', 1, 'granted'),
    shown('Ada', 2, 'unknown'),
    shown('Bo', 3, 'unknown'),
    shown('Ada', 4, 'denied'),
  ];
  const events = [told('Ada', 1), told('Bo', 3), told('Ada', 4, { type: 'key_refused' })];
  expect(auditOf({ presentations, events, pulses: [1, 3] }, { Ada: 1, Bo: 1 })).toEqual([0, 0, 0, 0]);
});

it('takes an event for what was answered rather than for what was cut off before it', () => {
  const presentations = [shown('Ada', 1, 'unknown'), shown('Bo', 2, 'unknown'), shown('Ada', 3, 'granted')];
  expect(auditOf({ presentations, events: [told('Ada', 3)] })).toEqual([0, 0, 0, 0]);
  expect(auditOf({ presentations, events: [told('Ada', 1), told('Ada', 3)] })).toEqual([0, 0, 0, 0]);
});

it('finds an answer that is not told', () => {
  const presentations = [shown('Ada', 1, 'granted'), shown('Bo', 2, 'granted'), shown('Cy', 3, 'denied')];
  expect(auditOf({ presentations, events: [told('Bo', 2)] })).toEqual([2, 0, 0, 0]);
});

it('finds what is told twice, told of nobody, or told the wrong way round', () => {
  const presentations = [shown('Ada', 1, 'granted')];
  const twice = [told('Ada', 1), told('Ada', 1)];
  expect(auditOf({ presentations, events: twice })).toEqual([0, 1, 0, 0]);
  expect(auditOf({ presentations, events: [told('Eve', 0), told('Ada', 1)] })).toEqual([0, 1, 0, 0]);
  const refused = [told('Ada', 1, { type: 'key_refused' })];
  expect(auditOf({ presentations, events: refused })).toEqual([1, 1, 0, 0]);
});

it('finds a command that was carried out twice', () => {
  const command = { key: undefined, command: 'c' };
  expect(auditOf({ events: [told('', 1, command), told('', 2, command)] })).toEqual([0, 1, 0, 0]);
});

it('finds a use too many, told or only seen', () => {
  const presentations = [shown('Ada', 1, 'granted'), shown('Ada', 2, 'granted')];
  const events = [told('Ada', 1), told('Ada', 2)];
  expect(auditOf({ presentations, events }, { Ada: 1 })).toEqual([0, 0, 1, 0]);
  expect(auditOf({ presentations, events: [told('Ada', 1)] }, { Ada: 1 })).toEqual([1, 0, 1, 0]);
});

it('finds an opening that nothing tells of', () => {
  expect(auditOf({ pulses: [10_000], events: [] })).toEqual([0, 0, 0, 1]);
});
