/** Runners killed under the window's eyes: one run fails in words, the next one succeeds in the same window. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runnersOf } from './support/engine-children.ts';
import { chooseSmallRun, type LabWindow, NO_BROWSER, openLabWindow, runToTheEnd } from './support/lab-window.ts';

describe.skipIf(NO_BROWSER !== '')(`the window survives its runners${NO_BROWSER}`, () => {
  let lab: LabWindow;
  beforeAll(async () => {
    lab = await openLabWindow();
  });
  afterAll(() => lab?.close());

  it.each([
    { backend: 'native', kernel: 'autovec' },
    { backend: 'webgpu', kernel: 'gpu_constants' },
  ])('tells that the $backend runner was killed, and runs again', async ({ backend, kernel }) => {
    const { page, engine } = lab;
    await page.goto(`${engine.origin}/#/workbench`);
    await page.getByTestId('start-run').waitFor();
    for (const box of await page.locator('[data-testid^="kernel-"]').all()) {
      const wanted = (await box.getAttribute('data-testid')) === `kernel-${kernel}`;
      if ((await box.isChecked()) !== wanted) await box.click();
    }
    await chooseSmallRun(page, { rows: 400, cols: 400, steps: 1_000_000, rounds: 1 });
    await page.getByTestId('start-run').click();
    const client = await engine.connect();
    const samples = async () => (await client.call('getSession', {})).session.runs.at(-1)?.variants[0]?.samples.length ?? 0;
    await expect.poll(samples).toBeGreaterThan(1);
    const [pid] = runnersOf(engine.child.pid!, backend);
    process.kill(pid!, 'SIGKILL');
    await page.getByTestId('run-troubles').waitFor();
    expect(await page.getByTestId('run-troubles').innerText()).toContain(backend);
    expect(await samples()).toBeGreaterThan(1);

    await page.getByTestId('start-run').waitFor();
    await chooseSmallRun(page, { rows: 64, cols: 96, steps: 64, rounds: 1 });
    await runToTheEnd(lab);
    const run = (await client.call('getSession', {})).session.runs.at(-1);
    expect(run?.status).toBe('done');
    expect(run?.variants[0]?.verification?.status).toBe('passed');
  });
});
