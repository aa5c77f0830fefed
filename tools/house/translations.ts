/** A message file: its keys (nested ones dotted) and, for each, the placeholders of its text, sorted. */
export type Catalogue = ReadonlyMap<string, readonly string[]>;

type Message = string | number | boolean | null | readonly Message[] | { readonly [name: string]: Message };

const PLACEHOLDER = /\{\s*([A-Za-z_]\w*)\s*\}/g;

/** Reads a message file. A list is one message with variants (plural), an object a group of messages. */
export function readCatalogue(text: string): Catalogue {
  const catalogue = new Map<string, readonly string[]>();
  const read = (prefix: string, message: Message): void => {
    if (typeof message === 'object' && message !== null && !isVariants(message)) {
      for (const [name, child] of Object.entries(message)) read(prefix ? `${prefix}.${name}` : name, child);
      return;
    }
    const names = Array.from(JSON.stringify(message).matchAll(PLACEHOLDER), ([, name]) => name ?? '');
    catalogue.set(prefix, [...new Set(names)].sort());
  };
  const messages = new Map(Object.entries(JSON.parse(text) as Record<string, Message>));
  messages.delete('$schema');
  read('', Object.fromEntries(messages));
  return catalogue;
}

function isVariants(message: object): boolean {
  return Array.isArray(message) || 'match' in message;
}

/** Where a translation differs from the English file: keys it lacks, keys it invents, other placeholders. */
export function differences(english: Catalogue, translation: Catalogue): string[] {
  const found: string[] = [];
  for (const [key, placeholders] of english) {
    const translated = translation.get(key);
    if (translated === undefined) found.push(`${key} is missing`);
    else if (translated.join() !== placeholders.join()) found.push(`${key} has other placeholders`);
  }
  for (const key of translation.keys()) if (!english.has(key)) found.push(`${key} is unknown`);
  return found;
}
