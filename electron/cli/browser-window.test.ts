import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findChromium, hasDisplay, type OpenOptions, openLabPage } from './browser-window.ts';

const URL_OF_PAGE = 'http://127.0.0.1:4000/?token=t';
const DESKTOP = { DISPLAY: ':0', PATH: '/usr/local/bin:relative:/usr/bin' };

describe('a display', () => {
  it.each([
    ['linux', { DISPLAY: ':0' }, true],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
    ['linux', {}, false],
    ['linux', { DISPLAY: ':0', CI: 'true' }, false],
    ['linux', { DISPLAY: ':0', CI: 'false' }, true],
    ['darwin', {}, true],
    ['win32', {}, true],
    ['win32', { CI: '1' }, false],
  ] as const)('on %s with %j: %s', (platform, environment, expected) => {
    expect(hasDisplay(platform, environment)).toBe(expected);
  });
});

it('finds Chrome before Chromium, in absolute folders of the PATH only', () => {
  const installed = new Set(['/usr/bin/chromium', 'relative/google-chrome']);
  const find = () => findChromium('linux', DESKTOP, (path) => installed.has(path));
  expect(find()).toBe('/usr/bin/chromium');
  installed.add('/usr/bin/google-chrome');
  expect(find()).toBe('/usr/bin/google-chrome');
  installed.clear();
  expect(find()).toBeUndefined();
});

describe('opening the page', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  class StandInProgram extends EventEmitter {
    unref(): void {}
  }
  function opening(change: Partial<OpenOptions> = {}) {
    const started: { command: string; args: readonly string[]; program: StandInProgram }[] = [];
    const opened = openLabPage(URL_OF_PAGE, {
      platform: 'linux',
      environment: DESKTOP,
      dataFolder: '/data',
      exists: (path) => path === '/usr/bin/chromium',
      spawn: (command, args) => {
        const program = new StandInProgram();
        started.push({ command, args, program });
        return program as never;
      },
      ...change,
    });
    return { opened, started };
  }
  const settled = () => vi.advanceTimersByTimeAsync(0);

  it('shows an app window with a profile of its own, and tells when it is closed', async () => {
    const { opened, started } = opening();
    await vi.advanceTimersByTimeAsync(5_000);
    const window = await opened;
    expect(window?.kind).toBe('window');
    expect(started).toHaveLength(1);
    expect(started[0]?.args).toEqual(
      expect.arrayContaining([`--app=${URL_OF_PAGE}`, `--user-data-dir=${join('/data', 'browser-window')}`]),
    );
    const closed = vi.fn();
    void window?.closed.then(closed);
    await settled();
    expect(closed).not.toHaveBeenCalled();
    started[0]?.program.emit('exit', 0);
    await settled();
    expect(closed).toHaveBeenCalledOnce();
  });

  it('goes to the default browser when Chromium refuses to start', async () => {
    const { opened, started } = opening();
    started[0]?.program.emit('exit', 1);
    await settled();
    expect(started[1]).toMatchObject({ command: 'xdg-open', args: [URL_OF_PAGE] });
    started[1]?.program.emit('exit', 0);
    await settled();
    expect((await opened)?.kind).toBe('browser');
  });

  it('does not take a handed-over window for a closed one', async () => {
    const { opened, started } = opening();
    started[0]?.program.emit('exit', 0);
    await settled();
    const closed = vi.fn();
    void (await opened)?.closed.then(closed);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(closed).not.toHaveBeenCalled();
  });

  it('opens nothing where there is neither browser nor display', async () => {
    const none = opening({ exists: () => false });
    none.started[0]?.program.emit('error', new Error('ENOENT'));
    await settled();
    expect(await none.opened).toBeUndefined();
    const blind = opening({ environment: { PATH: '/usr/bin' } });
    expect(await blind.opened).toBeUndefined();
    expect(blind.started).toHaveLength(0);
  });
});
