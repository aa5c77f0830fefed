import { m } from '../i18n/messages.ts';

/** What a door says of a command that it dropped. */
const dropWords: Readonly<Record<string, () => string>> = {
  'command foreign': m.drop_foreign,
  'command other_boot': m.drop_other_boot,
  'command replayed': m.drop_replayed,
  'command late': m.drop_late,
  'command no_time': m.drop_no_time,
};

/** What the door added to an event, with how often (`×3`); what has no words here stands as it wrote it. */
export function detailText(detail: string): string {
  const [, cause = '', count = ''] = /^(.*?)( ×\d+)?$/.exec(detail) ?? [];
  const words = dropWords[cause];
  return words ? words() + count : detail;
}
