import { m } from '../i18n/messages.ts';

/** Every model of the catalogue in words; a model's name is a word of ours, not a brand. */
export const modelWords: Readonly<Record<string, () => string>> = {
  'virtual-door': m.model_virtual_door,
  'virtual-gate': m.model_virtual_gate,
  'virtual-lock': m.model_virtual_lock,
  'door-box-1': m.model_door_box,
};

/** What a model is called; one that this page does not know is called by its code. */
export function modelText(code: string): string {
  return modelWords[code]?.() ?? code;
}
