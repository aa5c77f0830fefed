import { describe, expect, it } from 'vitest';
import { commandStages, finalStages, isLaterStage, type CommandStage } from './command.ts';

describe('the ladder of a command', () => {
  it.each<[CommandStage, CommandStage[]]>([
    ['issued', ['sent', 'accepted', 'unlocked', 'opened', 'closed', 'relocked', 'refused', 'expired']],
    ['sent', ['accepted', 'unlocked', 'opened', 'closed', 'relocked', 'refused', 'expired']],
    ['accepted', ['unlocked', 'opened', 'closed', 'relocked']],
    ['unlocked', ['opened', 'closed', 'relocked']],
    ['opened', ['closed', 'relocked']],
    ['closed', []],
    ['relocked', []],
  ])('goes from %s to %j and nowhere else', (current, later) => {
    expect(commandStages.filter((stage) => isLaterStage(current, stage))).toEqual(later);
  });

  it('believes a door that reports later than we thought it would', () => {
    const later = commandStages.filter((stage) => isLaterStage('expired', stage));

    expect(later).toEqual(['accepted', 'unlocked', 'opened', 'closed', 'relocked', 'refused']);
  });

  it('ends at closed, relocked, refused or expired', () => {
    expect(finalStages).toEqual(['closed', 'relocked', 'refused', 'expired']);
  });
});
