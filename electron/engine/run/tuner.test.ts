import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { champion } from '../../../kernels/entries/champion.ts';
import { gpuChampion } from '../../../kernels/entries/gpu_champion.ts';
import { defaultParameters } from '../../../kernels/kernel.ts';
import { DEFAULT_CONVENTION } from '../../../kernels/model.ts';
import { type Script, ScriptedRunner } from '../../../tests/support/scripted-runner.ts';
import type { RoundJob } from '../../runner/protocol.ts';
import type { EventData } from '../../shared/contract.ts';
import type { Adapter, RunRequest, VariantRequest } from '../../shared/run.ts';
import { Lab } from '../lab.ts';
import { gridClass, mostCells, tuningGrid } from './tuner.ts';

const { depth, strip } = defaultParameters(champion);
const DEFAULTS = { depth, strip };
const SECONDS = 0.01;
/** As if one setting took so much of the defaults' time. */
const fast =
  (depth: number, strip: number, of: number) =>
  ({ variant: { parameters } }: RoundJob) =>
    parameters.depth === depth && parameters.strip === strip ? of * SECONDS : SECONDS;

let folder: string;
let native: ScriptedRunner;
let webgpu: ScriptedRunner;
let lab: Lab;
let tuned: EventData<'tuned'>[];

async function openLab(gpu: Script = {}): Promise<void> {
  webgpu = new ScriptedRunner(gpu);
  native = new ScriptedRunner({ seconds: fast(32, 1216, 0.8) });
  lab = await Lab.open({
    appVersion: '1.0.0',
    dataFolder: folder,
    runners: { native, webgpu, javascript: new ScriptedRunner() },
  });
  tuned = [];
  lab.events.on('tuned', (data) => tuned.push(data));
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gslab-tuner-'));
  await openLab();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await lab.close();
  rmSync(folder, { recursive: true });
});

async function run(variants: VariantRequest[], change: Partial<RunRequest> = {}) {
  native.jobs.length = 0;
  webgpu.jobs.length = 0;
  const { runId } = await lab.startRun({
    ...{ convention: DEFAULT_CONVENTION, grid: { rows: 512, cols: 512 }, steps: 48, rounds: 1, display: false },
    ...{ flushSubnormals: true, pin: false, keepField: false, variants, ...change },
  });
  const { request, status } = await lab.waitForRun(runId);
  expect(status).toBe('done');
  return {
    parameters: request.variants.map((variant) => variant.parameters),
    tries: [...native.jobs, ...webgpu.jobs].filter(({ verify }) => !verify).length,
  };
}

const CHAMPION = [{ kernel: 'champion', threads: 2 }];
const FASTEST = { depth: 32, strip: 1216 };
/** One for the pace, then each candidate once, and those that are not hopeless once more. */
const LONGEST_SEARCH = 1 + 2 * champion.candidates!.length;

describe('Tuner', () => {
  it('finds the fastest setting, tells it, and remembers it beyond this lab', async () => {
    const { parameters, tries } = await run(CHAMPION);
    expect(parameters).toEqual([FASTEST]);
    // Of the second turn only the fastest is left: the others are a quarter slower.
    expect(tries).toBe(1 + champion.candidates!.length + 1);
    expect(tuned).toMatchObject([{ kernel: 'champion', parameters: FASTEST }]);
    await lab.close();
    await openLab();
    expect(await run(CHAMPION)).toEqual({ parameters: [FASTEST], tries: 0 });
    expect(tuned).toEqual([]);
  });

  it('tries whole sweeps of what will run, unverified, and keeps no sample of them', async () => {
    await run(CHAMPION, { convention: { ...DEFAULT_CONVENTION, boundary: 'periodic' }, pin: true });
    const tries = native.jobs.filter(({ verify }) => !verify);
    for (const { steps, variant, convention, pin, grid } of tries) {
      expect(steps % Number(variant.parameters.depth)).toBe(0);
      expect({ threads: variant.threads, boundary: convention.boundary, pin, grid }).toEqual({
        ...{ threads: 2, boundary: 'periodic', pin: true, grid: { rows: 512, cols: 512 } },
      });
    }
    const { runs } = lab.session.read();
    expect(runs.map(({ variants }) => variants.map(({ samples }) => samples.length))).toEqual([[2]]);
  });

  it('keeps the defaults where the gain may be noise, and remembers that too', async () => {
    native.script = { seconds: fast(32, 1216, 0.96) };
    expect(await run(CHAMPION)).toEqual({ parameters: [DEFAULTS], tries: LONGEST_SEARCH });
    expect(await run(CHAMPION)).toEqual({ parameters: [DEFAULTS], tries: 0 });
  });

  it('is out of the way of what is given, of small grids, and of kernels without candidates', async () => {
    const given: VariantRequest[] = [
      { kernel: 'champion', parameters: { depth: 8 } },
      { kernel: 'champion', parameters: { strip: 1216 } },
      { kernel: 'simd' },
    ];
    const { parameters, tries } = await run(given);
    expect(parameters.slice(0, 2)).toEqual([
      { ...DEFAULTS, depth: 8 },
      { ...DEFAULTS, strip: 1216 },
    ]);
    expect(tries).toBe(0);
    const small = { grid: { rows: 200, cols: 513 } };
    expect(await run(CHAMPION, small)).toEqual({ parameters: [{ ...DEFAULTS, depth: 12 }], tries: 0 });
    expect(await run([{ kernel: 'champion', parameters: { strip: 448 } }], small)).toEqual({ parameters: [DEFAULTS], tries: 0 });
    expect(await run(CHAMPION, { grid: { rows: 1, cols: 1 } })).toMatchObject({ parameters: [{ depth: 4 }] });
  });

  it('seeks one tuning for a cost ladder, of its state, and changes it in no other variant', async () => {
    const variants: VariantRequest[] = [
      { kernel: 'champion', threads: 2 },
      { kernel: 'champion', threads: 2, precision: 'f64' },
      { kernel: 'champion', threads: 2, parameters: { depth: 1 } },
      { kernel: 'simd' },
    ];
    const ladder: RunRequest['ladder'] = { changes: [{ cause: 'precision', from: 0, to: 1 }], unchanged: [] };
    const { parameters } = await run(variants, { ladder });
    expect(parameters).toEqual([FASTEST, FASTEST, { ...FASTEST, depth: 1 }, {}]);
    expect(tuned).toHaveLength(1);
    await expect(run(variants, { ladder: { changes: [{ cause: 'precision', from: 0, to: 4 }], unchanged: [] } })).rejects.toMatchObject({
      trouble: { code: 'bad-value', name: 'ladder' },
    });
  });

  it('gives one tuning to all variants of a curve, that of the largest grid and team', async () => {
    const curve = [1, 2, 3].map((threads) => ({ kernel: 'champion', threads, grid: { rows: 512 * threads, cols: 512 } }));
    const { parameters } = await run([...curve, { kernel: 'champion', parameters: { depth: 8 } }]);
    expect(parameters).toEqual([FASTEST, FASTEST, FASTEST, { ...DEFAULTS, depth: 8 }]);
    expect(tuned.length).toBe(1);
    expect(native.jobs[0]).toMatchObject({ grid: { rows: 1536, cols: 512 }, variant: { threads: 3 } });
  });

  it('looks again under other circumstances, and not on a grid of about the same size', async () => {
    await run(CHAMPION);
    expect((await run(CHAMPION, { grid: { rows: 500, cols: 520 } })).tries).toBe(0);
    const others: [VariantRequest, Partial<RunRequest>][] = [
      [{ kernel: 'champion', threads: 1 }, {}],
      [{ kernel: 'champion', threads: 2, precision: 'f64' }, {}],
      [CHAMPION[0]!, { grid: { rows: 1024, cols: 512 } }],
      [CHAMPION[0]!, { convention: { ...DEFAULT_CONVENTION, boundary: 'periodic' } }],
      [CHAMPION[0]!, { convention: { ...DEFAULT_CONVENTION, stencil: 'five-point' } }],
    ];
    for (const [variant, change] of others) {
      expect((await run([variant], change)).tries).toBeGreaterThan(0);
      expect((await run([variant], change)).tries).toBe(0);
    }
  });

  it('tries no sweep that is longer than the run, and keeps apart what it finds for short runs', async () => {
    expect((await run(CHAMPION)).parameters).toEqual([FASTEST]);
    const { parameters, tries } = await run(CHAMPION, { steps: 16 });
    expect(tries).toBeGreaterThan(0);
    expect(Number(parameters[0]?.depth)).toBeLessThanOrEqual(16);
    const sweeps = native.jobs.filter(({ verify }) => !verify).map(({ variant }) => Number(variant.parameters.depth));
    expect(Math.max(...sweeps)).toBe(16);
    expect(await run(CHAMPION, { steps: 7 })).toEqual({ parameters: [DEFAULTS], tries: 0 });
    expect(await run(CHAMPION)).toEqual({ parameters: [FASTEST], tries: 0 });
  });

  it('forgets what it knew when asked, and finds it again', async () => {
    expect(lab.forgetTunings()).toBe(0);
    await run(CHAMPION);
    expect(lab.forgetTunings()).toBe(1);
    expect((await run(CHAMPION)).tries).toBeGreaterThan(0);
  });

  it('takes no notice of a damaged file, nor of a setting that the kernel does not name, and replaces them', async () => {
    const path = join(folder, 'tuning.json');
    await run(CHAMPION);
    const good = readFileSync(path, 'utf8');
    for (const damaged of ['', '{"a":', '[{}]', good.replace('1216', '65537')]) {
      writeFileSync(path, damaged);
      const { parameters, tries } = await run(CHAMPION);
      expect(parameters).toEqual([FASTEST]);
      expect(tries).toBeGreaterThan(0);
      expect(readFileSync(path, 'utf8')).toBe(good);
    }
  });

  it('runs the defaults where the search fails, and forgets it', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    native.script = { trouble: ({ verify }) => (verify ? undefined : { code: 'runner-died', backend: 'native', detail: 'SIGSEGV' }) };
    expect((await run(CHAMPION)).parameters).toEqual([DEFAULTS]);
    expect(tuned.map(({ parameters }) => parameters)).toEqual([undefined]);
    native.script = { seconds: fast(32, 1216, 0.8) };
    expect((await run(CHAMPION)).parameters).toEqual([FASTEST]);
  });

  it.each(['cancelTuning', 'close'] as const)('ends at %s, and the run is not begun', async (how) => {
    native.script = { held: true };
    const begun = Promise.withResolvers<void>();
    lab.events.on('tuning', () => begun.resolve());
    const run_ = run(CHAMPION).catch((error) => error.trouble);
    await begun.promise;
    // The round waits by then.
    await new Promise(setImmediate);
    const session = lab.session.read();
    if (how === 'close') await lab.close();
    else await lab.call('cancelTuning', {});
    expect(await run_).toEqual({ code: 'cancelled' });
    expect(session.runs).toEqual([]);
    expect(tuned.map(({ parameters }) => parameters)).toEqual([undefined]);
    if (how === 'cancelTuning') {
      expect(lab.session.read().runs).toEqual([]);
      native.script = {};
      expect((await run(CHAMPION)).parameters).toEqual([DEFAULTS]);
    }
  });
});

describe('Tuner of a GPU', () => {
  const adapter = (index: number, driver: string): Adapter => ({
    ...{ id: `vulkan:${index}`, name: `GPU ${index}`, backend: 'vulkan', type: 'gpu', driver },
    ...{ usable: true, largestCells: 2 ** 28, features: [] },
  });
  const open = async (driver: string) => {
    await lab.close();
    await openLab({
      report: { kernels: [{ kernel: 'gpu_champion', available: true }], adapters: [adapter(0, driver), adapter(1, driver)] },
      // As if it had no room for the largest work-groups, and were the faster the deeper it goes.
      trouble: ({ variant: { parameters } }) =>
        Number(parameters.workgroupX) * Number(parameters.workgroupY) > 128
          ? { code: 'bad-value', name: 'tile', expected: 'at most 16384 bytes', received: '32768 bytes' }
          : undefined,
      seconds: ({ variant: { parameters } }) => SECONDS / Number(parameters.workgroupY),
    });
  };
  const TALLEST = { depth: 4, workgroupX: 8, workgroupY: 16 };
  const tuningOf = ({ depth, workgroupX, workgroupY }: Record<string, unknown>) => ({ depth, workgroupX, workgroupY });

  it('leaves out what the adapter has no room for, and remembers per adapter and driver', async () => {
    await open('1.0');
    const { parameters, tries } = await run([{ kernel: 'gpu_champion' }]);
    expect(parameters.map(tuningOf)).toEqual([TALLEST]);
    expect(tries).toBeGreaterThan(gpuChampion.candidates!.length);
    expect(webgpu.jobs[0]).toMatchObject({ variant: { adapter: 'vulkan:0' }, grid: { rows: 512, cols: 512 } });
    expect((await run([{ kernel: 'gpu_champion' }])).tries).toBe(0);
    expect((await run([{ kernel: 'gpu_champion', adapter: 'vulkan:1' }])).tries).toBeGreaterThan(0);
    expect(webgpu.jobs[0]).toMatchObject({ variant: { adapter: 'vulkan:1' } });
    await open('2.0');
    expect((await run([{ kernel: 'gpu_champion' }])).tries).toBeGreaterThan(0);
  });
});

describe('the grid that is tried', () => {
  it('is the run’s own, or a smaller one of its shape, larger for a large team', () => {
    expect(tuningGrid({ rows: 1080, cols: 1920 }, mostCells(2))).toEqual({ rows: 1080, cols: 1920 });
    expect(tuningGrid({ rows: 4096, cols: 16384 }, mostCells(2))).toEqual({ rows: 1024, cols: 4096 });
    expect(tuningGrid({ rows: 16384, cols: 16384 }, mostCells(8))).toEqual({ rows: 2896, cols: 2896 });
    expect(tuningGrid({ rows: 16384, cols: 16384 }, mostCells(128))).toEqual({ rows: 4096, cols: 4096 });
    expect(tuningGrid({ rows: 1, cols: 1_000_000 }, mostCells(1))).toEqual({ rows: 1, cols: 1_000_000 });
  });

  it('is larger than the caches of a GPU, and small where a processor plays its part', () => {
    expect(tuningGrid({ rows: 8192, cols: 8192 }, mostCells(1, { type: 'gpu' }))).toEqual({ rows: 2896, cols: 2896 });
    expect(tuningGrid({ rows: 8192, cols: 8192 }, mostCells(1, { type: 'software' }))).toEqual({ rows: 512, cols: 512 });
  });

  it('is of a class with those of nearly as many cells', () => {
    expect([256 * 256, 300 * 300, 512 * 512].map((cells) => gridClass({ rows: 1, cols: cells }))).toEqual([16, 16, 18]);
  });
});
