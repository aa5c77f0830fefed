import { useServerSilence } from '../api/silence.ts';
import { m } from '../i18n/messages.ts';
import { useLiveStatus } from '../live/LiveProvider.tsx';
import './live-sign.css';

/** Says truly whether the page is live; nothing where the page asks again by itself and can be no more. */
export function LiveSign() {
  const live = useLiveStatus();
  const isSilent = useServerSilence() !== undefined;
  const status = isSilent ? 'off' : live;
  if (status === undefined) return null;
  const words = {
    connecting: m.live_connecting,
    live: m.live_on,
    reconnecting: m.live_reconnecting,
    off: m.live_off,
  };
  return (
    <span className="live-sign" data-status={status} role="status">
      {words[status]()}
    </span>
  );
}
