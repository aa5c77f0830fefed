import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  commandStages,
  doorStages,
  finalStages,
  isFinalStage,
  isLaterStage,
  isRungBelow,
  stageAtRestart,
  type CommandStage,
} from './command.ts';

/** What a command is held to be after these reports. */
function stageAfter(reports: readonly CommandStage[]): CommandStage {
  return reports.reduce<CommandStage>(
    (current, next) => (isLaterStage(current, next) ? next : current),
    'issued',
  );
}

describe('the ladder of a command', () => {
  it.each<[CommandStage, CommandStage[]]>([
    ['issued', commandStages.slice(1)],
    ['sent', commandStages.slice(2)],
    ['accepted', ['unlocked', 'opened', 'interrupted', 'relocked', 'closed']],
    ['unlocked', ['opened', 'interrupted', 'relocked', 'closed']],
    ['opened', ['interrupted', 'relocked', 'closed']],
    ['closed', []],
  ])('goes from %s to %j and nowhere else', (current, later) => {
    expect(commandStages.filter((stage) => isLaterStage(current, stage))).toEqual(later);
  });

  it('believes a door that reports later than we thought it would', () => {
    const later = commandStages.filter((stage) => isLaterStage('expired', stage));

    expect(later).toEqual(expect.arrayContaining([...doorStages]));
    expect(later).not.toContain('sent');
  });

  it('lets an interrupted command be corrected by its real end, and by nothing less', () => {
    expect(commandStages.filter((stage) => isLaterStage('interrupted', stage))).toEqual([
      'relocked',
      'closed',
    ]);
  });

  it('takes what the door did on its way into the ladder, and nothing else', () => {
    const rungs = commandStages.map((current) => [
      current,
      commandStages.filter((stage) => isRungBelow(current, stage)).join(' '),
    ]);

    expect(rungs.filter(([, below]) => below !== '')).toEqual([
      ['unlocked', 'accepted'],
      ['opened', 'accepted unlocked'],
      ['interrupted', 'accepted unlocked opened'],
      ['relocked', 'accepted unlocked'],
      ['closed', 'accepted unlocked opened'],
    ]);
  });

  it('ends at expired, refused, interrupted, relocked or closed', () => {
    expect(commandStages.filter(isFinalStage)).toEqual([...finalStages]);
  });

  it.each<[CommandStage, CommandStage]>([
    ['issued', 'expired'],
    ['sent', 'expired'],
    ['accepted', 'interrupted'],
    ['unlocked', 'interrupted'],
    ['opened', 'interrupted'],
    ...finalStages.map((stage): [CommandStage, CommandStage] => [stage, stage]),
  ])('goes from %s to %s when the door starts again', (stage, end) => {
    expect(stageAtRestart(stage)).toBe(end);
    expect(end === stage || isLaterStage(stage, end)).toBe(true);
  });

  it('tells the same in the end, in whatever order reports come and however often', () => {
    const reports = fc.array(fc.constantFrom(...commandStages), { maxLength: 12 });
    const shuffled = reports.chain((told) =>
      fc.tuple(fc.constant(told), fc.shuffledSubarray([...told, ...told], { minLength: told.length * 2 })),
    );

    fc.assert(
      fc.property(shuffled, ([told, again]) => {
        expect(stageAfter(again)).toBe(stageAfter(told));
      }),
    );
  });

  it('tells what really happened, whenever the door starts again among its reports', () => {
    const histories = [
      ['accepted', 'unlocked', 'opened', 'closed'] as const,
      ['accepted', 'relocked'] as const,
    ];

    fc.assert(
      fc.property(fc.constantFrom(...histories), fc.nat(), fc.nat(), (history, length, at) => {
        const told: CommandStage[] = history.slice(0, length % (history.length + 1));
        const before = told.slice(0, at % (told.length + 1));
        const conclusion = stageAtRestart(stageAfter(before));
        const end = stageAtRestart(stageAfter([...before, conclusion, ...told]));

        expect(end).toBe(stageAtRestart(stageAfter(told)));
      }),
    );
  });
});
