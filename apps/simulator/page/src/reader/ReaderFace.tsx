import type { Reader } from '@claviger/domain';
import { IconCheck, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { m } from '../i18n/messages.ts';
import type { Signal } from '../street/street-state.ts';
import { readerAt } from './reader-words.ts';
import { useLit } from './use-lit.ts';

/** One reader: where it is, its last signal, what somebody does with whatever they show to it. */
export interface ReaderProps {
  readonly door: string;
  readonly signal: Signal | undefined;
  /** Why it is dark and reads nothing; undefined while it reads. */
  readonly dark: string | undefined;
  readonly onShow: (text: string) => void;
}

interface ReaderFaceProps extends Omit<ReaderProps, 'onShow'> {
  readonly reader: Reader;
  /** What to do here, as long as the reader has nothing to say. */
  readonly hint: string;
  readonly children: ReactNode;
}

const icon = { size: 16, stroke: 2.4, 'aria-hidden': true } as const;

function Light({ lit, words }: { lit: Signal | undefined; words: string }) {
  return (
    <p className="reader-light" role="status">
      <span className="reader-lamp">
        {lit && (lit.isGranted ? <IconCheck {...icon} /> : <IconX {...icon} />)}
      </span>
      {words}
    </p>
  );
}

/** The front of a reader: its light with the word for it, and what can be touched. Dark, nothing can be. */
export function ReaderFace({ door, reader, signal, dark, hint, children }: ReaderFaceProps) {
  const lit = useLit(signal);
  const shown = dark === undefined ? lit : undefined;
  const granted = shown?.isGranted === true ? m.signal_yes() : m.signal_no();
  return (
    <fieldset
      className="reader"
      aria-label={readerAt(reader, door)}
      disabled={dark !== undefined}
      data-light={dark === undefined ? (shown ? (shown.isGranted ? 'yes' : 'no') : 'ready') : 'dark'}
    >
      <Light lit={shown} words={dark ?? (shown ? granted : hint)} />
      {children}
    </fieldset>
  );
}
