/** A run in the window that is held, let go on, cut short, finished, and given more rounds, by mouse and by keyboard. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSessionFile } from '../electron/engine/session/read.ts';
import { chooseSmallRun, type LabWindow, NO_BROWSER, openLabWindow } from './support/lab-window.ts';

const PATIENCE = { timeout: 120_000 };

describe.skipIf(NO_BROWSER !== '')(`the window takes runs up again${NO_BROWSER}`, () => {
  let lab: LabWindow;
  beforeAll(async () => {
    lab = await openLabWindow();
  });
  afterAll(() => lab?.close());

  const standing = () => lab.page.getByTestId('run-standing').innerText();
  const ended = () => lab.page.getByTestId('start-run').waitFor(PATIENCE);
  const run = async () => {
    const { session } = await (await lab.engine.connect()).call('getSession', {});
    return session.runs.at(-1)!;
  };

  it('holds a run after the turn in progress, and lets it go on', async () => {
    const { page } = lab;
    await page.goto(`${lab.engine.origin}/#/exercise/C07`);
    await page.getByTestId('start-run').waitFor();
    await chooseSmallRun(page, { rows: 64, cols: 64, steps: 200, rounds: 40 });
    await page.getByTestId('start-run').click();
    await page.getByTestId('pause-run').click();
    await expect.poll(() => page.getByTestId('pause-run').innerText()).toBe('Go on');
    const samplesOf = async () => (await run()).variants.map(({ samples }) => samples.length);
    // The turn in progress ends, and then nothing more comes.
    let before = await samplesOf();
    await expect
      .poll(
        async () => {
          const now = await samplesOf();
          const same = String(now) === String(before);
          before = now;
          return same;
        },
        { interval: 1500, timeout: 60_000 },
      )
      .toBe(true);
    expect((await run()).status).toBe('running');
    await page.keyboard.press('Control+;');
    await expect.poll(async () => String(await samplesOf()), PATIENCE).not.toBe(String(before));
  });

  it('finishes a run that was cut short', async () => {
    const { page } = lab;
    // In its first half second, when the second click of a double click on Run may land on it, Cancel does not listen.
    await page.waitForTimeout(600);
    await page.getByTestId('cancel-run').click();
    await ended();
    await expect.poll(standing).toMatch(/^\d+ of 40 rounds/);
    const { order } = await run();
    await page.getByTestId('continue-run').click();
    await page.getByTestId('cancel-run').waitFor();
    await ended();
    await expect.poll(standing).toMatch(/^40 rounds · /);
    const finished = await run();
    expect(finished).toMatchObject({ status: 'done', order });
    const rounds = [...Array(40).keys()];
    for (const { samples } of [...finished.variants, finished.control!])
      expect([...new Set(samples.map(({ round }) => round))]).toEqual(rounds);
  });

  it('adds rounds from the menu and from the keyboard', async () => {
    const { page } = lab;
    await page.getByTestId('more-rounds').click();
    await page.getByRole('menuitem', { name: /^10 more rounds/ }).click();
    await page.getByTestId('cancel-run').waitFor();
    await ended();
    await expect.poll(standing).toMatch(/^50 rounds/);
    await page.keyboard.press('Control+Shift+Enter');
    await page.getByTestId('cancel-run').waitFor();
    await ended();
    await expect.poll(standing).toMatch(/^55 rounds/);
    const { session } = await (await lab.engine.connect()).call('hello', {});
    expect(readSessionFile(session.path).runs).toHaveLength(1);
    expect(lab.faults).toEqual([]);
  });
});
