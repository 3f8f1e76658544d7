import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mayReveal, sessionFileAmong } from './files.ts';

const folder = resolve('/somewhere');

describe('the session file among the arguments', () => {
  it('is found wherever Chromium puts it', () => {
    expect(sessionFileAmong(['app', '--allow-file-access', 'work/A run.gslab', '--flag'], folder)).toBe(
      resolve(folder, 'work/A run.gslab'),
    );
    expect(sessionFileAmong(['app', 'OLD.GSLAB'], folder)).toBe(resolve(folder, 'OLD.GSLAB'));
  });
  it('is neither the program, nor a flag, nor another file', () => {
    expect(sessionFileAmong(['/opt/odd.gslab'], folder)).toBeUndefined();
    expect(sessionFileAmong(['app', '--open=a.gslab', '.', 'notes.txt', '.gslab'], folder)).toBeUndefined();
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
