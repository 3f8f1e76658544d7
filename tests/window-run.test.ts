/** The main job in the window: a first start, a run on the CPU and one on the GPU, watched live, cancelled, measured. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIGURE_WIDTH } from '../electron/shared/figures/page.ts';
import { EXERCISES, findExercise } from '../kernels/syllabus.ts';
import { cancelRun, chooseSmallRun, type LabWindow, NO_BROWSER, openLabWindow, runToTheEnd } from './support/lab-window.ts';

/** The README's picture is a copy of what is left here. */
const OUTPUT = join(import.meta.dirname, 'output');

describe.skipIf(NO_BROWSER !== '')(`the window runs exercises${NO_BROWSER}`, () => {
  let lab: LabWindow;
  beforeAll(async () => {
    lab = await openLabWindow();
  });
  afterAll(() => lab?.close());

  const frames = async () => Number((await lab.page.getByTestId('field').getAttribute('data-frames')) ?? 0);

  it('starts on the first exercise with a session, a machine and nothing measured', async () => {
    const { page } = lab;
    await expect.poll(() => page.locator('h1').innerText()).toContain(EXERCISES[0]!.title.en);
    expect(await page.getByTestId('machine-chip').innerText()).toMatch(/AVX|NEON|SSE|GPU/);
    expect(await page.getByTestId('results').innerText()).toContain('No result yet');
  });

  it('tells how long a run would take before anything is measured, and gives the keyboard back', async () => {
    const { page } = lab;
    await page.goto(`${lab.engine.origin}/#/workbench`);
    await page.getByTestId('estimate').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByTestId('duration').innerText(), { timeout: 60_000 }).toMatch(/^about [\d.]+\s(s|min)/u);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('start-run');
    expect(await page.getByTestId('results').innerText()).toContain('No result yet');
  });

  const places = () => Promise.all(['.gs-run', '.gs-canvas-box'].map((each) => lab.page.locator(each).boundingBox()));

  it('runs a CPU exercise with samples shown and a conclusion in words', async () => {
    const { page } = lab;
    await page.goto(`${lab.engine.origin}/#/exercise/C07`);
    await page.getByTestId('start-run').waitFor();
    await chooseSmallRun(page, { rows: 96, cols: 128, steps: 400, rounds: 3 });
    const atRest = await places();
    await runToTheEnd(lab);
    await page.getByTestId('conclusion').waitFor();
    expect(await places()).toEqual(atRest);
    expect(await page.getByTestId('conclusion').getAttribute('data-outcome')).toMatch(/^(held|not-held|unclear)$/);
    await page.getByRole('tab', { name: 'Table' }).click();
    const table = page.getByTestId('chart-table');
    for (const kernel of ['soa_window', 'soa_split']) await expect.poll(() => table.innerText()).toContain(kernel);
  });

  it('says what a lesson sweeps, ends with its chart in front, and has every point of it in the table', async () => {
    const { page } = lab;
    await page.goto(`${lab.engine.origin}/#/exercise/C18`);
    await page.getByTestId('start-run').waitFor();
    await page.getByRole('tab', { name: 'Parameters' }).click();
    const asked = findExercise('C18')!.variants.filter(({ kernel }) => kernel === 'threads_rows').length;
    await expect.poll(() => page.getByTestId('sweep-threads_rows').innerText()).toContain(`${asked} points`);
    await page.getByRole('tab', { name: 'Lesson' }).click();
    await chooseSmallRun(page, { rows: 64, cols: 96, steps: 20, rounds: 1 });
    await runToTheEnd(lab);
    await page.getByTestId('chart-scaling').waitFor();
    expect(await page.getByRole('tab', { name: 'Scaling', exact: true }).getAttribute('aria-selected')).toBe('true');
    await page.getByRole('tab', { name: 'Table' }).click();
    const { session } = await (await lab.engine.connect()).call('getSession', {});
    const points = session.runs.at(-1)!.variants.length;
    await expect.poll(() => page.getByTestId('chart-table').locator('tbody tr').count()).toBe(points);
  });

  it('shows the fields that a lesson keeps side by side, each another, and saves them as one picture', async () => {
    const { page } = lab;
    await page.goto(`${lab.engine.origin}/#/exercise/C12`);
    await page.getByTestId('start-run').waitFor();
    await chooseSmallRun(page, { rows: 96, cols: 128, steps: 3000, rounds: 1 });
    await runToTheEnd(lab);
    await page.getByRole('tab', { name: 'Fields' }).click();
    const figures = page.getByTestId('final-fields').locator('figure');
    await expect.poll(() => figures.count()).toBe(4);
    for (const stencil of ['five-point', 'eight', 'oono-puri', 'patra-karttunen']) {
      const words = await figures.filter({ hasText: `stencil ${stencil} (` }).innerText();
      expect(words).toMatch(/^simd.*: v after 3000 steps, from \d.* to 0\.\d/);
    }
    const pictures = await figures.locator('canvas').evaluateAll((all) => all.map((each) => (each as HTMLCanvasElement).toDataURL()));
    expect(new Set(pictures).size).toBe(4);
    await page.getByTestId('export-menu').click();
    await expect.poll(() => page.getByRole('menuitem').allInnerTexts()).toEqual(['PNG, 1 ×', 'PNG, 2 ×', 'PNG, 3 ×', 'PNG, 4 ×']);
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: '2 ×' }).click()]);
    expect(file.suggestedFilename()).toBe('c12-fields-v-96x128.png');
    const png = readFileSync(await file.path());
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBe(2 * FIGURE_WIDTH);
  });

  it('runs a GPU exercise and says when the adapter is a software one', async () => {
    const { page } = lab;
    await page.goto(`${lab.engine.origin}/#/exercise/G02`);
    await page.getByTestId('start-run').waitFor();
    await chooseSmallRun(page, { rows: 64, cols: 96, steps: 64, rounds: 3 });
    const client = await lab.engine.connect();
    const { adapters } = await client.call('hello', {});
    await runToTheEnd(lab);
    await page.getByTestId('conclusion').waitFor();
    const { session } = await client.call('getSession', {});
    const run = session.runs.at(-1)!;
    const gpu = run.variants.find(({ backend }) => backend === 'webgpu');
    expect(gpu?.verification?.status).toBe('passed');
    if (adapters.find(({ id }) => id === gpu?.variant.adapter)?.type === 'software') {
      expect(await page.getByTestId('machine-chip').innerText()).toContain('software GPU');
      expect(await page.getByTestId('conclusion').innerText()).toContain('software');
    }
  });

  it('shows frames of a run that would take long, cancels it and keeps what it has measured', async () => {
    const { page } = lab;
    await page.goto(`${lab.engine.origin}/#/exercise/C02`);
    await page.getByTestId('start-run').waitFor();
    await chooseSmallRun(page, { rows: 400, cols: 400, steps: 1_000_000, rounds: 5 });
    const before = await frames();
    const atRest = await places();
    await page.getByTestId('start-run').click();
    await page.getByTestId('cancel-run').waitFor();
    expect(await places()).toEqual(atRest);
    await expect.poll(frames).toBeGreaterThan(before + 5);
    expect(await places()).toEqual(atRest);
    const client = await lab.engine.connect();
    const latestRun = async () => (await client.call('getSession', {})).session.runs.at(-1)!;
    // Whichever comes first in the random order: a variant or the control.
    const measured = async () => {
      const { variants, control } = await latestRun();
      return [...variants, ...(control === undefined ? [] : [control])].flatMap(({ samples }) => samples).length;
    };
    await expect.poll(measured).toBeGreaterThan(0);
    await cancelRun(page);
    await page.getByTestId('start-run').waitFor();
    expect((await latestRun()).status).toBe('cancelled');
    expect(await measured()).toBeGreaterThan(0);
  });

  it('tells in one sentence what is wrong with a number, and does not run', async () => {
    const { page } = lab;
    for (const wrong of ['0', '-1', '2.5', 'abc', '1e9']) {
      await page.getByTestId('field-rows').fill(wrong);
      await expect.poll(() => page.locator('.gs-problem').count()).toBe(1);
      expect(await page.getByTestId('start-run').isDisabled()).toBe(true);
    }
    await page.getByTestId('field-rows').fill('400');
    await expect.poll(() => page.locator('.gs-problem').count()).toBe(0);
  });

  it('grows another pattern with other coefficients, typed with a comma, and is pictured for the README', async () => {
    const { page } = lab;
    await page.goto(`${lab.engine.origin}/#/exercise/C09`);
    await page.getByTestId('start-run').waitFor();
    await page.getByRole('tab', { name: 'Parameters' }).click();
    await page.getByTestId('field-feed').fill('0,037');
    await page.getByTestId('field-kill').fill('0,06');
    await page.getByLabel('Seed').selectOption('patch');
    await page.getByRole('tab', { name: 'Lesson' }).click();
    await chooseSmallRun(page, { rows: 180, cols: 320, steps: 3000, rounds: 3 });
    await runToTheEnd(lab);
    await page.getByTestId('conclusion').waitFor();
    await page.getByRole('tab', { name: 'Timings' }).click();
    await page.mouse.move(0, 0);
    mkdirSync(OUTPUT, { recursive: true });
    await page.screenshot({ path: join(OUTPUT, 'window.png') });
    const { session } = await (await lab.engine.connect()).call('getSession', {});
    expect(session.runs.at(-1)?.request.convention).toMatchObject({ feed: 0.037, kill: 0.06, seed: 'patch' });
  });

  it('has sent nothing outside this machine and reported no fault', () => {
    expect(lab.outside).toEqual([]);
    expect(lab.engineRequests()).toBe('');
    expect(lab.faults).toEqual([]);
  });
});
