import type { UserColumn, UserImportCheck, UserImportProblem } from '@claviger/protocol';
import { client, Dialog, keys, m, pageLocale, ReasonDialog, useFormat, useMay } from '@claviger/web-kit';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { ImportPanel } from '../../../app/csv/ImportPanel.tsx';
import type { ImportCalls } from '../../../app/csv/use-import.ts';
import { useCloseDialog } from '../../../app/dialog-address.ts';
import { template, userCsv } from './user-csv.ts';

const problemWords: Readonly<Record<UserImportProblem, () => string>> = {
  name: m.users_import_name,
  email: m.users_import_email,
  twice: m.users_import_twice,
  user_exists: m.users_import_user_exists,
  phone: m.users_import_phone,
  mobile: m.users_import_phone,
  plates: m.users_import_plates,
  entity_unknown: m.users_import_entity_unknown,
  welcome: m.users_import_welcome,
  deactivated: m.users_import_deactivated,
};

/** So many welcome emails leave at once; the others wait, which is said. */
const mailsAtOnce = 100;

/** Import CSV of Users, over their list. */
export function ImportUsersDialog() {
  const { entityId } = useParams({ from: '/signed-in/e/$entityId/users/import' });
  const close = useCloseDialog();
  if (!useMay(entityId, 'startUserImport')) {
    return <ReasonDialog title={m.users_import()} reason={m.may_not()} onClose={close} />;
  }
  return (
    <Dialog title={m.users_import()} onClose={close}>
      <ImportUsers entityId={entityId} close={close} />
    </Dialog>
  );
}

function ImportUsers({ entityId, close }: { readonly entityId: string; readonly close: () => void }) {
  const queryClient = useQueryClient();
  const format = useFormat('UTC');
  const calls: ImportCalls<UserColumn, UserImportCheck> = {
    start: () => client.startUserImport(entityId),
    addLines: (importId, lines) => client.addUserImportLines({ entityId, importId }, { lines }),
    check: (importId) => client.checkUserImport({ entityId, importId }),
    apply: (importId) => client.applyUserImport({ entityId, importId }, { language: pageLocale() }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.users(entityId) }),
  };
  const wouldOf = ({ lines, newUsers, knownUsers, welcomes }: UserImportCheck) => {
    const words = welcomes > mailsAtOnce ? m.users_import_would_mails : m.users_import_would;
    return words({
      ...{ lines: format.number(lines), created: format.number(newUsers) },
      ...{ known: format.number(knownUsers), welcomes: format.number(welcomes) },
    });
  };
  return (
    <ImportPanel
      {...{ calls, template, wouldOf, problemWords, form: userCsv, onClose: close }}
      text={m.users_import_text()}
    />
  );
}
