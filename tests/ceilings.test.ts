/** What this machine can do at most, measured whole through the command line; how fast it is, is not looked at. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { COMPUTE_OPERATIONS } from '../electron/shared/ceilings.ts';
import { type DoctorDocument, doctorDocumentSchema } from '../electron/shared/documents.ts';
import { PRECISION_IDS } from '../kernels/model.ts';
import { gslab, type Ran, type RunSettings } from './support/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'gslab-ceilings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MILLISECONDS_INTO_MEASURING = 3000;

const run = (words: string, dataFolder: string, more: Partial<RunSettings> = {}): Promise<Ran> =>
  gslab(words.split(' '), { cwd: folder, dataFolder: join(folder, dataFolder), ...more });

const documentOf = ({ stdout }: Ran): DoctorDocument => doctorDocumentSchema.parse(JSON.parse(stdout));

it('are complete for this machine, remembered, and shown with their date', async () => {
  const before = documentOf(await run('doctor --json', 'data'));
  expect(before.ceilings).toBeUndefined();
  const measured = await run('doctor --ceilings --json', 'data');
  expect(measured.code).toBe(0);
  const { ceilings, machine, adapters } = documentOf(measured);
  const threads = [...new Set([1, availableParallelism()])];
  const { isas } = machine;
  const units = isas.length === 0 ? [] : (['scalar', ...isas.filter((isa) => isa !== 'baseline' || !isas.includes('neon'))] as const);
  for (const isa of units)
    for (const precision of PRECISION_IDS)
      for (const operation of COMPUTE_OPERATIONS)
        for (const count of threads)
          expect(ceilings!.compute).toContainEqual(expect.objectContaining({ isa, precision, operation, threads: count }));
  for (const level of isas.length === 0 ? [] : (['L1', 'memory'] as const))
    for (const count of threads)
      expect(ceilings!.memory).toContainEqual(expect.objectContaining({ level, threads: count, streaming: false }));
  expect(ceilings!.gpu.map(({ adapter }) => adapter)).toEqual(adapters.filter(({ usable }) => usable).map(({ id }) => id));
  expect(new Date(ceilings!.measuredAt).getTime()).toBeLessThanOrEqual(Date.now());

  expect(documentOf(await run('doctor --json', 'data')).ceilings).toEqual(ceilings);
  const { stdout } = await run('--lang fr doctor', 'data');
  const date = new Date(ceilings!.measuredAt).toLocaleString('fr', { dateStyle: 'long', timeStyle: 'short' });
  expect(stdout).toContain(date);
});

it.skipIf(process.platform === 'win32')('are given up at a Ctrl-C, and nothing of them is remembered', async () => {
  const temporary = join(folder, 'temporary');
  mkdirSync(temporary);
  const { code, stdout, stderr } = await run('doctor --ceilings', 'stopped', {
    environment: { TMPDIR: temporary },
    // Once there is a session, a Ctrl-C is listened to; a little later the measuring goes on.
    onStart: async (child) => {
      await expect.poll(() => readdirSync(temporary, { recursive: true })).toContainEqual(expect.stringMatching(/\.gslab$/));
      await sleep(MILLISECONDS_INTO_MEASURING);
      child.kill('SIGINT');
    },
  });
  expect({ code, stdout, stderr }).toEqual({ code: 130, stdout: '', stderr: 'Stopped: nothing was kept.\n' });
  expect(readdirSync(join(folder, 'stopped'))).not.toContain('ceilings.json');
});
