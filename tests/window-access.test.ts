/** The window for everybody: axe finds nothing, nothing overflows, and the main job is done by the keyboard alone. */
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES, THEMES } from '../electron/shared/contract.ts';
import { EXERCISES } from '../kernels/syllabus.ts';
import { chooseSmallRun, LAPTOP, type LabWindow, NO_BROWSER, OLD_PROJECTOR, openLabWindow, runToTheEnd } from './support/lab-window.ts';

const PAGES = ['exercise/C07', 'exercise/C02', 'workbench', 'table', 'costs', 'sessions', 'compare', 'machine'];

describe.skipIf(NO_BROWSER !== '')(`the window is for everybody${NO_BROWSER}`, () => {
  let lab: LabWindow;
  beforeAll(async () => {
    lab = await openLabWindow();
    await lab.page.goto(`${lab.engine.origin}/#/exercise/C07`);
    await lab.page.getByTestId('start-run').waitFor();
    await chooseSmallRun(lab.page, { rows: 64, cols: 96, steps: 200, rounds: 3 });
    await runToTheEnd(lab);
  });
  afterAll(() => lab?.close());

  const prefer = async (testId: string, index: number) => {
    const button = lab.page.getByTestId(testId).getByRole('button').nth(index);
    await button.click();
    await expect.poll(() => button.getAttribute('aria-pressed')).toBe('true');
  };

  it.each(THEMES.map((theme, index) => ({ theme, index })))('has no axe violation on any page in the theme $theme', async ({ index }) => {
    const { page } = lab;
    await prefer('theme-switch', index);
    const found: string[] = [];
    for (const name of PAGES) {
      await page.goto(`${lab.engine.origin}/#/${name}`);
      await page.locator('h1').first().waitFor();
      const { violations } = await new AxeBuilder({ page }).analyze();
      for (const { id, nodes } of violations) found.push(`${name}: ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
    }
    expect(found).toEqual([]);
  });

  it.each([LAPTOP, OLD_PROJECTOR])('shows every page within $width × $height in both languages and all themes', async (viewport) => {
    const { page } = lab;
    await page.setViewportSize(viewport);
    const wide: string[] = [];
    for (const [languageIndex, language] of LANGUAGES.entries()) {
      await prefer('language-switch', languageIndex);
      for (const [themeIndex, theme] of THEMES.entries()) {
        await prefer('theme-switch', themeIndex);
        for (const name of PAGES) {
          await page.goto(`${lab.engine.origin}/#/${name}`);
          await page.locator('h1').first().waitFor();
          const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          if (over > 0) wide.push(`${name} ${language} ${theme}: ${over} px too wide`);
        }
      }
    }
    await prefer('language-switch', 0);
    await prefer('theme-switch', 0);
    await page.setViewportSize(LAPTOP);
    expect(wide).toEqual([]);
  });

  it('runs an exercise, reads its table and goes to the next one without a mouse', async () => {
    const { page } = lab;
    await page.goto(`${lab.engine.origin}/#/exercise/C04`);
    await page.getByTestId('start-run').waitFor();
    await page.reload();
    await page.getByTestId('start-run').waitFor();
    const focused = () =>
      page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? document.activeElement?.textContent ?? '');
    const tabTo = async (wanted: (name: string) => boolean) => {
      for (let press = 0; press < 120; press++) {
        await page.keyboard.press('Tab');
        if (wanted(await focused())) return;
      }
      throw new Error('120 presses of Tab did not reach it');
    };
    await page.keyboard.press('Tab');
    expect(await focused()).toContain('Skip to the main content');
    for (const [name, value] of Object.entries({ rounds: '3', rows: '64', cols: '96', steps: '200' })) {
      await tabTo((id) => id === `field-${name}`);
      await page.keyboard.press('Control+A');
      await page.keyboard.type(value);
    }
    await page.keyboard.press('Control+Enter');
    await page.getByTestId('conclusion').waitFor();
    await tabTo((name) => name === 'Timings' || name === 'Speed-up');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.getByTestId('chart-table').waitFor();
    await tabTo((id) => id === 'next-exercise');
    await page.keyboard.press('Enter');
    const next = EXERCISES[EXERCISES.findIndex(({ id }) => id === 'C04') + 1]?.id;
    await expect.poll(() => page.url()).toContain(`#/exercise/${next}`);
    // The keyboard goes on in the page that came.
    await expect.poll(() => page.locator('main').evaluate((main) => main === document.activeElement)).toBe(true);
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Lesson');
  });

  it('finds everything through the command palette', async () => {
    const { page } = lab;
    await page.keyboard.press('Control+K');
    await page.keyboard.type('machine');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.url()).toContain('#/machine');
  });

  it('has reported no fault', () => expect(lab.faults).toEqual([]));
});
