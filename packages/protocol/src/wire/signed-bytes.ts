/** These parts one after the other. */
export function joinBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** The few labels that there are, each with its zero byte. */
const heads = new Map<string, Uint8Array>();

function headOf(label: string): Uint8Array {
  const head = heads.get(label) ?? joinBytes(new TextEncoder().encode(label), Uint8Array.of(0));
  heads.set(label, head);
  return head;
}

/**
 * What a signature covers: the label of the kind of message, a zero byte and the content, so that nothing
 * signed as one kind can be taken for another.
 */
export function signedBytes(label: string, ...content: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return joinBytes(headOf(label), ...content);
}
