import { m } from '../i18n/messages.ts';
import './top-bar.css';

/** The head of the page: whose it is, that it is a demo, whether it is live. */
export function TopBar({ isLive }: { isLive: boolean }) {
  return (
    <header className="top-bar">
      <img className="top-mark" src="/icon.svg" alt="" width="30" height="30" />
      <b>Claviger</b>
      <span className="top-place">{m.brand_street()}</span>
      <span className="top-demo">{m.demo_note()}</span>
      <span className="top-live" data-live={isLive} role="status">
        {isLive ? m.live() : m.reconnecting()}
      </span>
    </header>
  );
}
