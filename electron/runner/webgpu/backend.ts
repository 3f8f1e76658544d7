/**
 * The WGSL kernels on this machine's GPUs, through Dawn. Holds one device per adapter for as long as it is sound; a
 * device that failed is dropped, and the next `open` makes a fresh one.
 *
 * Adapters are listed once: a driver that appears later (a GPU plugged in) is seen by the next runner.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KERNELS } from '../../../kernels/catalog.ts';
import { defaultParameters, type Kernel } from '../../../kernels/kernel.ts';
import { DEFAULT_CONVENTION } from '../../../kernels/model.ts';
import { transferOf } from '../../../kernels/transfer.ts';
import type { Adapter } from '../../shared/run.ts';
import { TroubleError, type UnavailableReason } from '../../shared/trouble.ts';
import type { BackendReport, Ceiling, CeilingCase, KernelInstance, KernelJob, RunnerBackend } from '../backend.ts';
import { type AdapterList, type ListedAdapter, listAdapters } from './adapters.ts';
import { ceilingGrid, ceilingKernel, ceilingWork } from './ceiling-kernels.ts';
import { collectGarbage } from './collect-garbage.ts';
import { type Dawn, loadDawn } from './dawn.ts';
import { openDevice, type WatchedDevice } from './device.ts';
import { framePipeline } from './frame-pass.ts';
import { type PreparedKernel, WebgpuInstance } from './instance.ts';
import { modelValues, packUniform, type Tuning, takesUniform, tuningOf } from './interface.ts';
import { bytesNeeded, requireFit } from './limits.ts';
import { PipelineStore } from './pipelines.ts';
import { bindGroupLayout, type ShaderJob, sweepOf } from './shader.ts';

export interface WebgpuBackend extends RunnerBackend {
  /** Ends every device at once, as a driver does that resets: pending work fails with `gpu-lost`. */
  destroyDevices(): void;
}

interface OpenDevice {
  readonly watched: WatchedDevice;
  readonly pipelines: PipelineStore;
}

interface Ready extends AdapterList {
  readonly dawn: Dawn;
}

const GPU_KERNELS: readonly Kernel[] = KERNELS.filter((kernel) => kernel.backend === 'webgpu');

/**
 * `resourceRoot` holds the sources of `kernels`; `load` stands in for Dawn in tests. The processor,
 * which is a software adapter's GPU too, makes frames faster outside of the shader: `framesOnSoftware` is for tests.
 */
export function createWebgpuBackend(
  resourceRoot: string,
  load: () => Promise<Dawn> = loadDawn,
  kernels: readonly Kernel[] = GPU_KERNELS,
  framesOnSoftware = false,
): WebgpuBackend {
  const unavailable = (reason: UnavailableReason, detail: string): BackendReport['kernels'] =>
    kernels.map(({ id }) => ({ kernel: id, available: false, reason, detail }));
  let starting: Promise<Ready> | undefined;
  const start = () => {
    starting ??= load().then(async (dawn) => ({ dawn, ...(await listAdapters(dawn)) }));
    return starting;
  };
  const devices = new Map<string, OpenDevice>();

  const deviceOf = async (listed: ListedAdapter): Promise<OpenDevice> => {
    const known = devices.get(listed.record.id);
    if (known !== undefined && known.watched.trouble === undefined) return known;
    known?.watched.device.destroy();
    const watched = await openDevice(listed);
    const fresh = { watched, pipelines: new PipelineStore(watched) };
    devices.set(listed.record.id, fresh);
    return fresh;
  };

  const destroyDevices = () => {
    for (const { watched } of devices.values()) watched.device.destroy();
  };
  // Unloading the driver under work that still runs crashes the process; destroying a device waits for its work.
  process.once('exit', destroyDevices);

  /** What the job needs of this machine, checked against the adapter's limits before anything is allocated. */
  const fitting = async (job: KernelJob, candidates: readonly Kernel[] = kernels) => {
    const kernel = kernelOf(job, candidates);
    const { dawn, ...list } = await start().catch((error: unknown) => {
      throw new TroubleError({ code: 'kernel-unavailable', kernel: kernel.id, reason: 'webgpu-failed', detail: messageOf(error) });
    });
    const listed = adapterOf(kernel, job.variant.adapter, list);
    const parameters = { ...defaultParameters(kernel), ...job.variant.parameters };
    const tuning = tuningOf(kernel, parameters);
    requireFit(kernel, job.grid, tuning, listed.limits);
    return { kernel, dawn, listed, parameters, tuning };
  };

  const open = async (job: KernelJob, candidates?: readonly Kernel[]): Promise<KernelInstance> => {
    const { kernel, dawn, listed, parameters, tuning } = await fitting(job, candidates);
    const source = await readFile(join(resourceRoot, kernel.source), 'utf8').catch((error: unknown) => {
      throw new TroubleError({ code: 'kernel-unavailable', kernel: kernel.id, reason: 'webgpu-failed', detail: messageOf(error) });
    });
    const device = await deviceOf(listed);
    const { convention, grid } = job;
    const maxWorkgroupsPerDimension = listed.limits.maxComputeWorkgroupsPerDimension;
    const framesOnGpu = framesOnSoftware || listed.record.type !== 'software';
    const frames = framesOnGpu ? () => framePipeline(resourceRoot, dawn, device.watched.device, device.pipelines) : undefined;
    return prepare(dawn, device, listed, { kernel, source, parameters, convention, grid, maxWorkgroupsPerDimension }, tuning, frames);
  };

  return {
    async probe(): Promise<BackendReport> {
      try {
        const { adapters, tried } = await start();
        const records = adapters.map(({ record }) => record);
        if (records.some(({ usable }) => usable)) return { kernels: kernels.map((kernel) => reportOf(kernel, records)), adapters: records };
        const unusable = records.map(({ name, reason }) => `${name}: ${reason}`);
        return { kernels: unavailable('no-adapter', [tried, ...unusable].filter(Boolean).join('; ')), adapters: records };
      } catch (error) {
        return { kernels: unavailable('webgpu-failed', messageOf(error)), adapters: [] };
      }
    },

    open: (job) => open(job),

    async openCeiling(one: CeilingCase): Promise<Ceiling> {
      const kernel = ceilingKernel(one);
      const { adapters } = await start();
      const listed = adapters.find(({ record }) => 'adapter' in one && record.id === one.adapter);
      if (kernel === undefined || listed === undefined)
        throw new TroubleError({ code: 'kernel-unavailable', kernel: one.kind, reason: 'no-adapter', detail: '' });
      const grid = ceilingGrid(kernel, listed);
      const variant = { kernel: kernel.id, precision: 'f32', threads: 1, adapter: listed.record.id, parameters: {} } as const;
      const instance = await open({ variant, convention: DEFAULT_CONVENTION, grid, flushSubnormals: true, pin: false }, [kernel]);
      return {
        workPerStep: ceilingWork(kernel, grid),
        step: (steps) => instance.step(steps),
        cancel: () => instance.cancel(),
        close: () => instance.close(),
      };
    },

    bytesNeeded: (job) => bytesNeeded(job.grid, kernelOf(job, kernels), transferOf(job.variant.parameters)),

    async requireFit(job) {
      await fitting(job);
    },

    tidy: collectGarbage,

    destroyDevices,
  };
}

async function prepare(
  dawn: Dawn,
  { watched, pipelines }: OpenDevice,
  listed: ListedAdapter,
  job: ShaderJob,
  { depth, ...tuning }: Tuning,
  framePipeline: PreparedKernel['framePipeline'],
): Promise<WebgpuInstance> {
  const { kernel, source, convention, grid } = job;
  const host = kernel.gpu ?? {};
  const layout = await watched.guarded(() => bindGroupLayout(watched.device, dawn, host, source));
  const shader = { label: kernel.id, source, layout };
  const sweep = await sweepOf(pipelines, shader, job, depth);
  const uniform = takesUniform(source) ? packUniform(modelValues(convention, grid, sweep.dispatch)) : undefined;
  const software = listed.record.type === 'software';
  const prepared = {
    host,
    layout,
    uniform,
    sweep,
    tuning,
    software,
    framePipeline,
    shallower: (steps: number) => sweepOf(pipelines, shader, job, steps),
  };
  const instance = await watched.guarded(() => new WebgpuInstance(dawn, watched, prepared, grid, convention.boundary));
  await instance.calibrate();
  return instance;
}

/** Whether some adapter of this machine has what the kernel needs. */
function reportOf({ id, gpu }: Kernel, adapters: readonly Adapter[]): BackendReport['kernels'][number] {
  const missing = (adapter: Adapter) => (gpu?.features ?? []).filter((feature) => !adapter.features.includes(feature));
  const usable = adapters.filter((adapter) => adapter.usable);
  if (usable.some((adapter) => missing(adapter).length === 0)) return { kernel: id, available: true };
  return { kernel: id, available: false, reason: 'feature-missing', detail: missing(usable[0]!).join(', ') };
}

function kernelOf(job: KernelJob, kernels: readonly Kernel[]): Kernel {
  const { kernel: id } = job.variant;
  const kernel = kernels.find((candidate) => candidate.id === id);
  if (kernel === undefined) throw new TroubleError({ code: 'unknown-kernel', received: id, known: kernels.map((known) => known.id) });
  const refuse = (what: 'boundary' | 'precision', received: string, supported: readonly string[]) => {
    if (!supported.includes(received))
      throw new TroubleError({ code: 'not-supported', kernel: id, what, received, supported: [...supported] });
  };
  refuse('precision', job.convention.precision, kernel.precisions);
  refuse('boundary', job.convention.boundary, kernel.boundaries);
  return kernel;
}

/** The one asked for, else the first usable one with what the kernel needs. */
function adapterOf({ id: kernel, gpu }: Kernel, wanted: string | undefined, { adapters, tried }: AdapterList): ListedAdapter {
  const usable = adapters.filter(({ record }) => record.usable);
  if (usable.length === 0) throw new TroubleError({ code: 'kernel-unavailable', kernel, reason: 'no-adapter', detail: tried });
  const missing = ({ record }: ListedAdapter) => (gpu?.features ?? []).filter((feature) => !record.features.includes(feature));
  const asked = wanted === undefined || wanted === 'auto' ? undefined : usable.find(({ record }) => record.id === wanted);
  if (asked === undefined && wanted !== undefined && wanted !== 'auto') {
    const supported = usable.map(({ record }) => record.id);
    throw new TroubleError({ code: 'not-supported', kernel, what: 'adapter', received: wanted, supported });
  }
  const chosen = asked ?? usable.find((each) => missing(each).length === 0) ?? usable[0]!;
  const detail = missing(chosen).join(', ');
  if (detail !== '') throw new TroubleError({ code: 'kernel-unavailable', kernel, reason: 'feature-missing', detail });
  return chosen;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
