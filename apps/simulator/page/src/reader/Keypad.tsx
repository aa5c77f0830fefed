import { useRef, useState, type KeyboardEvent, type SyntheticEvent } from 'react';
import { m } from '../i18n/messages.ts';
import { ReaderFace, type ReaderProps } from './ReaderFace.tsx';
import './keypad.css';

/** A keypad takes more digits than a PIN has: how long one is, it does not tell. */
const typedLimit = 12;

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** Digits, Clear and Enter; whoever types on a keyboard types into its display. */
export function Keypad({ onShow, ...face }: ReaderProps) {
  const [typed, setTyped] = useState('');
  const display = useRef<HTMLInputElement>(null);

  const type = (text: string) => {
    setTyped((before) => (before + text).replace(/\D/g, '').slice(0, typedLimit));
    display.current?.focus();
  };
  const clear = () => {
    setTyped('');
    display.current?.focus();
  };
  const enter = (event: SyntheticEvent) => {
    event.preventDefault();
    if (typed !== '') onShow(typed);
    clear();
  };
  const typeAtKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') clear();
    const isAtDisplay = event.target === display.current;
    if (!isAtDisplay && /^\d$/.test(event.key)) type(event.key);
  };
  const key = (digit: string) => (
    <button
      key={digit}
      type="button"
      onClick={() => {
        type(digit);
      }}
    >
      {digit}
    </button>
  );
  return (
    <ReaderFace reader="keypad" hint={m.keypad_hint()} {...face}>
      <form className="keypad" onSubmit={enter} onKeyDown={typeAtKey}>
        {/* No browser keeps a one-time code, and the keys below are all that a finger needs. */}
        <input
          ref={display}
          type="password"
          inputMode="none"
          autoComplete="one-time-code"
          aria-label={m.keypad_pin()}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value.replace(/\D/g, '').slice(0, typedLimit));
          }}
        />
        {digits.map(key)}
        <button type="button" className="keypad-word" onClick={clear}>
          {m.keypad_clear()}
        </button>
        {key('0')}
        <button type="submit" className="keypad-word">
          {m.keypad_enter()}
        </button>
      </form>
    </ReaderFace>
  );
}
