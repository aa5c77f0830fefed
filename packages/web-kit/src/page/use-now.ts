import { useEffect, useState } from 'react';
import { serverNow } from '../api/server-clock.ts';

/**
 * The server's time, read again every `everyMs`; it rests while `isNeeded` is false. For countdowns and
 * "ago".
 */
export function useNow(everyMs: number, isNeeded = true): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    if (!isNeeded) return;
    setNow(serverNow());
    const timer = setInterval(() => setNow(serverNow()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, isNeeded]);
  return now;
}
