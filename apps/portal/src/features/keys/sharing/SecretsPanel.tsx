import type { ProofUse } from '@claviger/domain';
import type { Key, KeySecrets } from '@claviger/protocol';
import { CopyButton, type Format, m } from '@claviger/web-kit';
import { Button, TextInput } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { completing, isUseless, bestUse } from '../card/proof-facts.ts';
import './sharing.css';

interface SecretsPanelProps {
  readonly secrets: KeySecrets;
  readonly shown: Key;
  readonly format: Format;
}

/** What whoever gets the link can do with it. */
function linkHint(shown: Key): string {
  if (bestUse(shown, 'link')?.opens === 'alone') return m.key_link_hint();
  if (bestUse(shown, 'qr')?.opens === 'alone') return m.key_link_hint_qr();
  return isUseless(shown) ? m.key_link_hint_nothing() : m.key_link_hint_two();
}

/** What is missing of a PIN; undefined where it opens by itself, or there is none. */
function pinHint(use: ProofUse | undefined, format: Format): string | undefined {
  if (use?.opens === 'together') return m.key_pin_together({ proofs: completing(use.with, format) });
  return use?.opens === 'never' ? m.key_pin_too_weak() : undefined;
}

/** Link and PIN of a Key, to be handed on; what would not open is not handed on, and why is said. */
export function SecretsPanel({ secrets: { link, pin }, shown, format }: SecretsPanelProps) {
  const hint = pinHint(bestUse(shown, 'pin'), format);
  return (
    <div className="key-secrets">
      <div className="key-link">
        <TextInput
          label={m.key_link()}
          description={linkHint(shown)}
          value={link}
          classNames={{ input: 'mono' }}
          onFocus={({ currentTarget }) => currentTarget.select()}
          readOnly
        />
        <CopyLinkButton link={link} />
      </div>
      {pin !== undefined && <Pin pin={pin} />}
      {hint !== undefined && <p className="small">{hint}</p>}
    </div>
  );
}

function Pin({ pin }: { pin: string }) {
  const id = useId();
  return (
    <div className="key-pin" role="group" aria-labelledby={id}>
      <span id={id}>{m.key_pin()}</span>
      <b className="mono">{pin.replace(/\d{3}(?=\d{2})/g, '$& ')}</b>
      <CopyButton text={pin} label={m.key_copy_pin()} />
    </div>
  );
}

/** Where the browser forbids it, the link beside can still be selected. */
function CopyLinkButton({ link }: { link: string }) {
  const [isCopied, setIsCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard.writeText(link).then(
      () => setIsCopied(true),
      () => setIsCopied(false),
    );
  };
  const Icon = isCopied ? IconCheck : IconCopy;
  return (
    <Button
      leftSection={<Icon size={16} stroke={1.7} aria-hidden />}
      onClick={copy}
      onBlur={() => setIsCopied(false)}
      aria-live="polite"
    >
      {isCopied ? m.key_copied() : m.key_copy()}
    </Button>
  );
}
