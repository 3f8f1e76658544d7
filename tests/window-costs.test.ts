/** What costs what, in the window: the run of its page by the keyboard alone, its two charts, its words in both languages. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LabWindow, NO_BROWSER, openLabWindow } from './support/lab-window.ts';

describe.skipIf(NO_BROWSER !== '')(`the window asks what costs what${NO_BROWSER}`, () => {
  let lab: LabWindow;
  beforeAll(async () => {
    lab = await openLabWindow();
  });
  afterAll(() => lab?.close());

  it('is found in the palette, and tells what will be changed and what cannot be', async () => {
    const { page } = lab;
    await page.keyboard.press('Control+k');
    const search = page.getByPlaceholder('What would you like to do?');
    await search.fill('what costs');
    await page.getByRole('button', { name: 'What costs what?' }).waitFor();
    await search.press('ArrowDown');
    await page.locator('[data-selected]').filter({ hasText: 'What costs what?' }).waitFor();
    await search.press('Enter');
    await page.getByTestId('ladder-causes').waitFor();
    expect(new URL(page.url()).hash).toBe('#/costs');
    expect(await page.getByTestId('ladder-causes').innerText()).toContain('Temporal blocking');
    // The browser of tests has a software GPU at most.
    expect(await page.getByTestId('ladder-unchanged').innerText()).toContain('On the GPU, with the state crossing at every step');
  });

  it('runs by the keyboard, and shows a bar and a sentence for each cause', async () => {
    const { page } = lab;
    for (const [field, value] of [
      ['rounds', '1'],
      ['rows', '48'],
      ['cols', '64'],
    ] as const) {
      await page.getByTestId(`field-${field}`).focus();
      await page.keyboard.press('Control+a');
      await page.keyboard.type(value);
    }
    await page.keyboard.press('Control+Enter');
    await page.getByTestId('cancel-run').waitFor();
    await page.getByTestId('start-run').waitFor();
    await page.getByTestId('chart-cost-ladder').waitFor();
    const { session } = await (await lab.engine.connect()).call('getSession', {});
    const { request, status } = session.runs.at(-1)!;
    expect(status).toBe('done');
    expect(request.grid).toEqual({ rows: 48, cols: 64 });
    const changes = request.ladder!.changes;
    expect(changes.length).toBeGreaterThan(8);
    expect(await page.locator('[data-bar]').count()).toBe(changes.length);
    for (const { cause, to } of changes)
      expect(await page.getByTestId(`words-${cause}-${to}`).innerText()).toMatch(/Module: .*; lesson C\d\d\.$/u);
    expect(await page.getByTestId('waterfall-absent').innerText()).not.toBe('');
  });

  it('shows the climb, and both in French', async () => {
    const { page } = lab;
    await page.locator('[data-chart="climb"]').click();
    await page.getByTestId('words-naive').waitFor();
    expect(await page.locator('[data-bar]').count()).toBeGreaterThan(4);
    await page.getByTestId('language-switch').getByText('FR').click();
    await expect.poll(() => page.getByTestId('words-naive').innerText()).toMatch(/^aos_nested prend .* par pas\.$/u);
    await page.locator('[data-chart="cost-ladder"]').click();
    await expect.poll(() => page.getByTestId('waterfall-absent').innerText()).toContain('GPU');
    expect(await page.locator('h1').innerText()).toMatch(/^Qu’est-ce qui coûte quoi/u);
  });

  it('refuses a state that its kernel cannot have, in words, before anything is run', async () => {
    const { page } = lab;
    await page.getByTestId('language-switch').getByText('EN').click();
    await page.locator('summary').filter({ hasText: 'The state in detail' }).click();
    await page.getByLabel('Boundary').selectOption('clipped');
    await page.getByTestId('refusals').waitFor();
    expect(await page.getByTestId('start-run').isDisabled()).toBe(true);
    await page.getByTestId('ladder-kernel').selectOption('soa_split');
    await expect.poll(() => page.getByTestId('start-run').isDisabled()).toBe(false);
    expect(await page.getByTestId('ladder-unchanged').innerText()).toContain('autovec has no boundary clipped');
    expect(lab.faults).toEqual([]);
    expect(lab.outside).toEqual([]);
  });
});
