import { m } from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { KeyDialog } from '../KeyDialog.tsx';
import { SendKeyForm } from './SendKeyForm.tsx';

/** Send Email: the link of a Key, without showing it. */
export function SendKeyDialog() {
  return (
    <KeyDialog titleOf={(name) => m.key_send_of({ name })} isContentFocused>
      {({ place, shown, membership, close }) => (
        <>
          <p className="dialog-text">{m.key_send_text()}</p>
          <SendKeyForm place={place} shown={shown} zone={membership.zone} isFocusedFirst />
          <div className="dialog-end">
            <Button onClick={close}>{m.action_done()}</Button>
          </div>
        </>
      )}
    </KeyDialog>
  );
}
