/** These parts one after the other. */
export function joinBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/**
 * What a signature covers: the label of the kind of message, a zero byte and the content, so that nothing
 * signed as one kind can be taken for another.
 */
export function signedBytes(label: string, content: Uint8Array): Uint8Array<ArrayBuffer> {
  return joinBytes(new TextEncoder().encode(label), Uint8Array.of(0), content);
}
