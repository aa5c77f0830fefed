import { assurances, findModel } from '@claviger/domain';
import type { Lock } from '@claviger/protocol';
import { m } from '@claviger/web-kit';
import { NativeSelect, Switch } from '@mantine/core';
import { assuranceTexts, type Leaves } from './leaves.ts';

interface LeavesFieldsProps {
  readonly lock: Lock;
  readonly leaves: Leaves;
  readonly onChange: (change: Partial<Leaves>) => void;
}

/** What a lock asks of a credential, and what may open it although it can be copied; says what that means. */
export function LeavesFields({ lock, leaves, onChange }: LeavesFieldsProps) {
  const capabilities = findModel(lock.model)?.capabilities ?? [];
  const [readsCards, readsQr] = [capabilities.includes('card_reader'), capabilities.includes('qr_reader')];
  return (
    <>
      <NativeSelect
        label={m.lock_minimum_assurance()}
        description={assuranceTexts[leaves.minimumAssurance].takes()}
        name="minimumAssurance"
        value={leaves.minimumAssurance}
        onChange={({ currentTarget }) => {
          const chosen = assurances.find((assurance) => assurance === currentTarget.value);
          if (chosen) onChange({ minimumAssurance: chosen });
        }}
        data={assurances.map((value) => ({ value, label: assuranceTexts[value].name() }))}
      />
      <Switch
        label={m.lock_card_numbers()}
        description={readsCards ? m.lock_card_numbers_hint() : m.card_no_reader()}
        checked={leaves.takesCardNumbers}
        disabled={!readsCards && !leaves.takesCardNumbers}
        onChange={({ currentTarget }) => onChange({ takesCardNumbers: currentTarget.checked })}
      />
      <Switch
        label={m.lock_static_qr()}
        description={readsQr ? m.lock_static_qr_hint() : m.lock_no_qr_reader()}
        checked={leaves.takesStaticQr}
        disabled={!readsQr && !leaves.takesStaticQr}
        onChange={({ currentTarget }) => onChange({ takesStaticQr: currentTarget.checked })}
      />
    </>
  );
}
