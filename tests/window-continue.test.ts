/** A run in the window that is held, let go on, cut short, finished, and given more rounds, by mouse and by keyboard. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSessionFile } from '../electron/engine/session/read.ts';
import { cancelRun, chooseSmallRun, type LabWindow, NO_BROWSER, openLabWindow } from './support/lab-window.ts';

/** Enough to be held and cut short in, however slow the page is beside its runner. */
const ROUNDS = 20;

describe.skipIf(NO_BROWSER !== '')(`the window takes runs up again${NO_BROWSER}`, () => {
  let lab: LabWindow;
  beforeAll(async () => {
    lab = await openLabWindow();
  });
  afterAll(() => lab?.close());

  const standing = () => lab.page.getByTestId('run-standing').innerText();
  const ended = () => lab.page.getByTestId('start-run').waitFor();
  const run = async () => {
    const { session } = await (await lab.engine.connect()).call('getSession', {});
    return session.runs.at(-1)!;
  };

  it('holds a run after the turn in progress, and lets it go on', async () => {
    const { page } = lab;
    await page.goto(`${lab.engine.origin}/#/exercise/C07`);
    await page.getByTestId('start-run').waitFor();
    await chooseSmallRun(page, { rows: 64, cols: 64, steps: 200, rounds: ROUNDS });
    await page.getByTestId('start-run').click();
    await page.getByTestId('pause-run').click();
    await expect.poll(() => page.getByTestId('pause-run').innerText()).toBe('Go on');
    const samplesOf = async () => {
      const { variants, control } = await run();
      return [...variants, control!].map(({ samples }) => samples.length);
    };
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
        { interval: 1500 },
      )
      .toBe(true);
    expect((await run()).status).toBe('running');
    await page.keyboard.press('Control+;');
    await expect.poll(async () => String(await samplesOf())).not.toBe(String(before));
  });

  it('finishes a run that was cut short', async () => {
    const { page } = lab;
    await cancelRun(page);
    await ended();
    await expect.poll(standing).toMatch(new RegExp(`^\\d+ of ${ROUNDS} rounds`));
    const { order } = await run();
    await page.getByTestId('continue-run').click();
    await page.getByTestId('cancel-run').waitFor();
    await ended();
    await expect.poll(standing).toMatch(new RegExp(`^${ROUNDS} rounds · `));
    const finished = await run();
    expect(finished).toMatchObject({ status: 'done', order });
    const rounds = [...Array(ROUNDS).keys()];
    for (const { samples } of [...finished.variants, finished.control!])
      expect([...new Set(samples.map(({ round }) => round))]).toEqual(rounds);
  });

  it('adds rounds from the menu and from the keyboard', async () => {
    const { page } = lab;
    await page.getByTestId('more-rounds').click();
    await page.getByRole('menuitem', { name: /^10 more rounds/ }).click();
    await page.getByTestId('cancel-run').waitFor();
    await ended();
    await expect.poll(standing).toMatch(new RegExp(`^${ROUNDS + 10} rounds`));
    await page.keyboard.press('Control+Shift+Enter');
    await page.getByTestId('cancel-run').waitFor();
    await ended();
    await expect.poll(standing).toMatch(new RegExp(`^${ROUNDS + 15} rounds`));
    const { session } = await (await lab.engine.connect()).call('hello', {});
    expect(readSessionFile(session.path).runs).toHaveLength(1);
    expect(lab.faults).toEqual([]);
  });
});
