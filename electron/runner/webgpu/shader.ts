/** A kernel on a device: its text, the layout of its bindings, and the pipelines of its sweeps. */
import type { GpuHost, Kernel, ParameterValues } from '../../../kernels/kernel.ts';
import type { Convention, Grid } from '../../../kernels/model.ts';
import type { Dawn } from './dawn.ts';
import {
  BINDINGS,
  bindingsOf,
  type Dispatch,
  dispatchFor,
  modelValues,
  overridesFor,
  passesOf,
  TEXEL_FORMAT,
  takesUniform,
  tuningOf,
} from './interface.ts';
import type { Compiled, PipelineStore, Shader } from './pipelines.ts';

/** What advances the state by `depth` steps: the passes in their order, each over the same workgroups. */
export interface Sweep {
  readonly depth: number;
  readonly pipelines: readonly GPUComputePipeline[];
  readonly dispatch: Dispatch;
  /** What compiling took, be it long ago. */
  readonly compileSeconds: number;
}

export interface ShaderJob {
  readonly kernel: Kernel;
  readonly source: string;
  /** Every parameter has a value. */
  readonly parameters: ParameterValues;
  readonly convention: Convention;
  readonly grid: Grid;
  readonly maxWorkgroupsPerDimension: number;
}

export function bindGroupLayout(device: GPUDevice, { GPUShaderStage }: Dawn, host: GpuHost, source: string): GPUBindGroupLayout {
  const texture = host.state === 'texture';
  const entries = bindingsOf(host, takesUniform(source)).map(([name, access]): GPUBindGroupLayoutEntry => {
    const entry = { binding: BINDINGS[name], visibility: GPUShaderStage.COMPUTE };
    if (access === 'uniform') return { ...entry, buffer: { type: 'uniform' } };
    if (!texture || name.startsWith('scratch')) return { ...entry, buffer: { type: access === 'read' ? 'read-only-storage' : 'storage' } };
    if (access === 'read') return { ...entry, texture: { sampleType: 'unfilterable-float' } };
    return { ...entry, storageTexture: { access: 'write-only', format: TEXEL_FORMAT } };
  });
  return device.createBindGroupLayout({ entries });
}

/**
 * The sweep of `depth` steps, compiled where it is not yet. Steps that are no multiple of the kernel's own depth end in a
 * shallower one, whose tile may be another.
 */
export async function sweepOf(store: PipelineStore, shader: Shader, job: ShaderJob, depth: number): Promise<Sweep> {
  const { kernel, source, convention, grid, maxWorkgroupsPerDimension } = job;
  const parameters = 'depth' in job.parameters ? { ...job.parameters, depth } : job.parameters;
  const dispatch = dispatchFor(grid, tuningOf(kernel, parameters).tile, maxWorkgroupsPerDimension);
  const constants = overridesFor(source, modelValues(convention, grid, dispatch), parameters);
  const compiled: Compiled[] = [];
  for (const entryPoint of passesOf(kernel.gpu ?? {})) compiled.push(await store.pipeline(shader, entryPoint, constants));
  const pipelines = compiled.map(({ pipeline }) => pipeline);
  return { depth, pipelines, dispatch, compileSeconds: compiled.reduce((sum, { seconds }) => sum + seconds, 0) };
}
