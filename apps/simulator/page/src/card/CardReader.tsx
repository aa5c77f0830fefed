import { CopyButton } from '@claviger/web-kit';
import { Button, TextInput } from '@mantine/core';
import { IconWifi } from '@tabler/icons-react';
import { useState, type SyntheticEvent } from 'react';
import { m } from '../i18n/messages.ts';
import { printedCardNumber, readCardNumber } from './card-number.ts';
import { exampleCards } from './example-cards.ts';
import { ReaderFace, type ReaderProps } from '../reader/ReaderFace.tsx';
import './card-reader.css';

/** Characters of the longest card number with everything that people type between its bytes. */
const typedLimit = 40;

function ExampleCards({ onShow }: Pick<ReaderProps, 'onShow'>) {
  return (
    <ul className="example-cards">
      {exampleCards.map(({ look, number, holdIt, copyIt }) => (
        <li key={number}>
          <button
            type="button"
            className="example-card"
            data-look={look}
            onClick={() => {
              onShow(number);
            }}
          >
            <b>{holdIt()}</b>
            <span className="mono">{printedCardNumber(number)}</span>
          </button>
          <CopyButton text={number} label={copyIt()} />
        </li>
      ))}
    </ul>
  );
}

/** Cards to hold to the reader: two that lie ready, and any other by its number. */
export function CardReader({ onShow, ...face }: ReaderProps) {
  const [typed, setTyped] = useState('');
  const [isWrong, setIsWrong] = useState(false);
  const show = (event: SyntheticEvent) => {
    event.preventDefault();
    const number = readCardNumber(typed);
    setIsWrong(number === undefined);
    if (number !== undefined) onShow(number);
  };
  return (
    <ReaderFace reader="card_reader" hint={m.card_hint()} {...face}>
      <div className="card-antenna" aria-hidden>
        <IconWifi size={36} stroke={1.4} />
      </div>
      <ExampleCards onShow={onShow} />
      <form className="reader-form" onSubmit={show} noValidate>
        <TextInput
          label={m.card_number()}
          value={typed}
          maxLength={typedLimit}
          autoComplete="off"
          spellCheck={false}
          error={isWrong ? m.card_number_rule() : undefined}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
          }}
        />
        <Button type="submit">{m.card_hold()}</Button>
      </form>
    </ReaderFace>
  );
}
