import type { Reader } from '@claviger/domain';
import { useState } from 'react';
import { readersOf, type DoorAction, type DoorView } from '../../../src/contract.ts';
import '../door/choices.css';
import { m } from '../i18n/messages.ts';
import type { KnownDoor } from '../street/street-state.ts';
import { CardReader } from '../card/CardReader.tsx';
import { Keypad } from './Keypad.tsx';
import { QrReader } from './QrReader.tsx';
import { darkWords, readerName } from './reader-words.ts';
import './readers.css';

const faces = { keypad: Keypad, qr_reader: QrReader, card_reader: CardReader };

interface ChoiceProps {
  readonly door: DoorView;
  readonly chosen: Reader;
  readonly onChoose: (reader: Reader) => void;
}

function ReaderChoice({ door, chosen, onChoose }: ChoiceProps) {
  return (
    <fieldset className="reader-choice">
      <legend className="only-heard">{m.readers_at({ name: door.name })}</legend>
      <div className="choices">
        {readersOf(door.model).map((reader) => (
          <label key={reader}>
            <input
              type="radio"
              name={`reader-${door.serial}`}
              checked={reader === chosen}
              onChange={() => {
                onChoose(reader);
              }}
            />
            <span>{readerName(reader)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface ReadersProps {
  readonly known: KnownDoor;
  readonly onAct: (action: DoorAction) => void;
}

/** The readers beside a door, one at a time: somebody stands at the one that is chosen. */
export function Readers({ known: { door, signal }, onAct }: ReadersProps) {
  const [first] = readersOf(door.model);
  const [chosen, setChosen] = useState(first);
  if (chosen === undefined) {
    return <p className="readers small">{m.readers_none()}</p>;
  }
  const Face = faces[chosen];
  return (
    <section className="readers">
      <ReaderChoice door={door} chosen={chosen} onChoose={setChosen} />
      <Face
        door={door.name}
        signal={signal?.reader === chosen ? signal : undefined}
        dark={darkWords(door)}
        onShow={(text) => {
          onAct({ type: 'show', reader: chosen, text });
        }}
      />
    </section>
  );
}
