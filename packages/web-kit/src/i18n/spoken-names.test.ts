import { expect, it } from 'vitest';
import de from '../../messages/de.json' with { type: 'json' };
import en from '../../messages/en.json' with { type: 'json' };
import zh from '../../messages/zh.json' with { type: 'json' };

/** Buttons whose text is the message of another name than the one that their spoken name is made from. */
const elsewhere: Readonly<Record<string, string>> = {
  session_end_of: 'sign_out',
  invitation_resend_to: 'invitation_resend',
  key_activity_of: 'section_activity',
  attention_look_at: 'attention_look',
};

const languages = Object.entries({ en, de, zh }).map(
  ([tag, messages]) => [tag, new Map<string, unknown>(Object.entries(messages))] as const,
);

/** Each spoken name that says more than the button reads, with what the button reads. */
function pairsOf(messages: ReadonlyMap<string, unknown>): [spoken: string, read: string][] {
  return [...messages].flatMap(([name, spoken]) => {
    const read = messages.get(elsewhere[name] ?? name.replace(/_of$/, ''));
    const isPair = (name.endsWith('_of') || name in elsewhere) && typeof read === 'string';
    return isPair && typeof spoken === 'string' ? [[spoken, read] as [string, string]] : [];
  });
}

it.each(languages)('a button can be called by what is read on it in %s', (_tag, messages) => {
  const pairs = pairsOf(messages);
  expect(pairs.length).toBeGreaterThan(12);
  const deaf = pairs.filter(([spoken, read]) => !spoken.toLowerCase().includes(read.toLowerCase()));
  expect(deaf).toEqual([]);
});
