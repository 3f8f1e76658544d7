/** Sessions and results in the window: saved, reopened, compared, exported, in both languages. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatRate } from '../electron/shared/units.ts';
import { chooseSmallRun, type LabWindow, NO_BROWSER, openLabWindow, runToTheEnd } from './support/lab-window.ts';
import { parseXml } from './support/xml.ts';

const RUN = { rows: 96, cols: 128, steps: 400, rounds: 3 };

describe.skipIf(NO_BROWSER !== '')(`the window keeps sessions${NO_BROWSER}`, () => {
  let lab: LabWindow;
  let first: string;
  let second: string;

  const exercise = async (id: string) => {
    await lab.page.goto(`${lab.engine.origin}/#/exercise/${id}`);
    await lab.page.getByTestId('start-run').waitFor();
  };
  const saveAs = async (path: string) => {
    const { page } = lab;
    await page.keyboard.press('Control+Shift+S');
    await page.getByTestId('save-name').fill(path);
    await page.getByTestId('save-confirm').click();
    await page.getByTestId('save-name').waitFor({ state: 'detached' });
  };

  beforeAll(async () => {
    lab = await openLabWindow();
    first = join(lab.folder, 'first.gslab');
    second = join(lab.folder, 'second.gslab');
  });
  afterAll(() => lab?.close());

  it('saves a run under a name, starts another session, and opens the first again with the same numbers', async () => {
    const { page } = lab;
    await exercise('C07');
    await chooseSmallRun(page, RUN);
    await runToTheEnd(lab);
    await saveAs(first);
    expect(existsSync(first)).toBe(true);
    await expect.poll(() => page.getByTestId('session-menu').innerText()).toContain('first');

    await page.goto(`${lab.engine.origin}/#/sessions`);
    await page.getByTestId('new-session').click();
    await expect.poll(() => page.getByTestId('session-menu').innerText()).not.toContain('first');
    await exercise('C07');
    await chooseSmallRun(page, RUN);
    await runToTheEnd(lab);
    await saveAs(second);

    await page.goto(`${lab.engine.origin}/#/sessions`);
    await page.getByTestId('open-path').fill(first);
    await page.getByTestId('open-path').press('Enter');
    await expect.poll(() => page.getByTestId('session-menu').innerText()).toContain('first');
    const { session } = await (await lab.engine.connect()).call('getSession', {});
    await exercise('C07');
    await page.getByRole('tab', { name: 'Table' }).click();
    for (const { summary } of session.runs.at(-1)!.variants) {
      await expect.poll(() => page.getByTestId('chart-table').innerText()).toContain(formatRate(summary!.cellsPerSecond, 'en'));
    }
  });

  it('refuses a file that is no session in one sentence and keeps the open one', async () => {
    const { page } = lab;
    const picture = join(lab.folder, 'picture.gslab');
    writeFileSync(picture, Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]));
    await page.goto(`${lab.engine.origin}/#/sessions`);
    await page.getByTestId('open-path').fill(picture);
    await page.getByTestId('open-path').press('Enter');
    const alert = page.getByRole('alert').first();
    await alert.waitFor();
    expect(await alert.innerText()).toContain('picture.gslab');
    expect(await page.getByTestId('session-menu').innerText()).toContain('first');
  });

  it('compares two sessions, the set-up before the results', async () => {
    const { page } = lab;
    await page.goto(`${lab.engine.origin}/#/compare`);
    await page.getByTestId('compare-first').selectOption(first);
    await page.getByTestId('compare-second').selectOption(second);
    const results = page.getByTestId('comparison');
    await expect.poll(() => results.innerText()).toContain('soa_split');
    await page.getByTestId('setup-differences').waitFor();
    const order = await page.evaluate(() => {
      const at = (id: string) => document.querySelector(`[data-testid="${id}"]`)?.getBoundingClientRect().top ?? Number.NaN;
      return { setup: at('setup-differences'), results: at('comparison') };
    });
    expect(order.setup).toBeLessThan(order.results);
  });

  it.each([
    ['SVG', 'svg'],
    ['PDF', 'pdf'],
    ['PNG', 'png'],
    ['CSV', 'csv'],
    ['JSON', 'json'],
    ['Notebook', 'ipynb'],
  ])('exports the chart as %s', async (name, ending) => {
    const { page } = lab;
    await exercise('C07');
    await page.getByTestId('export-menu').click();
    if (ending === 'png') await page.getByTestId('export-png').click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page
        .getByRole('menuitem', { name: new RegExp(ending === 'png' ? 'PNG, 1' : name) })
        .first()
        .click(),
    ]);
    expect(file.suggestedFilename()).toMatch(new RegExp(`\\.${ending}$`));
    mkdirSync(join(lab.folder, 'exports'), { recursive: true });
    const path = join(lab.folder, 'exports', file.suggestedFilename());
    await file.saveAs(path);
    const bytes = readFileSync(path);
    if (ending === 'png') expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    else if (ending === 'pdf') expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    else expect(bytes.toString()).toContain('soa_split');
    if (ending === 'svg') expect(parseXml(bytes.toString()).tagName).toBe('svg');
    if (ending === 'json') expect(JSON.parse(bytes.toString())).toHaveProperty('schemaVersion');
  });

  it('exports a figure of the size chosen by keyboard, and keeps the choice', async () => {
    const { page } = lab;
    await exercise('C07');
    // The page that is on its way may still take the focus, and the menu with it.
    await expect
      .poll(async () => {
        if ((await page.locator('[data-autofocus]').count()) === 0) await page.getByTestId('export-menu').press('Enter');
        return page.locator('[data-autofocus]:focus').count();
      })
      .toBe(1);
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    await page.keyboard.press('ArrowDown');
    await expect.poll(focused).toBe('Size: report, 160 mm');
    await page.keyboard.press('ArrowRight');
    // The submenu takes the focus a moment after it opens.
    await expect.poll(focused).toBe('report, 160 mm');
    await page.keyboard.press('ArrowDown');
    await expect.poll(focused).toBe('column, 85 mm');
    await page.keyboard.press('Enter');
    await page.getByTestId('export-size').filter({ hasText: 'column, 85 mm' }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(focused).toBe('Size: column, 85 mm');
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'SVG' }).click()]);
    expect(parseXml(readFileSync(await file.path(), 'utf8')).getAttribute('width')).toBe('85mm');
    await page.reload();
    await page.getByTestId('export-menu').click();
    await page.getByTestId('export-size').filter({ hasText: 'column, 85 mm' }).waitFor();
    await page.keyboard.press('Escape');
  });

  it('exports the chart in front from the palette, under its name', async () => {
    const { page } = lab;
    await exercise('C07');
    await page.getByRole('tab', { name: 'Spread' }).click();
    await page.getByTestId('chart-histogram').waitFor();
    await page.keyboard.press('Control+K');
    await page.getByPlaceholder('What would you like to do?').fill('CSV');
    const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(file.suggestedFilename()).toMatch(/-histogram-.*\.csv$/);
  });

  it('switches to French at once, charts included, and remembers it', async () => {
    const { page } = lab;
    await exercise('C07');
    await page
      .getByTestId('language-switch')
      .getByRole('button', { name: /Français/ })
      .click();
    await expect.poll(() => page.locator('h1').innerText()).toContain('bords');
    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
    await expect.poll(() => page.getByTestId('results').innerText()).toContain('échelle logarithmique');
    await page.reload();
    await expect.poll(() => page.locator('h1').innerText()).toContain('bords');
    await page
      .getByTestId('language-switch')
      .getByRole('button', { name: /English/ })
      .click();
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('en');
  });

  it('has sent nothing outside this machine and reported no fault', () => {
    expect(lab.outside).toEqual([]);
    expect(lab.engineRequests()).toBe('');
    expect(lab.faults).toEqual([]);
  });
});
