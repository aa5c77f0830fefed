import { type CommandStage, commandStages, finalStages } from '@claviger/domain';
import { describe, expect, it } from 'vitest';
import { isFinal, ladderOf } from './ladder.ts';

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
  });

  it('says that a door nobody opened was not opened', () => {
    const view = ladder('issued', 'sent', 'accepted', 'unlocked', 'relocked');
    expect(view.end).toBe('not_opened');
    expect(view.rungs.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'left_out', 'left_out']);
  });

  it('shows an expired command as sent and no further', () => {
    const view = ladder('issued', 'sent', 'expired');
    expect(view.end).toBe('expired');
    expect(view.rungs.map(({ state }) => state)).toEqual([
      'done',
      'left_out',
      'left_out',
      'left_out',
      'left_out',
    ]);
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
    expect(isFinal(stage)).toBe(finalStages.includes(stage));
    expect(ladder(stage).end !== undefined).toBe(finalStages.includes(stage));
  });
});
