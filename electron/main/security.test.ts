import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOwnPage, isOwnRequest } from './security.ts';

const ORIGIN = 'http://127.0.0.1:40123';

describe('what belongs to the page', () => {
  it.each([`${ORIGIN}/?token=t`, `${ORIGIN}/sessions`])('%s is a page', (url) => {
    expect(isOwnPage(url, ORIGIN)).toBe(true);
  });
  it.each([
    'http://127.0.0.1:40124/',
    'http://127.0.0.1/',
    'https://127.0.0.1:40123/',
    'http://localhost:40123/',
    'http://127.0.0.1:40123@example.org/',
    'http://example.org/127.0.0.1:40123',
    'file:///etc/passwd',
    `blob:${ORIGIN}/1`,
    `javascript:location='${ORIGIN}'`,
    'data:text/html,x',
    'about:blank',
    '',
  ])('%s is none', (url) => {
    expect(isOwnPage(url, ORIGIN)).toBe(false);
  });
  it.each([`${ORIGIN}/assets/a.js`, 'ws://127.0.0.1:40123/socket?token=t', `blob:${ORIGIN}/1`, 'data:image/png;base64,'])(
    '%s may be loaded',
    (url) => {
      expect(isOwnRequest(url, ORIGIN)).toBe(true);
    },
  );
  it.each([
    'ws://127.0.0.1:40124/socket',
    'wss://127.0.0.1:40123/',
    'blob:http://127.0.0.1:1/1',
    'https://fonts.example.org/inter.woff2',
    'file:///a',
    'devtools://devtools/',
  ])('%s may not', (url) => {
    expect(isOwnRequest(url, ORIGIN)).toBe(false);
  });
  it('nothing does while there is no engine', () => {
    expect(isOwnPage(`${ORIGIN}/`, undefined)).toBe(false);
    expect(isOwnRequest('data:,', undefined)).toBe(false);
  });
  it('no other web address does', () => {
    fc.assert(fc.property(fc.webUrl({ withQueryParameters: true }), (url) => !isOwnPage(url, ORIGIN) && !isOwnRequest(url, ORIGIN)));
  });
});
