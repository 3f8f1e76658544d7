import { basename } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { safeSessionName } from './safe-name.ts';

it.each([
  ['battle.gslab', 'battle.gslab'],
  ['mesures d’été.GSLAB', 'mesures d-été.gslab'],
  ['c07-timings-96x128.svg', 'c07-timings-96x128.gslab'],
  ['../../etc/passwd', 'passwd.gslab'],
  ['C:\\Users\\x\\a.gslab', 'a.gslab'],
  ['.hidden', 'hidden.gslab'],
  ['CON.gslab', 'session.gslab'],
  ['', 'session.gslab'],
  ['a\u0000b\n', 'a-b-.gslab'],
])('the name %j becomes %j', (name, safe) => {
  expect(safeSessionName(name)).toBe(safe);
});

it('any name becomes one plain file name with the extension', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const safe = safeSessionName(name);
      expect(safe).toBe(basename(safe));
      expect(safe).toMatch(/^[^.\s][^/\\:*?"<>|\p{Cc}]*\.gslab$/u);
      expect(safeSessionName(safe)).toBe(safe);
    }),
  );
});
