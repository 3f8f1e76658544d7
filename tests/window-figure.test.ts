/** Figures that carry their runs: exported from the window, dropped on it, and shown again as they were. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gslab } from './support/command-line.ts';
import { chooseSmallRun, type LabWindow, NO_BROWSER, openLabWindow, runToTheEnd } from './support/lab-window.ts';

const RUN = { rows: 96, cols: 128, steps: 400, rounds: 3 };
const FIGURES = ['SVG', 'PNG', 'PDF'] as const;

describe.skipIf(NO_BROWSER !== '')(`figures carry their runs${NO_BROWSER}`, () => {
  let lab: LabWindow;
  /** Paths of the figures, and the table that they were made of. */
  const files = new Map<string, string>();
  let table = '';

  const exercise = async (id: string) => {
    await lab.page.goto(`${lab.engine.origin}/#/exercise/${id}`);
    await lab.page.getByTestId('start-run').waitFor();
  };
  const drop = (name: string, bytes: Buffer) =>
    lab.page.evaluate(
      ([name, base64]) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([Uint8Array.from(atob(base64!), (character) => character.charCodeAt(0))], name!));
        document.body.dispatchEvent(new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true }));
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
      },
      [name, bytes.toString('base64')],
    );
  const shownTable = async () => {
    await lab.page.getByRole('tab', { name: 'Table' }).click();
    return lab.page.getByTestId('chart-table').innerText();
  };

  beforeAll(async () => {
    lab = await openLabWindow();
    await exercise('C07');
    await chooseSmallRun(lab.page, RUN);
    await runToTheEnd(lab);
    await lab.page.getByRole('tab', { name: 'Spread' }).click();
    await lab.page.getByTestId('chart-histogram').waitFor();
    for (const name of FIGURES) {
      await lab.page.getByTestId('export-menu').click();
      if (name === 'PNG') await lab.page.getByTestId('export-png').click();
      const item = lab.page.getByRole('menuitem', { name: name === 'PNG' ? 'PNG, 2' : name });
      const [file] = await Promise.all([lab.page.waitForEvent('download'), item.click()]);
      const path = `${lab.folder}/${file.suggestedFilename()}`;
      await file.saveAs(path);
      files.set(name, path);
    }
    table = await shownTable();
  });
  afterAll(() => lab?.close());

  it.each(FIGURES)('a dropped %s opens its own session at the same view', async (name) => {
    const { page } = lab;
    await page.goto(`${lab.engine.origin}/#/sessions`);
    await page.getByTestId('new-session').click();
    await expect.poll(() => page.getByTestId('session-menu').innerText()).toContain('session-');
    const path = files.get(name)!;
    await drop(path.split('/').at(-1)!, readFileSync(path));
    await page.getByTestId('chart-histogram').waitFor();
    expect(page.url()).toContain('#/exercise/C07');
    await expect.poll(() => page.getByTestId('session-menu').innerText()).toContain('histogram');
    expect(await shownTable()).toBe(table);
  });

  it('a picture without data is refused in a sentence, and the session stays', async () => {
    const { page } = lab;
    const before = await page.getByTestId('session-menu').innerText();
    await drop('cat.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><circle r="4"/></svg>'));
    await page.getByText('expected a figure that this app has exported').waitFor();
    expect(await page.getByTestId('session-menu').innerText()).toBe(before);
  });

  it('the command line reads a figure like a session', async () => {
    const { code, stdout } = await gslab(['export', files.get('PDF')!, '--to', 'csv', '--out', `${lab.folder}/again`], {
      cwd: lab.folder,
      dataFolder: lab.folder,
    });
    expect(code).toBe(0);
    const csv = readFileSync(stdout.split('\n').find((line) => line.includes('histogram'))!, 'utf8');
    // A header, and a row for each sample of both kernels.
    expect(csv.split('\r\n').length).toBeGreaterThan(2 * RUN.rounds);
    expect(csv).toContain('soa_split');
  });

  it('has sent nothing outside this machine', () => {
    expect(lab.outside).toEqual([]);
    expect(lab.engineRequests()).toBe('');
  });
});
