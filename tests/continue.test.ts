/** A run whose process is killed again and again, without warning, and taken up each time: nothing is lost, nothing is doubled. */
import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from 'vitest';
import { readSessionFile } from '../electron/engine/session/read.ts';
import { randomGenerator } from '../electron/shared/statistics.ts';
import { POINTS, type SweepMessage } from './support/sweep-process.ts';

const KILLS = 10;
/** Turns that a life may have at most, fewer than a tenth of all: every life is to end by its death. */
const MOST_TURNS = POINTS / KILLS - 1;
const LONGEST_DELAY_MILLISECONDS = 30;

const folder = mkdtempSync(join(tmpdir(), 'gslab-continue-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, 'sweep.gslab');

/** Runs the process; kills it so many milliseconds after so many turns. Resolves with whether it ended by itself. */
function live(kill?: { readonly turns: number; readonly milliseconds: number }): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'support', 'sweep-process.ts'), [join(folder, 'data'), path], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    let turns = 0;
    let isDone = false;
    const killWhenDue = () => {
      if (turns === kill?.turns) setTimeout(() => child.kill('SIGKILL'), kill.milliseconds);
    };
    child.on('spawn', killWhenDue);
    child.on('message', (message: SweepMessage) => {
      isDone ||= message === 'done';
      turns++;
      killWhenDue();
    });
    child.on('error', reject);
    child.on('exit', () => resolve(isDone));
  });
}

/** The samples of each turn that came to its end. */
function finishedTurns(): Map<string, unknown> {
  const [run] = readSessionFile(path).runs;
  using database = new DatabaseSync(path);
  const turns = database.prepare('SELECT round, entry FROM finished_turn ORDER BY entry').all();
  return new Map(
    turns.map(({ round, entry }) => [
      `${round} ${entry}`,
      run?.variants[Number(entry)]?.samples.filter((sample) => sample.round === Number(round)),
    ]),
  );
}

test('a sweep of two hundred points, killed at ten random moments, has every point once', async () => {
  const seed = Date.now() % 2 ** 31;
  const random = randomGenerator(seed);
  let kept = new Map<string, unknown>();
  let order: number[][] | undefined;
  for (let kill = 0; kill < KILLS; kill++) {
    // The first one long enough for there to be a session.
    const turns = Math.floor(random() * MOST_TURNS) + (kill === 0 ? 1 : 0);
    const milliseconds = random() * LONGEST_DELAY_MILLISECONDS;
    const ended = await live({ turns, milliseconds });
    expect(ended, `seed ${seed}`).toBe(false);
    expect(existsSync(path)).toBe(true);
    const finished = finishedTurns();
    expect(finished.size, `seed ${seed}`).toBeGreaterThanOrEqual(kept.size + turns);
    for (const [turn, samples] of kept) expect(finished.get(turn), `turn ${turn}, seed ${seed}`).toEqual(samples);
    kept = finished;
    order ??= readSessionFile(path).runs[0]!.order;
  }
  expect(await live(), `seed ${seed}`).toBe(true);

  const { runs } = readSessionFile(path);
  expect(runs).toHaveLength(1);
  const [run] = runs;
  expect(run).toMatchObject({ status: 'done', order });
  expect(run!.order.flat().toSorted((a, b) => a - b)).toEqual([...Array(POINTS).keys()]);
  const finished = finishedTurns();
  expect(finished.size).toBe(POINTS);
  for (const [turn, samples] of kept) expect(finished.get(turn), `turn ${turn}, seed ${seed}`).toEqual(samples);
  for (const [point, { status, samples, verification, summary }] of run!.variants.entries()) {
    expect([status, verification?.status, summary?.rounds], `point ${point}, seed ${seed}`).toEqual(['done', 'passed', 1]);
    expect(samples.map(({ index }) => index)).toEqual([...samples.keys()]);
    expect(samples.reduce((sum, { steps }) => sum + steps, 0)).toBe(point + 1);
  }
}, 300_000);
