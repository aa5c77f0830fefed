import { expect, it } from 'vitest';
import { describeUserAgent } from './user-agent.ts';

const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0';
const safari = 'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0';

it.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 'Firefox, Linux'],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Safari/537.36 Edg/153.0`, 'Edge, Windows'],
  [`Mozilla/5.0 (Linux; Android 15; Pixel 9) ${chrome} Mobile Safari/537.36`, 'Chrome, Android'],
  [`Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) ${safari} Safari/604.1`, 'Safari, iOS'],
  [`Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) ${safari} Safari/605.1.15`, 'Safari, macOS'],
  ['curl/8.9', undefined],
  ['', undefined],
])('names browser and system: %s', (userAgent, words) => {
  expect(describeUserAgent(userAgent)).toBe(words);
});
