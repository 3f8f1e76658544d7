import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mayReveal, openableAmong } from './files.ts';

const folder = resolve('/somewhere');

describe('the session file among the arguments', () => {
  it('is found wherever Chromium puts it', () => {
    expect(openableAmong(['app', '--allow-file-access', 'work/A run.gslab', '--flag'], folder)).toBe(resolve(folder, 'work/A run.gslab'));
    expect(openableAmong(['app', 'OLD.GSLAB'], folder)).toBe(resolve(folder, 'OLD.GSLAB'));
    for (const figure of ['a.svg', 'a.PDF', 'a.png']) expect(openableAmong(['app', figure], folder)).toBe(resolve(folder, figure));
  });
  it('is neither the program, nor a flag, nor another file', () => {
    expect(openableAmong(['/opt/odd.gslab'], folder)).toBeUndefined();
    expect(openableAmong(['app', '--open=a.gslab', '.', 'notes.txt', '.gslab'], folder)).toBeUndefined();
  });
});

describe('what may be shown in the file manager', () => {
  it('is a session file of this machine', () => {
    expect(mayReveal(resolve('/home/ada/one.gslab'))).toBe(true);
  });
  it.each(['one.gslab', '/etc/passwd', '//server/share/one.gslab', '\\\\server\\share\\one.gslab'])('is not %s', (path) => {
    expect(mayReveal(path)).toBe(false);
  });
});
