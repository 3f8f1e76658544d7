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
import { TroubleError, type UnavailableReason } from '../../shared/trouble.ts';
import type { BackendReport, KernelInstance, KernelJob, RunnerBackend } from '../backend.ts';
import { type AdapterList, type ListedAdapter, listAdapters } from './adapters.ts';
import { type Dawn, loadDawn } from './dawn.ts';
import { openDevice, type WatchedDevice } from './device.ts';
import { WebgpuInstance } from './instance.ts';
import { dispatchFor, modelValues, overridesFor, type Tuning, tuningOf } from './interface.ts';
import { bytesNeeded, requireFit } from './limits.ts';
import { PipelineStore } from './pipelines.ts';

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

const GPU_KERNELS = KERNELS.filter((kernel) => kernel.backend === 'webgpu');

/** `resourceRoot` holds `kernels/wgsl`; `load` stands in for Dawn in tests. */
export function createWebgpuBackend(resourceRoot: string, load: () => Promise<Dawn> = loadDawn): WebgpuBackend {
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
  const fitting = async (job: KernelJob) => {
    const kernel = kernelOf(job);
    const { dawn, ...list } = await start().catch((error: unknown) => {
      throw new TroubleError({ code: 'kernel-unavailable', kernel: kernel.id, reason: 'webgpu-failed', detail: messageOf(error) });
    });
    const listed = adapterOf(job, list);
    const parameters = { ...defaultParameters(kernel), ...job.variant.parameters };
    const tuning = tuningOf(parameters);
    requireFit(kernel.id, job.grid, tuning, listed.limits);
    return { kernel, dawn, listed, parameters, tuning };
  };

  return {
    async probe(): Promise<BackendReport> {
      try {
        const { adapters, tried } = await start();
        const records = adapters.map(({ record }) => record);
        if (records.some(({ usable }) => usable))
          return { kernels: GPU_KERNELS.map(({ id }) => ({ kernel: id, available: true })), adapters: records };
        const unusable = records.map(({ name, reason }) => `${name}: ${reason}`);
        return { kernels: unavailable('no-adapter', [tried, ...unusable].filter(Boolean).join('; ')), adapters: records };
      } catch (error) {
        return { kernels: unavailable('webgpu-failed', messageOf(error)), adapters: [] };
      }
    },

    async open(job: KernelJob): Promise<KernelInstance> {
      const { kernel, dawn, listed, parameters, tuning } = await fitting(job);
      const source = await readFile(join(resourceRoot, kernel.source), 'utf8').catch((error: unknown) => {
        throw new TroubleError({ code: 'kernel-unavailable', kernel: kernel.id, reason: 'webgpu-failed', detail: messageOf(error) });
      });
      const device = await deviceOf(listed);
      return prepare(dawn, device, listed, source, { ...job, variant: { ...job.variant, parameters } }, tuning);
    },

    bytesNeeded: (job) => bytesNeeded(job.grid),

    async requireFit(job) {
      await fitting(job);
    },

    destroyDevices,
  };
}

async function prepare(
  dawn: Dawn,
  { watched, pipelines }: OpenDevice,
  listed: ListedAdapter,
  source: string,
  job: KernelJob,
  tuning: Tuning,
): Promise<WebgpuInstance> {
  const dispatch = dispatchFor(job.grid, tuning, listed.limits.maxComputeWorkgroupsPerDimension);
  const values = modelValues(job.convention, job.grid, dispatch);
  const pipeline = await pipelines.pipeline(job.variant.kernel, source, overridesFor(source, values, job.variant.parameters));
  const software = listed.record.type === 'software';
  const kernel = { source, pipeline, values, dispatch, stepsPerSubmit: tuning.stepsPerSubmit, software };
  const instance = await watched.guarded(() => new WebgpuInstance(dawn, watched, kernel, job.grid));
  await instance.calibrate();
  return instance;
}

function kernelOf(job: KernelJob): Kernel {
  const { kernel: id } = job.variant;
  const kernel = GPU_KERNELS.find((candidate) => candidate.id === id);
  if (kernel === undefined) throw new TroubleError({ code: 'unknown-kernel', received: id, known: GPU_KERNELS.map((known) => known.id) });
  const refuse = (what: 'boundary' | 'precision', received: string, supported: readonly string[]) => {
    if (!supported.includes(received))
      throw new TroubleError({ code: 'not-supported', kernel: id, what, received, supported: [...supported] });
  };
  refuse('precision', job.convention.precision, kernel.precisions);
  refuse('boundary', job.convention.boundary, kernel.boundaries);
  return kernel;
}

/** The one asked for, else the first usable one. */
function adapterOf(job: KernelJob, { adapters, tried }: AdapterList): ListedAdapter {
  const usable = adapters.filter(({ record }) => record.usable);
  const { kernel, adapter: wanted } = job.variant;
  const first = usable[0];
  if (first === undefined) throw new TroubleError({ code: 'kernel-unavailable', kernel, reason: 'no-adapter', detail: tried });
  if (wanted === undefined || wanted === 'auto') return first;
  const found = usable.find(({ record }) => record.id === wanted);
  if (found !== undefined) return found;
  const supported = usable.map(({ record }) => record.id);
  throw new TroubleError({ code: 'not-supported', kernel, what: 'adapter', received: wanted, supported });
}

function unavailable(reason: UnavailableReason, detail: string): BackendReport['kernels'] {
  return GPU_KERNELS.map(({ id }) => ({ kernel: id, available: false, reason, detail }));
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
