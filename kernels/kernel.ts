/** What a kernel declares about itself; the app, the command line and the tests learn everything else from it. */
import { type BoundaryId, bytesPerValue, type Grid, type Precision, type StencilId, type Text } from './model.ts';

export const BACKENDS = ['native', 'webgpu', 'javascript'] as const;
export type Backend = (typeof BACKENDS)[number];

/** Instruction sets a native kernel is compiled for; `baseline` is SSE2 on x86-64 and NEON on arm64 (named `neon` there). */
export const ISAS = ['baseline', 'avx2', 'avx512', 'neon'] as const;
export type Isa = (typeof ISAS)[number];

export type ParameterValue = number | string;

/** A tuning knob: a whole number within bounds, or one of a few words. */
export type KernelParameter = {
  readonly name: string;
  readonly title: Text;
} & (
  | { readonly default: number; readonly min: number; readonly max: number; readonly choices?: undefined }
  | { readonly default: string; readonly choices: readonly string[]; readonly min?: undefined; readonly max?: undefined }
);

export interface CostContext {
  readonly precision: Precision;
  readonly stencil: StencilId;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

/**
 * Work per cell and step as the kernel's author counts it. GB/s and GFLOP/s are these times the measured cell
 * updates per second, and nothing else.
 */
export interface KernelCost {
  /** Bytes read and written per cell and step by this kernel's algorithm, caches taken as ideal. */
  readonly bytesPerCell: (context: CostContext) => number;
  readonly flopsPerCell: (context: CostContext) => number;
  /** The formula for bytes in a few symbols, shown on hover. */
  readonly bytesFormula: Text;
}

export type ParameterValues = Readonly<Record<string, ParameterValue>>;

/** Features of an adapter that not every one has. */
export const GPU_FEATURES = ['shader-f16', 'subgroups'] as const;
export type GpuFeature = (typeof GPU_FEATURES)[number];

/**
 * How the host feeds a WebGPU kernel and covers the grid with it. What is absent is as in the first one: an invocation per
 * cell of a work-group of `workgroupX` × `workgroupY`, a buffer of f32 per species, one entry point named `step`.
 */
export interface GpuHost {
  /** Cells that one work-group writes. */
  readonly tile?: (parameters: ParameterValues) => Grid;
  /** Invocations of a work-group along x and y, where they are not `workgroupX` and `workgroupY`. */
  readonly workgroup?: (parameters: ParameterValues) => { readonly x: number; readonly y: number };
  /** Of the memory that a work-group shares. */
  readonly workgroupBytes?: (parameters: ParameterValues) => number;
  /** Without them the kernel does not run. */
  readonly features?: readonly GpuFeature[];
  /**
   * Where a state lies: a buffer per species of `f32` or `f16` values, or one texture of both species with a border a texel
   * wide, which holds what the boundary says at the start and is the kernel's to keep.
   */
  readonly state?: 'f32-buffers' | 'f16-buffers' | 'texture';
  /** Values that a row of a buffer is padded to a multiple of. */
  readonly rowMultiple?: number;
  /** Entry points that together make a step, in their order. */
  readonly passes?: readonly string[];
  /** Between the passes: two more buffers of f32 as large as a species, for u and for v. */
  readonly scratch?: boolean;
}

/** The kernel's constant look in every chart, theme and export: colour is never the only code. */
export interface KernelLook {
  /** From the Okabe–Ito set, or one of its neighbours in this table. */
  readonly color: string;
  readonly marker: 'circle' | 'square' | 'diamond' | 'triangle' | 'cross' | 'plus' | 'star' | 'wye';
  /** SVG stroke-dasharray, empty for a solid line. */
  readonly dash: string;
}

export interface Kernel {
  /** Spelled the same in every file name, list and result. */
  readonly id: string;
  readonly backend: Backend;
  /** What it is, in one line. */
  readonly title: Text;
  /** What it teaches, in one or two sentences. */
  readonly summary: Text;
  /** Path of the readable source from the project's root, with forward slashes; what runs is what is shown. */
  readonly source: string;
  /** The rung before it on the ladder, whose source the window compares it with. */
  readonly previous?: string;
  readonly precisions: readonly Precision[];
  /**
   * What it rounds its state to after every step, where that is not the precision that it computes in. Verification then
   * allows for the rounding, and for nothing else.
   */
  readonly storage?: 'f16';
  readonly stencils: readonly StencilId[];
  readonly boundaries: readonly BoundaryId[];
  /** Native kernels only: what it is compiled for, the widest that the processor has being the default. */
  readonly isas?: readonly Isa[];
  /** Whether what this tuning runs was compiled for the narrowest instruction set only. */
  readonly narrowestOnly?: (parameters: Readonly<Record<string, ParameterValue>>) => boolean;
  /** A compiler besides that of C++ that must be there when the addon is built; without it the kernel is left out. */
  readonly compiler?: 'gfortran';
  /** Whether `--threads` applies. */
  readonly threaded: boolean;
  readonly parameters: readonly KernelParameter[];
  /**
   * Wrong on purpose, for a lesson: its `previous` is the same without the fault. It never passes verification, not even
   * where its result happens to be right, and nothing runs it that was not asked to by name.
   */
  readonly broken?: true;
  /** WebGPU kernels only. */
  readonly gpu?: GpuHost;
  /**
   * Settings of some parameters, all of the same ones and the defaults among them. Where a run leaves these parameters
   * open, the setting that is fastest on its machine is found and remembered.
   */
  readonly candidates?: readonly Readonly<Record<string, ParameterValue>>[];
  /** Of the same parameters, what a run gets instead of the defaults on a grid that is too small for such a search. */
  readonly untuned?: (grid: Grid, threads: number) => Readonly<Record<string, ParameterValue>>;
  readonly cost: KernelCost;
  readonly look: KernelLook;
}

/** Of the instruction sets that run here, narrowest first, those that `parameters` may be combined with. */
export function isasWith(kernel: Kernel, parameters: Readonly<Record<string, ParameterValue>>, isas: readonly Isa[]): readonly Isa[] {
  return kernel.narrowestOnly?.(parameters) ? isas.slice(0, 1) : isas;
}

/** Of a cell in memory: two species, each in two buffers. */
export const stateBytesPerCell = ({ storage }: Pick<Kernel, 'storage'>, precision: Precision): number =>
  4 * (storage === 'f16' ? 2 : bytesPerValue(precision));

export function defaultParameters(kernel: Kernel): Record<string, ParameterValue> {
  return Object.fromEntries(kernel.parameters.map((parameter) => [parameter.name, parameter.default]));
}

/** Whether the best value of a parameter is looked for on each machine where a run gives none. */
export function isSought({ candidates = [] }: Kernel, parameter: string): boolean {
  return candidates.some((candidate) => parameter in candidate);
}
