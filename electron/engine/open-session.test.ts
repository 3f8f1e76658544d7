import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Trouble } from '../shared/trouble.ts';
import { OpenSession } from './open-session.ts';
import { Memory } from './preferences.ts';
import { SessionStore } from './session/store.ts';

let folder: string;
let opened: OpenSession[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gslab-open-'));
  opened = [];
});
afterEach(() => {
  for (const session of opened) session.close();
  rmSync(folder, { recursive: true });
});

function open(wanted: { sessionPath?: string; create?: boolean } = {}): OpenSession {
  const session = new OpenSession(folder, '1.0.0', new Memory(folder), wanted);
  opened.push(session);
  return session;
}

function troubleOf(act: () => unknown): Trouble | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return (error as { trouble?: Trouble }).trouble;
  }
}

const sessionFiles = () => readdirSync(join(folder, 'sessions')).filter((name) => name.endsWith('.gslab'));

describe('OpenSession', () => {
  it('makes an unnamed session, goes on in it next time, and removes it when nothing happened there', () => {
    const first = open();
    expect(first.info.saved).toBe(false);
    first.store.setNotes('kept');
    first.close();
    const again = open();
    expect(again.info.path).toBe(first.info.path);
    expect(again.store.read().notes).toBe('kept');
    again.store.setNotes('');
    again.close();
    expect(sessionFiles()).toEqual([]);
  });

  it('says where no lock can be made', () => {
    writeFileSync(join(folder, 'locks'), 'a file');
    expect(troubleOf(() => open())).toMatchObject({ code: 'cannot-write', path: join(folder, 'locks') });
  });

  it('lets one lab at a time have a session', () => {
    const first = open();
    const second = open();
    expect(second.info.path).not.toBe(first.info.path);
    const path = join(folder, 'named.gslab');
    open({ sessionPath: path, create: true });
    expect(troubleOf(() => open({ sessionPath: path }))).toMatchObject({ code: 'session', problem: 'unreadable', path });
    expect(troubleOf(() => second.open(path))).toMatchObject({ code: 'session', problem: 'unreadable' });
    opened.at(-1)!.close();
    expect(troubleOf(() => open({ sessionPath: path }))).toBeUndefined();
  });

  it.skipIf(process.platform === 'win32')('leaves no lock behind', () => {
    open().close();
    expect(readdirSync(join(folder, 'locks'))).toEqual([]);
  });

  it('starts a new one where the latest is damaged, and leaves that one alone', () => {
    mkdirSync(join(folder, 'sessions'));
    const damaged = join(folder, 'sessions', 'session-2999-01-01-000000.gslab');
    writeFileSync(damaged, 'no session at all, and long enough to be looked into further than its first bytes');
    expect(open().info.path).not.toBe(damaged);
    expect(existsSync(damaged)).toBe(true);
  });

  it('keeps its session when another cannot be opened', () => {
    const session = open();
    const { path } = session.info;
    expect(troubleOf(() => session.open(join(folder, 'missing.gslab')))).toMatchObject({ code: 'session', problem: 'missing' });
    expect(session.info.path).toBe(path);
    session.store.setNotes('still writable');
  });

  it('saves under a name, goes on there and removes the unnamed one', () => {
    const session = open();
    const unnamed = session.info.path;
    session.store.setNotes('mine');
    const path = join(folder, 'mine.gslab');
    session.saveAs(path, false);
    expect(session.info).toEqual({ path, name: 'mine', saved: true });
    expect(session.store.read().notes).toBe('mine');
    expect(existsSync(unnamed)).toBe(false);
    session.saveAs(path, false);
    expect(troubleOf(() => session.saveAs(join(folder, 'mine.txt'), false))).toMatchObject({ code: 'bad-value', name: 'path' });
    expect(troubleOf(() => session.saveAs(join(folder, 'no', 'where.gslab'), false))).toMatchObject({ code: 'cannot-write' });
    expect(session.info.path).toBe(path);
  });

  it('replaces a file only when told', () => {
    const path = join(folder, 'taken.gslab');
    SessionStore.create(path, '1').close();
    const session = open();
    session.store.setNotes('new');
    expect(troubleOf(() => session.saveAs(path, false))).toMatchObject({ code: 'session', problem: 'exists' });
    session.saveAs(path, true);
    expect(session.store.read().notes).toBe('new');
  });

  it('lists its own sessions and recent ones that are still there, newest first', () => {
    const session = open();
    session.store.setNotes('one');
    const named = join(folder, 'named.gslab');
    SessionStore.create(named, '1').close();
    const gone = join(folder, 'gone.gslab');
    SessionStore.create(gone, '1').close();
    session.open(gone);
    session.open(named);
    rmSync(gone);
    const listed = session.list();
    expect(listed.map(({ path }) => path)).toContain(named);
    expect(listed.map(({ path }) => path)).not.toContain(gone);
    expect(listed.map(({ saved }) => saved).toSorted()).toEqual([false, true]);
    expect(listed.map(({ modifiedAt }) => modifiedAt)).toEqual(
      listed
        .map(({ modifiedAt }) => modifiedAt)
        .toSorted()
        .reverse(),
    );
    for (const { bytes } of listed) expect(bytes).toBeGreaterThan(0);
  });
});

describe('Memory', () => {
  it('remembers preferences and takes a broken file for none', () => {
    const memory = new Memory(folder);
    const preferences = { language: 'fr', theme: 'projector', adapter: 'vulkan:1' } as const;
    memory.remember(preferences);
    expect(new Memory(folder).preferences).toEqual(preferences);
    for (const content of ['', '{', '{"language":"de"}', '[]', '\0\0']) {
      writeFileSync(join(folder, 'preferences.json'), content);
      expect(memory.preferences).toMatchObject({ theme: 'dark', adapter: 'auto' });
      writeFileSync(join(folder, 'recent.json'), content);
      expect(memory.recentSessions).toEqual([]);
    }
  });

  it('keeps recent sessions once each, the latest first', () => {
    const memory = new Memory(folder);
    for (const path of ['/a', '/b', '/a', ...Array.from({ length: 40 }, (_, index) => `/n${index}`), '/b']) memory.addRecent(path);
    expect(memory.recentSessions.length).toBe(30);
    expect(memory.recentSessions[0]).toBe('/b');
    expect(new Set(memory.recentSessions).size).toBe(30);
  });

  it('says when preferences cannot be written', () => {
    writeFileSync(join(folder, 'file'), '');
    const memory = new Memory(join(folder, 'file'));
    expect(troubleOf(() => memory.remember({ language: 'en', theme: 'dark', adapter: 'auto' }))).toMatchObject({ code: 'cannot-write' });
  });
});
