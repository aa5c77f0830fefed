import { type Capability, findModel } from '@claviger/domain';
import type { Lock } from '@claviger/protocol';

/** Whether the model of this lock can do this; nothing, where no lock was chosen yet. */
export function can(lock: Pick<Lock, 'model'> | undefined, capability: Capability): boolean {
  return findModel(lock?.model ?? '')?.capabilities.includes(capability) ?? false;
}
