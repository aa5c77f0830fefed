import { formsOf } from '@claviger/protocol';
import { pageLocale } from '@claviger/web-kit';

function daysIn(days: number): string {
  const forms = { style: 'unit', unit: 'day', unitDisplay: 'long' } as const;
  return new Intl.NumberFormat(formsOf(pageLocale()), forms).format(days);
}

const dayS = 86_400;

/** What is left, as `7:59:58`, with days before it; never below zero. */
export function timeLeft(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  const days = Math.floor(seconds / dayS);
  const [hours, minutes, rest] = [
    Math.floor((seconds % dayS) / 3600),
    Math.floor((seconds % 3600) / 60),
    seconds % 60,
  ];
  const clock = `${hours}:${String(minutes).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
  return days === 0 ? clock : `${daysIn(days)} ${clock}`;
}
