/**
 * The session that the lab works in: which file it is, and going from one to another. Sessions without a name live in the
 * app's own folder and are removed when nothing ever happened in them.
 */
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { View } from '../shared/contract.ts';
import { expected } from '../shared/expectation.ts';
import type { SessionInfo } from '../shared/session.ts';
import { TroubleError } from '../shared/trouble.ts';
import { cannotWrite } from './field/write.ts';
import { readFigureFile } from './figure-file/read-figure.ts';
import type { Memory } from './preferences.ts';
import { safeSessionName } from './session/safe-name.ts';
import { SessionStore } from './session/store.ts';
import { lockSession, type SessionLock } from './session-lock.ts';

const EXTENSION = '.gslab';
/** As `unnamedPath` makes them. */
const UNNAMED = /^session-\d{4}-\d{2}-\d{2}-\d{6}(-\d+)?\.gslab$/;
const MAX_LISTED = 500;

export interface ListedSession extends SessionInfo {
  readonly modifiedAt: string;
  readonly bytes: number;
}

export class OpenSession {
  readonly #folder: string;
  readonly #lockFolder: string;
  readonly #appVersion: string;
  readonly #memory: Memory;
  #store: SessionStore;
  #lock: SessionLock;

  /** `dataFolder` is made when missing. Throws a `TroubleError` when the session cannot be opened. */
  constructor(dataFolder: string, appVersion: string, memory: Memory, wanted: { sessionPath?: string; create?: boolean }) {
    this.#folder = join(dataFolder, 'sessions');
    this.#lockFolder = join(dataFolder, 'locks');
    this.#appVersion = appVersion;
    this.#memory = memory;
    const { sessionPath, create = false } = wanted;
    const opened = sessionPath === undefined ? this.#latestUnnamed() : this.#take(resolve(sessionPath), create);
    this.#store = opened.store;
    this.#lock = opened.lock;
  }

  get store(): SessionStore {
    return this.#store;
  }

  get info(): SessionInfo {
    return this.infoOf(this.#store.path);
  }

  infoOf(path: string): SessionInfo {
    return { path, name: basename(path, EXTENSION), saved: !this.#isUnnamed(path) };
  }

  startNew(): void {
    this.#goTo(this.#takeUnnamed());
  }

  open(path: string): void {
    const absolute = resolve(path);
    if (absolute === this.#store.path) return;
    this.#goTo(this.#take(absolute, false));
    this.#memory.addRecent(absolute);
  }

  /** Of a figure the runs, in a session of the app's folder that is named after it, and which view of them it is. */
  openFigure(path: string): View {
    const { session, view } = readFigureFile(resolve(path));
    this.#makeFolder();
    const name = safeSessionName(basename(path));
    for (let count = 1; ; count++) {
      const free = join(this.#folder, count === 1 ? name : `${basename(name, EXTENSION)} ${count}${EXTENSION}`);
      if (existsSync(free)) continue;
      SessionStore.createFrom(free, session).close();
      this.open(free);
      return view;
    }
  }

  /** Copies the session and goes on in the copy. */
  saveAs(path: string, replace: boolean): void {
    const absolute = resolve(path);
    if (!absolute.endsWith(EXTENSION))
      throw new TroubleError({ code: 'bad-value', name: 'path', expected: expected.fileName([EXTENSION]), received: path });
    if (absolute !== this.#store.path) {
      const lock = lockSession(absolute, this.#lockFolder);
      try {
        this.#store.copyTo(absolute, replace);
        const wasUnnamed = this.#isUnnamed(this.#store.path) ? this.#store.path : undefined;
        this.#goTo({ store: SessionStore.open(absolute), lock });
        if (wasUnnamed !== undefined) rmSync(wasUnnamed, { force: true });
      } catch (error) {
        lock.release();
        throw error;
      }
    }
    this.#memory.addRecent(absolute);
  }

  /** Sessions of the app's folder and recent ones that are still there, newest first. */
  list(): ListedSession[] {
    const own = existsSync(this.#folder) ? readdirSync(this.#folder).filter((name) => name.endsWith(EXTENSION)) : [];
    const paths = new Set([...own.map((name) => join(this.#folder, name)), ...this.#memory.recentSessions, this.#store.path]);
    const listed = [...paths].flatMap((path): ListedSession[] => {
      const file = statSync(path, { throwIfNoEntry: false });
      return file?.isFile() ? [{ ...this.infoOf(path), modifiedAt: file.mtime.toISOString(), bytes: file.size }] : [];
    });
    return listed.sort((a, b) => b.modifiedAt.localeCompare(a.modifiedAt)).slice(0, MAX_LISTED);
  }

  close(): void {
    const { path } = this.#store;
    const unused = this.#isUnnamed(path) && this.#isUntouched();
    this.#store.close();
    if (unused) rmSync(path, { force: true });
    this.#lock.release();
  }

  #goTo(opened: { store: SessionStore; lock: SessionLock }): void {
    this.close();
    this.#store = opened.store;
    this.#lock = opened.lock;
  }

  #isUnnamed(path: string): boolean {
    return dirname(path) === resolve(this.#folder) && UNNAMED.test(basename(path));
  }

  #isUntouched(): boolean {
    try {
      const { runs, notes, exercisesDone } = this.#store.read();
      return runs.length === 0 && notes === '' && exercisesDone.length === 0;
    } catch {
      return false;
    }
  }

  #take(path: string, create: boolean): { store: SessionStore; lock: SessionLock } {
    const lock = lockSession(path, this.#lockFolder);
    try {
      const store = create ? SessionStore.create(path, this.#appVersion) : SessionStore.open(path);
      return { store, lock };
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  #makeFolder(): void {
    try {
      mkdirSync(this.#folder, { recursive: true });
    } catch (error) {
      throw cannotWrite(this.#folder, error);
    }
  }

  #takeUnnamed(): { store: SessionStore; lock: SessionLock } {
    this.#makeFolder();
    const [date, time] = new Date().toISOString().slice(0, 19).replaceAll(':', '').split('T');
    for (let count = 1; ; count++) {
      const path = join(this.#folder, `session-${date}-${time}${count === 1 ? '' : `-${count}`}${EXTENSION}`);
      if (!existsSync(path)) return this.#take(path, true);
    }
  }

  /** The newest unnamed session that nobody else has open, else a new one. */
  #latestUnnamed(): { store: SessionStore; lock: SessionLock } {
    const names = existsSync(this.#folder) ? readdirSync(this.#folder).filter((name) => UNNAMED.test(name)) : [];
    const newest = names.sort().at(-1);
    if (newest !== undefined) {
      try {
        return this.#take(resolve(this.#folder, newest), false);
      } catch (error) {
        // In use or damaged: it stays where it is, listed, and work begins in a new one.
        if (!(error instanceof TroubleError)) throw error;
      }
    }
    return this.#takeUnnamed();
  }
}
