import { type NumberedDetail, type PlainDetail, readDetail } from '@claviger/domain';
import type { Format } from '../i18n/format.ts';
import { m } from '../i18n/messages.ts';
import { suspendedWords } from './reason-text.ts';

const plainWords: Readonly<Record<PlainDetail, () => string>> = {
  older_disk: m.detail_older_disk,
  sync_message: m.detail_sync_message,
  other_history: m.detail_other_history,
  earlier_boot: m.detail_earlier_boot,
  ended_waiting: m.detail_started_meanwhile,
  wrong_second_keypad: m.detail_wrong_second_keypad,
  wrong_second_qr_reader: m.detail_wrong_second_qr_reader,
  wrong_second_card_reader: m.detail_wrong_second_card_reader,
  damaged_path: m.detail_damaged_path,
  damaged_key: m.detail_damaged_key,
  damaged_button: m.detail_damaged_button,
  damaged_lock: m.detail_damaged_lock,
  damaged_boot: m.detail_damaged_boot,
  damaged_command: m.detail_damaged_command,
  damaged_evidence: m.detail_damaged_evidence,
  damaged_alarm: m.detail_damaged_alarm,
  damaged_doubt: m.detail_damaged_doubt,
  damaged_log: m.detail_damaged_log,
  damaged_gathered: m.detail_damaged_refusals,
  damaged_waiting: m.detail_damaged_refusals,
  damaged_log_start: m.detail_damaged_log_start,
  damaged_clock: m.detail_damaged_clock,
  damaged_untold: m.detail_damaged_untold,
  damaged_checksums: m.detail_damaged_checksums,
  damaged_ledger: m.detail_damaged_ledger,
  list_rollback: m.detail_list_rollback,
  list_too_long: m.detail_list_too_long,
  list_another_hash: m.detail_list_another_hash,
  list_malformed: m.detail_list_malformed,
  list_foreign: m.detail_list_foreign,
  list_other_version: m.detail_list_other_version,
  list_damaged: m.detail_list_damaged,
  command_foreign: m.drop_foreign,
  command_other_boot: m.drop_other_boot,
  command_replayed: m.drop_replayed,
  command_late: m.drop_late,
  command_no_time: m.drop_no_time,
  command_malformed: m.drop_malformed,
  command_bad_signature: m.drop_bad_signature,
  command_oversized: m.drop_oversized,
  suspended_holder: suspendedWords.holder,
  suspended_key: suspendedWords.key,
  suspended_binding: suspendedWords.binding,
  suspended_counter: suspendedWords.counter,
  suspended_credential: suspendedWords.credential,
};

type Numbers = readonly number[];

const numberedWords: Readonly<Record<NumberedDetail, (numbers: Numbers, format: Format) => string>> = {
  keys: ([count = 0], format) => m.detail_keys({ count: format.number(count) }),
  wrong_tries: ([count = 0, seconds = 0], format) =>
    m.detail_wrong_tries({ count: format.number(count), seconds: format.number(seconds) }),
  // From when until when stands beside the event (`gatheredRefusals`).
  refused_from: ([count = 0], format) => m.detail_refused_more({ count: format.number(count) }),
  refused_at_least: ([count = 0], format) =>
    `${m.detail_refused_more({ count: `≥ ${format.number(count)}` })}; ${m.detail_started_meanwhile()}`,
  refused_more: ([count = 0], format) => m.detail_refused_more({ count: format.number(count) }),
  not_kept: ([count = 0], format) => m.detail_not_kept({ count: format.number(count) }),
  clock_step_ms: ([ms = 0], format) => m.detail_clock_step({ ms: format.number(ms) }),
  given_up: ([count = 0, until = 0], format) =>
    m.detail_given_up({ count: format.number(count), moment: format.moment(until) }),
  after_event: ([epoch = 0, sequence = 0]) => m.detail_after_event({ epoch, sequence }),
  missing_events: ([fromLog = 0, from = 0, toLog = 0, to = 0]) =>
    m.detail_missing_events({ fromLog, from, toLog, to }),
  stay_ended: ([keys = 0, credentials = 0, granted = 0], format) =>
    m.detail_stay_ended({
      keys: format.number(keys),
      credentials: format.number(credentials),
      granted: format.number(granted),
    }),
};

/**
 * What was added to an event, in the language of the page, with how often (`×3`); what is in no code, such as
 * the version of a box, stands as it was written.
 */
export function detailText(detail: string, format: Format): string {
  const read = readDetail(detail);
  if (read === undefined) return detail;
  if ('numbers' in read) return numberedWords[read.code](read.numbers, format);
  const words = plainWords[read.code]();
  return read.times === 1 ? words : `${words} ×${format.number(read.times)}`;
}
