/** The characters of one line as the API accepts it, checked here without its schema library. */
const lineForm = /^[^\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u;
const visible = /[^\p{Z}\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]/u;

/** How long a name that people give may be, as the API wants it. */
const nameLengthLimit = 80;

/** Whether this is one line of at most so many characters (not halves of them), as the API wants it. */
export function isLine(text: string, lengthLimit: number): boolean {
  return Array.from(text).length <= lengthLimit && lineForm.test(text);
}

/** Whether this may be a name: a line of which something can be seen. */
export function isName(text: string): boolean {
  return isLine(text, nameLengthLimit) && visible.test(text);
}
