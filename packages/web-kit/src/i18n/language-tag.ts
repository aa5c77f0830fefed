/**
 * The tag if Intl takes it, else undefined. A browser may be started with the system's own name of its
 * language, such as `en-US@posix` or `C`, and hand that on; every constructor of Intl throws at it.
 */
export function knownTag(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0] === undefined ? undefined : tag;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
