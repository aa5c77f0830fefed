import { Refusal } from '@claviger/protocol';

/**
 * Until when the lock cools down, if that is why a press was refused at `now` (the server's clock). A wait
 * that the server asks for on its own account is none of the door's.
 */
export function cooldownAfter(error: Error | null, now: number): number | undefined {
  if (!isCooldown(error)) return undefined;
  return error.retryAfterS === undefined ? undefined : now + error.retryAfterS * 1000;
}

/** What is told as an error of a press: a cooldown is not one, its countdown says all there is to say. */
export function errorOfPress(error: Error | null): Error | null {
  return isCooldown(error) ? null : error;
}

function isCooldown(error: Error | null): error is Refusal {
  return error instanceof Refusal && error.code === 'cooldown';
}
