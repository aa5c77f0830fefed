import type { DoorView } from '../../../src/contract.ts';
import { m } from '../i18n/messages.ts';
import { agentWords, boltWords } from './door-words.ts';

type Tone = 'plain' | 'ok' | 'brass' | 'bad';

const agentTones = { off: 'plain', starting: 'brass', running: 'ok', ended: 'bad' } as const;

/** How contact, bolt and agent are, in words. */
export function DoorStatus({ door }: { door: DoorView }) {
  const rows: readonly { readonly name: string; readonly words: string; readonly tone: Tone }[] = [
    {
      name: m.contact(),
      words: door.isOpen ? m.contact_open() : m.contact_closed(),
      tone: door.isOpen ? 'ok' : 'plain',
    },
    { name: m.bolt(), words: boltWords(door.bolt), tone: door.bolt === 'thrown' ? 'plain' : 'brass' },
    { name: m.agent(), words: agentWords(door.agent), tone: agentTones[door.agent.state] },
  ];
  return (
    <dl className="door-status">
      {rows.map(({ name, words, tone }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd data-tone={tone}>{words}</dd>
        </div>
      ))}
    </dl>
  );
}
