/** A battle on the command line, and its session in the window: one is enough for both. */
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSessionFile } from '../electron/engine/session/read.ts';
import { type BattleDocument, battleDocumentSchema } from '../electron/shared/documents.ts';
import { formatRate } from '../electron/shared/units.ts';
import { SOUND_KERNELS } from '../kernels/catalog.ts';
import { gslab } from './support/command-line.ts';
import { type LabWindow, NO_BROWSER, openLabWindow } from './support/lab-window.ts';

const folder = mkdtempSync(join(tmpdir(), 'gslab-battle-'));
const plots = join(folder, 'plots');
let document: BattleDocument;

beforeAll(async () => {
  const cwd = join(folder, 'files');
  mkdirSync(cwd);
  const words = ['battle', '--seconds', '5', '--json', '--plots', plots];
  const { code, stdout, stderr } = await gslab(words, { cwd, dataFolder: join(folder, 'data') });
  expect(code, stderr).toBe(0);
  document = battleDocumentSchema.parse(JSON.parse(stdout));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('measures, keeps and draws every kernel that runs here', () => {
  expect(document.runs.map(({ kernel }) => kernel)).toContain(document.baseline);
  const named = [...document.runs, ...document.skipped].map(({ kernel }) => kernel);
  expect(named.toSorted()).toEqual(SOUND_KERNELS.map(({ id }) => id).toSorted());
  const grids = new Set(document.runs.map(({ request }) => JSON.stringify([request.grid, request.steps])));
  expect(grids.size).toBe(1);
  const drawn = (extension: string) =>
    document.plots.filter((path) => extname(path) === extension).map((path) => basename(path, extension));
  // With a counter of energy there is one more.
  expect(drawn('.svg').length).toBeGreaterThanOrEqual(5);
  for (const extension of ['.png', '.pdf']) expect(drawn(extension)).toEqual(drawn('.svg'));
  expect(new Set(document.plots.map(dirname))).toEqual(new Set([plots]));
  for (const path of [document.session, ...document.plots]) expect(statSync(path).size).toBeGreaterThan(1000);
  const kept = readSessionFile(document.session).runs;
  expect(kept.map(({ variants }) => variants.map(({ summary }) => summary))).toEqual([document.runs.map(({ summary }) => summary)]);
});

describe.skipIf(NO_BROWSER !== '')(`in the window${NO_BROWSER}`, () => {
  let lab: LabWindow;
  beforeAll(async () => {
    lab = await openLabWindow();
  });
  afterAll(() => lab?.close());

  it('opens with the same numbers', async () => {
    const { page } = lab;
    expect(document.runs.length).toBeGreaterThan(4);
    await page.goto(`${lab.engine.origin}/#/sessions`);
    await page.getByTestId('open-path').fill(document.session);
    await page.getByTestId('open-path').press('Enter');
    await expect.poll(() => page.getByTestId('session-menu').innerText()).toContain('battle');
    await expect.poll(() => page.url()).toContain('#/exercise/B01');
    await page.getByRole('tab', { name: 'Table' }).click();
    const table = page.getByTestId('chart-table');
    for (const { kernel, summary } of document.runs) {
      const row = table.getByRole('row').filter({ has: page.getByRole('rowheader', { name: new RegExp(`^${kernel}(?!\\w)`) }) });
      await expect.poll(() => row.innerText()).toContain(formatRate(summary!.cellsPerSecond, 'en'));
    }
    expect(lab.faults).toEqual([]);
  });
});
