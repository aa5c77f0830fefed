import { type CommandStage, commandStages, isFinalStage } from '@claviger/domain';
import { describe, expect, it } from 'vitest';
import { isPresent, ladderOf, type Rung } from './ladder.ts';

const ladder = (...stages: CommandStage[]) =>
  ladderOf({
    stage: stages.at(-1) ?? 'issued',
    stages: stages.map((stage, index) => ({ stage, at: index })),
  });

const states = (...stages: CommandStage[]) => ladder(...stages).rungs.map(({ state }) => state);

describe('the ladder of an opening', () => {
  it.each<[CommandStage[], string[]]>([
    [['issued'], ['current', 'waiting', 'waiting', 'waiting', 'waiting']],
    [
      ['issued', 'sent'],
      ['done', 'current', 'waiting', 'waiting', 'waiting'],
    ],
    [
      ['issued', 'sent', 'accepted'],
      ['done', 'done', 'current', 'waiting', 'waiting'],
    ],
    [
      ['issued', 'sent', 'accepted', 'unlocked'],
      ['done', 'done', 'done', 'current', 'waiting'],
    ],
    [
      ['issued', 'sent', 'accepted', 'unlocked', 'opened'],
      ['done', 'done', 'done', 'done', 'current'],
    ],
    [
      ['issued', 'sent', 'accepted', 'unlocked', 'opened', 'closed'],
      ['done', 'done', 'done', 'done', 'done'],
    ],
  ])('after %j shows %j', (stages, expected) => {
    expect(states(...stages)).toEqual(expected);
  });

  it('counts what lies under a confirmed rung as done, without inventing its time', () => {
    const { rungs } = ladder('issued', 'unlocked');
    expect(rungs.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'current', 'waiting']);
    expect(rungs.map(({ at }) => at)).toEqual([undefined, undefined, 1, undefined, undefined]);
    expect(rungs.map(({ by }) => by)).toEqual([1, 1, undefined, undefined, undefined]);
  });

  it('says that a door nobody opened was not opened', () => {
    const view = ladder('issued', 'sent', 'accepted', 'unlocked', 'relocked');
    expect(view.end).toBe('not_opened');
    expect(view.rungs.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'left_out', 'left_out']);
  });

  it('shows an expired command as sent, and claims nothing of the rest', () => {
    const view = ladder('issued', 'sent', 'expired');
    expect(view.end).toBe('expired');
    expect(view.rungs.map(({ state }) => state)).toEqual([
      'done',
      'unconfirmed',
      'unconfirmed',
      'unconfirmed',
      'unconfirmed',
    ]);
  });

  it('shows of an interrupted command what the door had confirmed, and claims nothing of the rest', () => {
    const view = ladder('issued', 'sent', 'accepted', 'unlocked', 'interrupted');
    expect(view.end).toBe('interrupted');
    expect(view.rungs.map(({ state }) => state)).toEqual([
      'done',
      'done',
      'done',
      'unconfirmed',
      'unconfirmed',
    ]);
  });

  it('shows a rung that the log told only after the interruption', () => {
    const told = ['accepted', 'interrupted', 'unlocked', 'opened'] as const;
    const { end, rungs } = ladderOf({
      stage: 'interrupted',
      stages: told.map((stage, at) => ({ stage, at })),
    });

    expect(end).toBe('interrupted');
    expect(rungs.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done', 'unconfirmed']);
  });

  it('says of a refused command that nothing of it happened', () => {
    expect(states('issued', 'sent', 'refused').slice(1)).toEqual(Array(4).fill('left_out'));
  });

  it('goes on where the door reports after all', () => {
    const view = ladder('issued', 'sent', 'expired', 'unlocked');
    expect(view.end).toBeUndefined();
    expect(view.rungs.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'current', 'waiting']);
  });

  it('carries the reason of a refusal and of nothing else', () => {
    const stages = [{ stage: 'sent', at: 1 }] as const;
    expect(ladderOf({ stage: 'refused', stages: [...stages], reason: 'lockdown' })).toMatchObject({
      end: 'refused',
      reason: 'lockdown',
    });
    expect(ladderOf({ stage: 'accepted', stages: [...stages], reason: 'granted' })).not.toHaveProperty(
      'reason',
    );
  });

  it.each(commandStages)('is over after %s exactly when nothing more can come', (stage) => {
    expect(ladder(stage).end !== undefined).toBe(isFinalStage(stage));
  });
});

describe('a rung', () => {
  const at = 1_000_000;
  const heard = { isHeard: true, unlockForMs: 5_000, now: at + 1_000 };
  const rung = (name: Rung['name']): Rung => ({ name, state: 'done', at });

  it.each(['sent', 'accepted', 'opened'] as const)(
    '%s is told in the present while the door is heard',
    (name) => {
      expect(isPresent(rung(name), { ...heard, now: at + 3_600_000 })).toBe(true);
      expect(isPresent(rung(name), { ...heard, isHeard: false })).toBe(false);
    },
  );

  it('unlocked is told in the present only for as long as the door stays unlocked', () => {
    expect(isPresent(rung('unlocked'), heard)).toBe(true);
    expect(isPresent(rung('unlocked'), { ...heard, now: at + 4_999 })).toBe(true);
    expect(isPresent(rung('unlocked'), { ...heard, now: at + 5_000 })).toBe(false);
    expect(isPresent(rung('unlocked'), { ...heard, isHeard: false })).toBe(false);
  });
});
