/**
 * The CPU backend: kernels of the C++ addon, each on threads of its own, so that this process's event loop stays
 * free to hear a `cancel` while they step.
 */
import { totalmem } from 'node:os';
import { findKernel, KERNELS } from '../../../kernels/catalog.ts';
import { isasWith } from '../../../kernels/kernel.ts';
import { allocateField, type Field, STENCILS } from '../../../kernels/model.ts';
import { TroubleError } from '../../shared/trouble.ts';
import type { BackendReport, Ceiling, CeilingCase, KernelInstance, KernelJob, KernelReport, RunnerBackend, StepTime } from '../backend.ts';
import { type Addon, type AddonInstance, type AddonJob, addonTrouble, type LoadedAddon, loadAddon, withinForcedIsa } from './addon.ts';
import { openNativeCeiling } from './ceiling.ts';

const NATIVE_KERNELS = KERNELS.filter((kernel) => kernel.backend === 'native');

class NativeInstance implements KernelInstance {
  readonly #job: KernelJob;
  readonly #instance: AddonInstance;
  #cancelled = false;

  constructor(job: KernelJob, instance: AddonInstance) {
    this.#job = job;
    this.#instance = instance;
  }

  async load(start: Field): Promise<void> {
    this.loadRows(start, 0);
  }

  loadRows({ u, v }: Field, firstRow: number): void {
    this.#instance.load(u, v, firstRow);
  }

  readRows({ u, v }: Field, firstRow: number): void {
    this.#instance.read(u, v, firstRow);
  }

  async step(steps: number): Promise<StepTime> {
    this.#cancelled = false;
    try {
      const seconds = await this.#instance.step(steps);
      // A cancel that came when the last row was already done is still a cancel.
      if (this.#cancelled) throw new TroubleError({ code: 'cancelled' });
      return { seconds };
    } catch (error) {
      throw new TroubleError(addonTrouble(error));
    }
  }

  async read(into?: Field): Promise<Field> {
    const field = into ?? allocateField(this.#job.grid, this.#job.variant.precision);
    this.readRows(field, 0);
    return field;
  }

  cancel(): void {
    this.#cancelled = true;
    this.#instance.cancel();
  }

  async close(): Promise<void> {
    this.#cancelled = true;
    this.#instance.close();
  }
}

class NativeBackend implements RunnerBackend {
  readonly #addon: Addon | undefined;
  readonly #compiler: string | undefined;
  readonly #reports: readonly KernelReport[];

  constructor(loaded: LoadedAddon) {
    if (!('addon' in loaded)) {
      this.#reports = NATIVE_KERNELS.map((kernel) => ({ kernel: kernel.id, available: false, ...loaded }));
      return;
    }
    const info = loaded.addon.info();
    this.#addon = loaded.addon;
    const levels = Object.entries(info.levels).map(([level, flags]) => `flags=${level}: ${flags}`);
    this.#compiler = [`${info.compiler}, ${info.flags.baseline}`, ...levels].join('; ');
    this.#reports = NATIVE_KERNELS.map((kernel) => {
      const compiled = info.kernels.find((row) => row.id === kernel.id);
      if (compiled === undefined && kernel.compiler !== undefined) {
        return { kernel: kernel.id, available: false, reason: 'compiler-missing', detail: kernel.compiler };
      }
      if (compiled === undefined) {
        const detail = `the addon was built without ${kernel.id}; "npm run build:native" builds it anew`;
        return { kernel: kernel.id, available: false, reason: 'addon-not-built', detail };
      }
      const isas = withinForcedIsa(compiled.isas).filter((isa) => kernel.isas?.includes(isa));
      if (isas.length > 0) return { kernel: kernel.id, available: true, isas };
      return { kernel: kernel.id, available: false, reason: 'isa-missing', detail: (kernel.isas ?? []).join(', ') };
    });
  }

  async probe(): Promise<BackendReport> {
    return { kernels: this.#reports, adapters: [], ...(this.#compiler === undefined ? {} : { compiler: this.#compiler }) };
  }

  async open(job: KernelJob): Promise<KernelInstance> {
    const { kernel } = job.variant;
    const report = this.#reports.find((one) => one.kernel === kernel);
    if (this.#addon === undefined || report?.available !== true) {
      const { reason = 'addon-not-built', detail = '' } = report ?? {};
      throw new TroubleError({ code: 'kernel-unavailable', kernel, reason, detail });
    }
    const addonJob = this.#addonJob(job);
    if (!report.isas?.includes(addonJob.isa)) {
      throw new TroubleError({ code: 'kernel-unavailable', kernel, reason: 'isa-missing', detail: addonJob.isa });
    }
    const bytes = this.#addon.bytesNeeded(addonJob);
    if (bytes > totalmem()) {
      const cells = job.grid.rows * job.grid.cols;
      const largestCells = Math.floor((cells * totalmem()) / bytes);
      throw new TroubleError({ code: 'grid-too-large', kernel, limit: 'memory', largestCells, cells });
    }
    try {
      return new NativeInstance(job, new this.#addon.Instance(addonJob));
    } catch (error) {
      throw new TroubleError(addonTrouble(error));
    }
  }

  async openCeiling(one: CeilingCase): Promise<Ceiling> {
    return openNativeCeiling(this.#addon, one);
  }

  /** 0 where the addon is missing: nothing can be opened. */
  bytesNeeded(job: KernelJob): number {
    return this.#addon?.bytesNeeded(this.#addonJob(job)) ?? 0;
  }

  #addonJob({ variant, convention, grid, pin, flushSubnormals }: KernelJob): AddonJob {
    const kernel = findKernel(variant.kernel);
    const isas = this.#reports.find((report) => report.kernel === variant.kernel)?.isas ?? [];
    const widest = kernel && isasWith(kernel, variant.parameters, isas).at(-1);
    const { a, b } = STENCILS[convention.stencil];
    const { boundary, diffusionU, diffusionV, feed, kill, dt } = convention;
    return {
      kernel: variant.kernel,
      isa: variant.isa ?? widest ?? 'baseline',
      precision: variant.precision,
      rows: grid.rows,
      cols: grid.cols,
      boundary,
      a,
      b,
      diffusionU,
      diffusionV,
      feed,
      kill,
      dt,
      // A kernel without a team would otherwise run whole on every member at once.
      threads: kernel?.threaded ? variant.threads : 1,
      pin,
      flushSubnormals,
      parameters: variant.parameters,
    };
  }
}

/** `resourceRoot` is the folder that holds `kernels/` and `native/`, from source or packaged. */
export function createNativeBackend(resourceRoot: string, loaded: LoadedAddon = loadAddon(resourceRoot)): RunnerBackend {
  return new NativeBackend(loaded);
}
