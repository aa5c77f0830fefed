/** What one of these is called; its identifier while they are not loaded, or when it is none of them. */
export function nameOf(
  known: readonly { readonly id: string; readonly name: string }[],
  wanted: string,
): string {
  return known.find(({ id }) => id === wanted)?.name ?? wanted;
}
