import type { KeySecrets } from '@claviger/protocol';
import { CopyButton, m } from '@claviger/web-kit';
import { Button, TextInput } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useId, useState } from 'react';
import './sharing.css';

/** Link and PIN of a Key, to be handed on. */
export function SecretsPanel({ secrets: { link, pin } }: { secrets: KeySecrets }) {
  return (
    <div className="key-secrets">
      <div className="key-link">
        <TextInput
          label={m.key_link()}
          description={m.key_link_hint()}
          value={link}
          classNames={{ input: 'mono' }}
          onFocus={({ currentTarget }) => currentTarget.select()}
          readOnly
        />
        <CopyLinkButton link={link} />
      </div>
      {pin !== undefined && <Pin pin={pin} />}
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
