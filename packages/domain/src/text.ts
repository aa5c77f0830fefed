/** The first so many characters of a text: counted as the API counts them, and none is cut in half. */
export function firstCharacters(text: string, count: number): string {
  if (text.length <= count) return text;
  return Array.from(text).slice(0, count).join('');
}
