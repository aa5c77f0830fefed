import { m, Notice } from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { IconCheck, IconCopy, IconDownload, IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';

function download(codes: readonly string[]): void {
  const address = URL.createObjectURL(new Blob([`${codes.join('\n')}\n`], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = 'claviger-recovery-codes.txt';
  link.click();
  URL.revokeObjectURL(address);
}

/** The codes for the day the phone is lost; they are shown this once. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const [isCopied, setIsCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard.writeText(codes.join('\n')).then(
      () => setIsCopied(true),
      () => setIsCopied(false),
    );
  };
  const CopyIcon = isCopied ? IconCheck : IconCopy;
  return (
    <div className="stack">
      <Notice tone="brass" icon={<IconInfoCircle size={18} stroke={1.6} aria-hidden />}>
        {m.recovery_codes_text()}
      </Notice>
      <ul className="recovery-codes mono" aria-label={m.recovery_codes()}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="dialog-end">
        <Button
          leftSection={<CopyIcon size={16} stroke={1.7} aria-hidden />}
          onClick={copy}
          aria-live="polite"
        >
          {isCopied ? m.key_copied() : m.action_copy()}
        </Button>
        <Button
          leftSection={<IconDownload size={16} stroke={1.7} aria-hidden />}
          onClick={() => download(codes)}
        >
          {m.action_download()}
        </Button>
        <Button variant="filled" onClick={onDone}>
          {m.action_done()}
        </Button>
      </div>
    </div>
  );
}
