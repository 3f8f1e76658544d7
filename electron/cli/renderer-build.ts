/**
 * The window's page, built when it is missing or older than its sources, so that no way of starting the lab asks the
 * person to build first. Several starts at once build once: the others wait for the first. In the packaged app the
 * page is already there and nothing of this runs.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TroubleError } from '../shared/trouble.ts';

const root = resolve(import.meta.dirname, '..', '..');
const out = join(root, 'out');

interface Target {
  /** Names of parts in `electron.vite.config.ts`. */
  readonly parts: readonly string[];
  readonly product: string;
  readonly sources: readonly string[];
}

const COMMON_SOURCES = ['electron.vite.config.ts', 'package-lock.json', 'electron/shared/**', 'kernels/**'];
const RENDERER: Target = {
  parts: ['renderer'],
  product: join(out, 'renderer', 'index.html'),
  sources: [...COMMON_SOURCES, 'renderer/**', 'assets/**'],
};
const DESKTOP: Target = {
  parts: ['main', 'preload'],
  product: join(out, 'main', 'index.mjs'),
  sources: [...COMMON_SOURCES, 'electron/**'],
};

const UNSIGNED_LOCK_MILLISECONDS = 10_000;

/** The folder of the built page, which is current when this resolves. Rejects with a `TroubleError`. */
export async function ensureRendererBuilt(): Promise<string> {
  if (!import.meta.filename.endsWith('.ts')) return packagedRenderer();
  await ensureBuilt(RENDERER);
  return dirname(RENDERER.product);
}

/** Electron's main process, its preload and the bundled engine, current when this resolves. From source only. */
export async function ensureDesktopBuilt(): Promise<void> {
  await ensureBuilt(DESKTOP);
}

/** This file is then a bundle in `out/main` or below, and the page lies beside that folder. */
function packagedRenderer(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const renderer = join(folder, 'renderer');
    if (existsSync(join(renderer, 'index.html'))) return renderer;
    if (dirname(folder) === folder) throw new TroubleError({ code: 'cannot-read', path: renderer, detail: 'not found' });
  }
}

/** A hash of names, sizes and times of change: a file that was added, changed or removed changes it. */
function fingerprint(sources: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of globSync(sources, { cwd: root }).sort()) {
    const status = statSync(join(root, path), { throwIfNoEntry: false });
    if (status?.isFile() && !/\.test\.tsx?$/.test(path)) hash.update(`${path}\0${status.size}\0${status.mtimeMs}\n`);
  }
  return hash.digest('hex');
}

async function ensureBuilt(target: Target): Promise<void> {
  const stamp = join(out, `${target.parts.join('-')}.stamp`);
  const isCurrent = () => existsSync(target.product) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(target.sources);
  if (isCurrent()) return;
  const release = await lock(join(out, `${target.parts.join('-')}.lock`));
  try {
    if (isCurrent()) return;
    // Taken before: a source changed during the build makes the next start build again.
    const built = fingerprint(target.sources);
    rmSync(stamp, { force: true });
    await build(target.parts);
    writeFileSync(stamp, built);
  } finally {
    release();
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Its holder is dead, or died between creating the file and writing its number. */
function isAbandoned(path: string): boolean {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) return false;
  if (status.size === 0) return Date.now() - status.mtimeMs > UNSIGNED_LOCK_MILLISECONDS;
  const holder = Number.parseInt(readFileSync(path, 'utf8'), 10);
  return Number.isInteger(holder) && !isAlive(holder);
}

/** Waits until no other living process holds the lock, then holds it. The lock is a file with the holder's number. */
async function lock(path: string): Promise<() => void> {
  mkdirSync(dirname(path), { recursive: true });
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw new TroubleError({ code: 'cannot-write', path, detail: error instanceof Error ? error.message : String(error) });
      }
    }
    await sleep(100);
    if (isAbandoned(path)) rmSync(path, { force: true });
  }
}

function build(parts: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'build-part.ts'), ...parts], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    let said = '';
    const hear = (text: Buffer) => {
      said = (said + text).slice(-4000);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const failed = (detail: string) =>
      reject(new TroubleError({ code: 'internal', detail: `the program could not be built from its sources: ${detail}` }));
    child.once('error', (error) => failed(error.message));
    child.once('close', (code) => {
      if (code === 0) resolve();
      else
        failed(
          said
            .split('\n')
            .find((line) => /error/i.test(line))
            ?.trim() ?? `the build ended with ${code}`,
        );
    });
  });
}
