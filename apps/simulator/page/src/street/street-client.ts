import { errorAnswer, Refusal } from '@claviger/protocol';
import type { DoorAction, NewDoor } from '../../../src/contract.ts';

/** An action that takes longer is given up; the live stream tells what became of it. */
const answerWithinMs = 10_000;

async function post(path: string, body: object): Promise<void> {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(answerWithinMs),
  });
  if (answer.ok) return;
  const refusal = errorAnswer.safeParse(await answer.json());
  if (!refusal.success) throw new Refusal('internal_fault');
  const { code, issues = [] } = refusal.data.error;
  throw new Refusal(code, { issues });
}

/**
 * What a person on the street can ask the simulator for; each throws a Refusal, or a fault of the network.
 */
export const streetClient = {
  act: (serial: string, action: DoorAction) => post(`/api/doors/${serial}/actions`, action),
  addDoor: (door: NewDoor) => post('/api/doors', door),
  removeDoor: (serial: string) => post(`/api/doors/${serial}/removal`, {}),
};
