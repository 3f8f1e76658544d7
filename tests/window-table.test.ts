/** The table of results by the keyboard alone: what is set there stands in the charts, the exports and the file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSessionFile } from '../electron/engine/session/read.ts';
import { SessionStore } from '../electron/engine/session/store.ts';
import { fixtureRun, fixtureSession } from '../electron/shared/figures/figure.fixture.ts';
import { tableDocumentSchema } from '../electron/shared/result-table/table-document.ts';
import { type LabWindow, NO_BROWSER, OLD_PROJECTOR, openLabWindow } from './support/lab-window.ts';

describe.skipIf(NO_BROWSER !== '')(`the table of results${NO_BROWSER}`, () => {
  let lab: LabWindow;
  let path: string;
  beforeAll(async () => {
    lab = await openLabWindow();
    path = join(lab.folder, 'table.gslab');
    const first = fixtureRun({
      id: 1,
      variants: [
        { kernel: 'autovec', rate: 1e9 },
        { kernel: 'simd', rate: 2e9 },
        { kernel: 'simd_fma', rate: 3e9, unverified: true },
      ],
      request: { exercise: 'C07' },
    });
    const many = Array.from({ length: 200 }, (_, at) => ({
      kernel: 'blocked',
      rate: 1e9 + 1e6 * at,
      variant: { parameters: { blockRows: at + 1, blockCols: 64 } },
    }));
    SessionStore.createFrom(path, fixtureSession(first, fixtureRun({ id: 2, variants: many }))).close();
    const client = await lab.engine.connect();
    await client.call('openSession', { path });
    await lab.page.goto(`${lab.engine.origin}/#/table`);
    await lab.page.getByTestId('result-grid').waitFor();
  });
  afterAll(() => lab?.close());

  const grid = () => lab.page.getByTestId('result-grid');
  const rows = () => grid().locator('[data-row]');
  const activeRow = () =>
    grid().evaluate((table) => document.getElementById(table.getAttribute('aria-activedescendant') ?? '')?.dataset.row);
  const press = async (...keys: string[]) => {
    for (const key of keys) await lab.page.keyboard.press(key);
  };
  const filter = (text: string) => lab.page.getByTestId('table-filter').fill(text);
  const count = () => lab.page.getByTestId('table-count');

  it('walks through all rows, of which few are drawn', async () => {
    await grid().focus();
    expect(await activeRow()).toBe('1-0');
    await press('ArrowDown', 'ArrowDown');
    expect(await activeRow()).toBe('1-2');
    await press('End');
    await expect.poll(activeRow).toBe('2-199');
    expect(await grid().getAttribute('aria-rowcount')).toBe('204');
    expect(await rows().count()).toBeLessThan(60);
    await press('Home');
    await expect.poll(activeRow).toBe('1-0');
  });

  it('names a row, and the name stands in the chart of its run', async () => {
    await grid().focus();
    await press('Home', 'ArrowDown', 'F2');
    await lab.page.getByTestId('row-name').waitFor();
    await expect.poll(() => lab.page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('row-name');
    await lab.page.keyboard.type('à la main');
    await press('Tab');
    await lab.page.keyboard.type('on battery');
    await press('Escape');
    await expect.poll(() => grid().evaluate((table) => table === document.activeElement)).toBe(true);
    await expect.poll(() => rows().nth(1).textContent()).toContain('à la main');
    expect(readSessionFile(path).annotations).toEqual([{ runId: 1, variant: 1, name: 'à la main', note: 'on battery' }]);
    await lab.page.goto(`${lab.engine.origin}/#/exercise/C07`);
    await expect.poll(() => lab.page.getByTestId('results').textContent()).toContain('à la main');
    await lab.page.goto(`${lab.engine.origin}/#/table`);
    await grid().waitFor();
  });

  it('hides a row from the charts, lists it as hidden, and shows it again', async () => {
    await grid().focus();
    await press('Home', 'ArrowDown', 'ArrowDown', 'Delete');
    await lab.page.getByTestId('with-hidden').waitFor();
    await expect.poll(() => count().textContent()).toBe('202 results');
    await lab.page.goto(`${lab.engine.origin}/#/exercise/C07`);
    await lab.page.getByTestId('results').getByText('à la main').first().waitFor();
    expect(await lab.page.getByTestId('results').textContent()).not.toContain('simd_fma');
    await lab.page.goto(`${lab.engine.origin}/#/table`);
    await lab.page.getByTestId('with-hidden').click();
    await expect.poll(() => rows().nth(2).textContent()).toContain('hidden');
    await grid().focus();
    await press('Home', 'ArrowDown', 'ArrowDown', 'Delete');
    await expect.poll(() => rows().nth(2).textContent()).not.toContain('hidden');
    await expect.poll(() => lab.page.getByTestId('with-hidden').count()).toBe(0);
    expect(readSessionFile(path).annotations).toHaveLength(1);
  });

  it('says of a chart that all of it is hidden, and leads back here', async () => {
    const client = await lab.engine.connect();
    const hide = async (hidden: boolean) => {
      for (const variant of [0, 1, 2]) await client.call('annotate', { at: { runId: 1, variant }, change: { hidden } });
    };
    await hide(true);
    await lab.page.goto(`${lab.engine.origin}/#/exercise/C07`);
    await lab.page.getByTestId('all-hidden').getByRole('link').click();
    await grid().waitFor();
    await hide(false);
    await expect.poll(() => count().textContent()).toBe('203 results');
  });

  it('compares all with one row, from its menu, and says why where it cannot', async () => {
    await grid().focus();
    await press('Home', 'ArrowDown', 'Shift+F10');
    await lab.page.getByRole('menuitem', { name: 'Compare all with this' }).waitFor();
    // The menu takes the focus a moment after it is there.
    const focused = () => lab.page.evaluate(() => document.activeElement?.closest('[role=menuitem]')?.textContent ?? '');
    await expect.poll(focused).not.toBe('');
    await press('ArrowDown');
    await expect.poll(focused).toContain('Compare all with this');
    await press('Enter');
    await lab.page.getByTestId('unpin').waitFor();
    await expect.poll(() => rows().nth(0).textContent()).toContain('slower by 50');
    await expect.poll(() => rows().nth(2).textContent()).toContain('not verified');
    expect(readSessionFile(path).baseline).toEqual({ runId: 1, variant: 1 });
  });

  it('finds, sorts and groups', async () => {
    await filter('blocked rows=17');
    await expect.poll(() => count().textContent()).toMatch(/^[1-9]\d* of 203 results$/);
    await filter('blockRows=170');
    await expect.poll(() => rows().count()).toBe(1);
    await filter('C07');
    await lab.page.getByRole('columnheader', { name: 'Rate' }).getByRole('button').press('Enter');
    await expect.poll(() => rows().evaluateAll((all) => all.map((row) => row.getAttribute('data-row')))).toEqual(['1-2', '1-1', '1-0']);
    await lab.page.getByLabel('Group').selectOption('kernel');
    await grid().focus();
    await press('Home', 'ArrowLeft');
    await expect.poll(() => rows().count()).toBe(2);
    await press('ArrowRight');
    await expect.poll(() => rows().count()).toBe(3);
    await filter('nothing of that name');
    await lab.page.getByText('No result has all of that.').waitFor();
    await lab.page.getByRole('button', { name: 'Clear filters' }).click();
    await expect.poll(() => count().textContent()).toBe('203 results');
    await lab.page.getByLabel('Group').selectOption('none');
  });

  it('writes the rows as listed', async () => {
    await filter('C07');
    await expect.poll(() => rows().count()).toBe(3);
    await lab.page.getByTestId('table-export').click();
    const saved = lab.page.waitForEvent('download');
    await lab.page.getByRole('menuitem', { name: 'JSON' }).click();
    const file = await saved;
    const table = tableDocumentSchema.parse(JSON.parse(readFileSync(await file.path(), 'utf8')));
    expect(table.rows.map(({ label }) => label)).toEqual(['simd_fma', 'à la main', 'autovec']);
    expect(table.baseline).toEqual({ runId: 1, variant: 1 });
    await filter('');
  });

  it('has no axe violation with its menu, its details, or groups open, and scrolls inside alone', async () => {
    const { page } = lab;
    // A menu over the page stands in no landmark of it.
    const found = async () =>
      (await new AxeBuilder({ page }).disableRules('region').analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    await page.setViewportSize(OLD_PROJECTOR);
    await page.getByRole('button', { name: 'All columns' }).click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    expect(
      await grid().evaluate((table) => table.parentElement!.parentElement!.scrollWidth > table.parentElement!.parentElement!.clientWidth),
    ).toBe(true);
    await page.getByLabel('Group').selectOption('kernel');
    expect(await found()).toEqual([]);
    await page.getByLabel('Group').selectOption('none');
    await grid().focus();
    await press('Home', 'Shift+F10');
    await page.getByTestId('row-menu').waitFor();
    expect(await found()).toEqual([]);
    await press('Escape');
    await grid().focus();
    await press('Enter');
    await page.getByTestId('row-name').waitFor();
    expect(await found()).toEqual([]);
    await press('Escape');
  });

  it('has reported no fault', () => expect(lab.faults).toEqual([]));
});
