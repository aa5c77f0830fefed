/** By what they write of themselves; the first that fits counts, because most name others too. */
const browsers = [
  ['Firefox', /\bFirefox\//],
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Chrome', /\b(?:Chrome|CriOS|HeadlessChrome)\//],
  ['Safari', /\bVersion\/[\d.]+.*\bSafari\//],
] as const;
const systems = [
  ['Android', /\bAndroid\b/],
  ['iOS', /\b(?:iPhone|iPad)\b/],
  ['Windows', /\bWindows NT\b/],
  ['macOS', /\bMac OS X\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
] as const;

/** Browser and system in a few words; undefined where a program says nothing that is known. */
export function describeUserAgent(userAgent: string): string | undefined {
  const found = [browsers, systems].flatMap(
    (known) => known.find(([, form]) => form.test(userAgent))?.[0] ?? [],
  );
  return found.length === 0 ? undefined : found.join(', ');
}
