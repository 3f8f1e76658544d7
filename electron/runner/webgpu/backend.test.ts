import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { KERNELS } from '../../../kernels/catalog.ts';
import { TRANSFERS, type Transfer } from '../../../kernels/transfer.ts';
import { expectSameFrame } from '../../../tests/support/same-frame.ts';
import { firstAdapter, startWebgpuProcess } from '../../../tests/support/webgpu-process.ts';
import type { Adapter } from '../../shared/run.ts';
import { createWebgpuBackend } from './backend.ts';
import type { Dawn } from './dawn.ts';

type Cases = typeof import('../../../tests/support/webgpu-cases.ts');
const CASES = new URL('../../../tests/support/webgpu-cases.ts', import.meta.url);
const TOLERANCE = 5e-6;
const STEPS = 200;

/** Heights and widths around what a workgroup of 16 × 8 covers, and grids that are all border; few cells, many shapes. */
const AWKWARD_GRIDS = [
  [1, 1],
  [1, 65],
  [65, 1],
  [2, 63],
  [63, 2],
  [3, 17],
  [17, 3],
  [15, 15],
].map(([rows, cols]) => ({ rows: rows!, cols: cols! }));

const CROSSINGS = TRANSFERS.filter((transfer) => transfer !== 'once');

const kernels = KERNELS.filter((kernel) => kernel.backend === 'webgpu');
const first = await firstAdapter();
const skipped = 'reason' in first ? ` (skipped: ${first.reason})` : '';
const features = new Set('reason' in first ? [] : first.usable.flatMap((adapter) => adapter.features));
const runnable = kernels.filter(({ gpu }) => (gpu?.features ?? []).every((feature) => features.has(feature)));

describe.skipIf(skipped)(`WebGPU backend${skipped}`, async () => {
  const gpu = await startWebgpuProcess<Cases>(CASES);
  afterAll(async () => void (await gpu.end()));

  it('measures what an adapter can do with kernels that do what they count', async () => {
    const { adapters } = await gpu.call('probe');
    const { id, type } = adapters.find(({ usable }) => usable)!;
    const cells = { copy: type === 'gpu' ? 4096 ** 2 : 2048 ** 2, 'gpu-fma': type === 'gpu' ? 2048 ** 2 : 128 ** 2 };
    for (const [kind, perCell] of [
      ['copy', 16],
      ['gpu-fma', 2 * 32 * 512],
    ] as const) {
      const ceiling = await gpu.call('ceiling', kind, id);
      expect(ceiling).toEqual({ workPerStep: perCell * cells[kind], seconds: expect.any(Number) });
      expect((ceiling as { seconds: number }).seconds).toBeGreaterThan(0);
    }
    expect(await gpu.call('ceiling', 'copy', 'none')).toMatchObject({ code: 'kernel-unavailable', reason: 'no-adapter' });
    const u = [0, 0.5, 1];
    for (const rounds of [1, 2, 5]) {
      // Each of the 32 values tends to 1 by halves; they start at u + 3.875 on average.
      const expected = u.map((value) => 1 + (value + 2.875) * 0.5 ** rounds);
      for (const [at, value] of (await gpu.call('multipliedAndAdded', u, rounds)).entries()) expect(value).toBeCloseTo(expected[at]!, 5);
    }
  });

  it('lists every adapter once, hardware before software, with what it can hold', async () => {
    const { adapters, kernels: reports } = await gpu.call('probe');
    expect(reports.map(({ kernel }) => kernel)).toEqual(kernels.map(({ id }) => id));
    for (const { kernel, ...report } of reports) {
      const missing = (kernels.find(({ id }) => id === kernel)!.gpu?.features ?? []).filter((feature) => !features.has(feature));
      expect(report).toEqual(
        missing.length === 0 ? { available: true } : { available: false, reason: 'feature-missing', detail: missing.join(', ') },
      );
    }
    expect(new Set(adapters.map(({ id }) => id)).size).toBe(adapters.length);
    const types = adapters.map(({ type }) => type);
    expect(types).toEqual([...types].sort());
    for (const adapter of adapters) {
      expect(adapter.name).not.toBe('');
      expect(adapter.largestCells).toBeGreaterThan(1080 * 1920);
      if (/swiftshader|llvmpipe/i.test(adapter.name)) expect(adapter.type).toBe('software');
    }
  });

  // What is stored with fewer digits drifts off the reference by right; `gslab verify` compares it step by step.
  for (const { id, stencils, boundaries, parameters, candidates = [], gpu: host } of runnable.filter(
    ({ storage, broken }) => storage === undefined && !broken,
  )) {
    const ownOf = (values: Record<string, number>) =>
      Object.fromEntries(Object.entries(values).filter(([name]) => parameters.some((own) => own.name === name)));

    for (const boundary of boundaries) {
      for (const stencil of stencils) {
        it(`${id}, ${stencil}, ${boundary}: 47 × 61 follows the reference`, async () => {
          const job = { kernel: id, grid: { rows: 47, cols: 61 }, convention: { boundary, stencil } };
          expect(await gpu.call('differenceFromReference', job, [STEPS])).toBeLessThanOrEqual(TOLERANCE);
        });
      }
      it(`${id}, ${boundary}: awkward grids follow the reference`, async () => {
        for (const [index, grid] of AWKWARD_GRIDS.entries()) {
          const stencil = stencils[index % stencils.length]!;
          const difference = await gpu.call('differenceFromReference', { kernel: id, grid, convention: { boundary, stencil } }, [STEPS]);
          expect(difference, JSON.stringify({ grid, stencil })).toBeLessThanOrEqual(TOLERANCE);
        }
      });
    }

    it(`${id}: the state survives odd calls, and every parameter is used`, async () => {
      const job = {
        kernel: id,
        grid: { rows: 47, cols: 61 },
        parameters: ownOf({ workgroupX: 7, workgroupY: 5, cellsY: 3, rowsPerInvocation: 2, depth: 3, stepsPerSubmit: 3 }),
      };
      expect(await gpu.call('differenceFromReference', job, [1, 1, 7, 12])).toBeLessThanOrEqual(TOLERANCE);
    });

    for (const candidate of candidates) {
      it(`${id} tuned to ${JSON.stringify(candidate)}`, async () => {
        const job = { kernel: id, grid: { rows: 131, cols: 157 }, convention: { stencil: 'oono-puri' }, parameters: candidate } as const;
        expect(await gpu.call('differenceFromReference', job, [19])).toBeLessThanOrEqual(TOLERANCE);
      });
    }

    const parametersOfTall = ownOf({ workgroupX: 3, workgroupY: 1, cellsY: 1, rowsPerInvocation: 3, depth: 1 });
    const tall = { kernel: id, grid: { rows: 140_003, cols: 3 }, parameters: parametersOfTall };
    if (host?.state === 'texture')
      it(`${id}: refuses more rows than a texture holds`, async () => {
        expect(await gpu.call('troubleOfOpening', tall)).toMatchObject({ code: 'bad-value', name: 'rows', received: '140003' });
      });
    else
      it(`${id}: more rows than one dimension of a dispatch holds`, async () => {
        expect(await gpu.call('differenceFromReference', tall, [3])).toBeLessThanOrEqual(TOLERANCE);
      });

    it.each(CROSSINGS)(`${id}: what the host is brought %s follows the reference`, async (transfer) => {
      const job = { kernel: id, grid: { rows: 47, cols: 61 }, parameters: { transfer, stepsPerImage: 3, stepsPerSubmit: 2 } };
      expect(await gpu.call('differenceFromReference', job, [1, 1, 7, 12])).toBeLessThanOrEqual(TOLERANCE);
    });
  }

  const halfView = { species: 'v', maxRows: 20, maxCols: 30, low: 0, high: 0.5 } as const;

  it.each(runnable)('$id: a frame is that of the state which is read', async ({ id, gpu: host }) => {
    const job = { kernel: id, grid: { rows: 47, cols: 61 } };
    const isPlain = (host?.state ?? 'f32-buffers') === 'f32-buffers' && host?.rowMultiple === undefined;
    for (const species of ['u', 'v'] as const) {
      for (const { made, expected } of await gpu.call('framesOfRun', job, [1, 40], { ...halfView, species }, true)) {
        if (isPlain) expectSameFrame(made, expected, 0);
        else expect(made).toBeUndefined();
      }
    }
  });

  it('leaves frames to a read on a software adapter, where that is faster', async () => {
    const job = { kernel: 'gpu_constants', grid: { rows: 47, cols: 61 } };
    const { adapter } = first as { readonly adapter: Adapter };
    const frames = await gpu.call('framesOfRun', job, [1], halfView, false);
    expect(frames.map(({ made }) => made === undefined)).toEqual(frames.map(() => adapter.type === 'software'));
  });

  it.each(kernels.filter(({ storage }) => storage === 'f16'))(
    '$id follows the reference beside its rounding',
    async ({ id, stencils, boundaries }) => {
      const stencil = stencils[0]!;
      for (const boundary of boundaries) {
        for (const grid of [{ rows: 47, cols: 61 }, ...AWKWARD_GRIDS]) {
          const difference = await gpu.call('differenceWithoutHalves', { kernel: id, grid, convention: { boundary, stencil } }, [20]);
          expect(difference, JSON.stringify({ grid, boundary })).toBeLessThanOrEqual(TOLERANCE);
        }
      }
    },
  );

  it.each(runnable.filter(({ broken }) => broken).map(({ id }) => id))(
    '%s, wrong on purpose, does not follow the reference',
    async (id) => {
      const difference = await gpu.call('differenceFromReference', { kernel: id, grid: { rows: 47, cols: 61 } }, [STEPS]);
      expect(difference === null || difference > TOLERANCE, String(difference)).toBe(true);
    },
  );

  const small = { kernel: 'gpu_constants', grid: { rows: 64, cols: 64 } };

  it.each(TRANSFERS)('cancels a run without end that transfers %s, and runs again after a new start', async (transfer) => {
    const { trouble, nextStep, again } = await gpu.call('cancelEndlessRun', { ...small, parameters: { transfer } });
    expect(trouble).toEqual({ code: 'cancelled' });
    expect(nextStep).toEqual({ code: 'cancelled' });
    expect(again).toBeNull();
  });

  it.each(TRANSFERS)('tells a device lost in mid-run that transfers %s, and opens the next run on a fresh one', async (transfer) => {
    const { trouble, next } = await gpu.call('loseDeviceInMidRun', { ...small, parameters: { transfer } });
    expect(trouble).toMatchObject({ code: 'gpu-lost' });
    expect(next).toBeLessThanOrEqual(TOLERANCE);
  });

  const spansOf = async (transfer: Transfer, steps: number) => {
    const parameters = { transfer, stepsPerImage: 4 };
    const { seconds, spans = [] } = await gpu.call('timeOf', { kernel: 'gpu_naive', grid: { rows: 300, cols: 400 }, parameters }, steps);
    for (const { begin, end } of spans) {
      expect(begin).toBeLessThanOrEqual(end);
      expect(end).toBeLessThanOrEqual(seconds);
    }
    return { seconds, spans, order: spans.map(({ what, image }) => `${what} ${image}`) };
  };

  it('times what crosses between the steps apart from them', async () => {
    expect((await spansOf('once', 10)).order).toEqual([]);
    const perStep = await spansOf('per-step', 2);
    expect(perStep.order).toEqual(['upload 0', 'steps 0', 'download 0', 'upload 1', 'steps 1', 'download 1']);
    const perImage = await spansOf('per-image', 10);
    expect(perImage.order).toEqual(['steps 0', 'download 0', 'steps 1', 'download 1', 'steps 2', 'download 2']);
    for (const { spans } of [perStep, perImage])
      for (const [index, { begin }] of spans.entries()) expect(begin).toBeGreaterThanOrEqual(spans[index - 1]?.end ?? 0);
  });

  it('steps on while an image is on its way', async () => {
    const { spans, order } = await spansOf('async', 18);
    expect(new Set(order)).toEqual(new Set([0, 1, 2, 3, 4].flatMap((image) => [`steps ${image}`, `download ${image}`])));
    const of = (what: string, image: number) => spans.find((span) => span.what === what && span.image === image)!;
    for (let image = 0; image < 4; image++) {
      expect(of('download', image).begin).toBe(of('steps', image).end);
      expect(of('steps', image + 1).begin).toBeLessThan(of('download', image).end);
    }
  });

  it('says how many steps went in a submit where they were fewer than asked for', async () => {
    const job = { kernel: 'gpu_naive', grid: { rows: 8, cols: 8 }, parameters: { stepsPerSubmit: 4 } };
    const { stepsPerSubmit } = await gpu.call('timeOf', job, 3);
    expect([1, 2, 3]).toContain(stepsPerSubmit);
  });

  it('keeps the first of several errors and tells it once', async () => {
    const { told, trouble } = await gpu.call('watchSeveralErrors');
    expect(told).toBe(1);
    expect(trouble).toMatchObject({ code: 'gpu-error' });
  });

  it('refuses what the adapter cannot hold or run before allocating it', async () => {
    const huge = { kernel: 'gpu_naive', grid: { rows: 1_000_000, cols: 1_000_000 } };
    expect(await gpu.call('troubleOfOpening', huge)).toMatchObject({ code: 'grid-too-large', limit: 'adapter', cells: 1e12 });
    expect(await gpu.call('troubleOfOpening', { ...small, parameters: { workgroupX: 1024, workgroupY: 1024 } })).toMatchObject({
      code: 'bad-value',
    });
    expect(await gpu.call('troubleOfOpening', { ...small, adapter: 'vulkan:99' })).toMatchObject({
      code: 'not-supported',
      what: 'adapter',
    });
    const frozen = { ...small, convention: { boundary: 'frozen' } } as const;
    expect(await gpu.call('troubleOfOpening', frozen)).toMatchObject({ code: 'not-supported', what: 'boundary' });
  });

  it('reports a shader that does not compile, and one that is not there', async () => {
    const root = await mkdtemp(join(tmpdir(), 'gslab-wgsl-'));
    try {
      expect(await gpu.call('troubleOfOpening', small, root)).toMatchObject({ code: 'kernel-unavailable', reason: 'webgpu-failed' });
      await mkdir(join(root, 'kernels', 'wgsl'), { recursive: true });
      await writeFile(join(root, 'kernels', 'wgsl', 'gpu_constants.wgsl'), '@compute @workgroup_size(1) fn step() { nonsense }');
      expect(await gpu.call('troubleOfOpening', small, root)).toMatchObject({
        code: 'gpu-error',
        detail: expect.stringContaining('nonsense'),
      });
    } finally {
      await rm(root, { recursive: true });
    }
  });

  it('ends cleanly with work still running', async () => {
    const other = await startWebgpuProcess<Cases>(CASES);
    await other.call('leaveWorkRunning', small);
    expect(await other.end()).toEqual({ code: 0, signal: null });
  });
});

describe('WebGPU backend without a GPU', () => {
  const nowhere: Dawn = {
    GPUBufferUsage: { MAP_READ: 1, COPY_SRC: 4, COPY_DST: 8, UNIFORM: 64, STORAGE: 128, QUERY_RESOLVE: 512 },
    GPUTextureUsage: { COPY_SRC: 1, COPY_DST: 2, TEXTURE_BINDING: 4, STORAGE_BINDING: 8 },
    GPUShaderStage: { COMPUTE: 4 },
    GPUMapMode: { READ: 1 },
    gpu: () => ({ requestAdapter: async () => null }) as unknown as GPU,
  };

  it('says what was tried when there is no adapter', async () => {
    const report = await createWebgpuBackend('/nowhere', async () => nowhere).probe();
    expect(report.adapters).toEqual([]);
    for (const kernel of report.kernels)
      expect(kernel).toMatchObject({ available: false, reason: 'no-adapter', detail: expect.stringMatching(/no adapter/) });
  });

  it('passes on why Dawn could not be loaded', async () => {
    const broken = createWebgpuBackend('/nowhere', async () => Promise.reject(new Error('GLIBC_2.34 not found')));
    const report = await broken.probe();
    expect(report.kernels.map(({ kernel }) => kernel)).toEqual(kernels.map(({ id }) => id));
    for (const kernel of report.kernels)
      expect(kernel).toMatchObject({ available: false, reason: 'webgpu-failed', detail: 'GLIBC_2.34 not found' });
  });
});
