import { Dialog, m, Notice, CopyButton } from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { MakeForm } from './MakeForm.tsx';
import { useMakeApiKey } from './queries.ts';

interface MakeDialogProps {
  readonly entityId: string;
  readonly entity: string;
  readonly grantable: readonly string[];
  readonly onClose: () => void;
}

/** Makes an API key, and shows it once. */
export function MakeDialog({ entityId, entity, grantable, onClose }: MakeDialogProps) {
  const make = useMakeApiKey(entityId);
  return (
    <Dialog
      title={make.data ? m.operation_api_key_make() : m.api_key_make()}
      {...(!make.data && { onClose })}
      isContentFocused={!make.data}
    >
      {make.data ? (
        <Shown apiKey={make.data.key} onClose={onClose} />
      ) : (
        <MakeForm {...{ entity, grantable, make, onClose }} />
      )}
    </Dialog>
  );
}

function Shown({ apiKey, onClose }: { apiKey: string; onClose: () => void }) {
  return (
    <div className="api-key-shown">
      <Notice tone="brass" icon={<IconInfoCircle size={18} stroke={1.6} aria-hidden />}>
        {m.api_key_shown_once()}
      </Notice>
      <div className="authenticator-secret">
        <code className="api-key-text" aria-label={m.api_key_title()}>
          {apiKey}
        </code>
        <CopyButton text={apiKey} label={m.api_key_copy()} />
      </div>
      <p className="small">{m.api_key_how()}</p>
      <div className="dialog-end">
        <Button variant="filled" onClick={onClose}>
          {m.action_done()}
        </Button>
      </div>
    </div>
  );
}
