/**
 * The BCP 47 tag whose forms dates and times take in a language where nobody names a region: English alone
 * would be written as in America, `11/12/26` and AM, which everybody else reads as another day.
 */
export function formsOf(language: string): string {
  return language === 'en' ? 'en-GB' : language;
}
