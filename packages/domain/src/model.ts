/** What a model of lock or door phone can do (PRODUCT section 2, "Model capabilities"). */
export const capabilities = [
  'keypad',
  'qr_reader',
  'card_reader',
  'nfc_programmer',
  'remote_receiver',
  'fingerprint_reader',
  'lift_floors',
  'phone_proximity',
  'day_latch',
  'permanent_open',
  'party_mode',
] as const;
export type Capability = (typeof capabilities)[number];

export interface Model {
  readonly code: string;
  readonly name: string;
  readonly capabilities: readonly Capability[];
  readonly isVirtual: boolean;
}

/** The model catalogue: the only place where device model names appear. */
export const models: readonly Model[] = [
  {
    code: 'virtual-door',
    name: 'Virtual door',
    capabilities: ['keypad', 'qr_reader', 'card_reader', 'day_latch', 'permanent_open', 'party_mode'],
    isVirtual: true,
  },
  { code: 'virtual-gate', name: 'Virtual gate', capabilities: ['keypad', 'card_reader'], isVirtual: true },
  { code: 'virtual-lock', name: 'Virtual lock', capabilities: [], isVirtual: true },
  {
    code: 'door-box-1',
    name: 'Door box',
    capabilities: ['keypad', 'qr_reader', 'card_reader'],
    isVirtual: false,
  },
];

/** The model of this code, or undefined: an unknown model has no capability at all. */
export function findModel(code: string): Model | undefined {
  return models.find((model) => model.code === code);
}

/** What a lock is called until a person names it: its model, and the end of its serial number. */
export function provisionalName(model: string, serial: string): string {
  return `${findModel(model)?.name ?? 'Lock'} ${serial.slice(-4)}`;
}
