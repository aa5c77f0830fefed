import { ActionIcon } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';

/**
 * Copies a text; the tick says that it did. Where the browser forbids it, the text beside can still be
 * selected.
 */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [isCopied, setIsCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard.writeText(text).then(
      () => setIsCopied(true),
      () => setIsCopied(false),
    );
  };
  return (
    <ActionIcon aria-label={label} onClick={copy} onBlur={() => setIsCopied(false)}>
      {isCopied ? <IconCheck size={16} stroke={1.8} /> : <IconCopy size={16} stroke={1.6} />}
    </ActionIcon>
  );
}
