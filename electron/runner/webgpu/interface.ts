/**
 * The seam between the host and the WGSL kernels: bindings, the uniform's layout, the names of the pipeline constants,
 * and how the grid becomes workgroups. Each WGSL file repeats its half under a banner, and a test reads both.
 *
 * A kernel takes only what its text declares: `var<uniform>` gets the buffer, each `override` of a known name its
 * value, so that another kernel of the same shape needs nothing here.
 */
import type { GpuHost, Kernel, ParameterValue, ParameterValues } from '../../../kernels/kernel.ts';
import { type BoundaryId, type Convention, type Grid, STENCILS } from '../../../kernels/model.ts';
import { stepsPerTransfer, type Transfer, transferOf } from '../../../kernels/transfer.ts';

/** Numbers of the bindings, all in group 0. A texture holds both species of a state. */
export const BINDINGS = { model: 0, fromU: 1, fromV: 2, toU: 3, toV: 4, fromUV: 1, toUV: 3, scratchU: 5, scratchV: 6 } as const;
export type BindingName = keyof typeof BINDINGS;
const DEFAULT_ENTRY_POINT = 'step';
export const TEXEL_FORMAT = 'rg32float';

/** What a kernel binds, in the order of its text, and as what. */
export function bindingsOf(
  { state = 'f32-buffers', scratch = false }: GpuHost,
  uniform: boolean,
): [BindingName, 'uniform' | 'read' | 'write'][] {
  const states: [BindingName, 'read' | 'write'][] =
    state === 'texture'
      ? [
          ['fromUV', 'read'],
          ['toUV', 'write'],
        ]
      : [
          ['fromU', 'read'],
          ['fromV', 'read'],
          ['toU', 'write'],
          ['toV', 'write'],
        ];
  const between: [BindingName, 'write'][] = [
    ['scratchU', 'write'],
    ['scratchV', 'write'],
  ];
  return [...(uniform ? [['model', 'uniform'] as [BindingName, 'uniform']] : []), ...states, ...(scratch ? between : [])];
}

export const passesOf = ({ passes = [DEFAULT_ENTRY_POINT] }: GpuHost): readonly string[] => passes;

export const BOUNDARY_CODES: Readonly<Record<BoundaryId, number>> = { zero: 0, background: 1, clipped: 2, periodic: 3, frozen: 4 };

/** Fields of the uniform in order, 4 bytes each, which are also the names of the overrides. */
export const MODEL_FIELDS = [
  ['rows', 'u32'],
  ['cols', 'u32'],
  ['boundary', 'u32'],
  ['rowsPerLayer', 'u32'],
  ['edgeWeight', 'f32'],
  ['cornerWeight', 'f32'],
  ['diffusionU', 'f32'],
  ['diffusionV', 'f32'],
  ['feed', 'f32'],
  ['kill', 'f32'],
  ['dt', 'f32'],
] as const;
export type ModelValues = Readonly<Record<(typeof MODEL_FIELDS)[number][0], number>>;

/** What the host itself needs of a kernel's tuning; every number goes to the override of its name besides. */
export interface Tuning {
  /** Cells that a work-group writes. */
  readonly tile: Grid;
  readonly workgroup: { readonly x: number; readonly y: number };
  readonly workgroupBytes: number;
  readonly stepsPerSubmit: number;
  readonly transfer: Transfer;
  /** Between two crossings, where there is more than one. */
  readonly stepsPerTransfer: number;
  /** Steps that one dispatch takes. */
  readonly depth: number;
}

export function tuningOf({ gpu = {} }: Pick<Kernel, 'gpu'>, parameters: ParameterValues): Tuning {
  const number = (name: string) => Number(parameters[name] ?? 1);
  const workgroup = gpu.workgroup?.(parameters) ?? { x: number('workgroupX'), y: number('workgroupY') };
  return {
    workgroup,
    tile: gpu.tile?.(parameters) ?? { rows: workgroup.y, cols: workgroup.x },
    workgroupBytes: gpu.workgroupBytes?.(parameters) ?? 0,
    stepsPerSubmit: number('stepsPerSubmit'),
    transfer: transferOf(parameters),
    stepsPerTransfer: stepsPerTransfer(parameters) ?? 1,
    depth: number('depth'),
  };
}

export interface Dispatch {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly rowsPerLayer: number;
}

/**
 * Workgroups that cover the grid, the last ones over its edge. Rows that one dimension cannot hold go on in the next
 * layer; columns cannot, so a grid needs `cols` ≤ `maxPerDimension` × `tile.cols`.
 */
export function dispatchFor(grid: Grid, tile: Grid, maxPerDimension: number): Dispatch {
  const groupsOfRows = Math.ceil(grid.rows / tile.rows);
  const z = Math.ceil(groupsOfRows / maxPerDimension);
  const y = Math.ceil(groupsOfRows / z);
  return { x: Math.ceil(grid.cols / tile.cols), y, z, rowsPerLayer: y * tile.rows };
}

export function modelValues(convention: Convention, grid: Grid, dispatch: Dispatch): ModelValues {
  const { a, b } = STENCILS[convention.stencil];
  const { diffusionU, diffusionV, feed, kill, dt } = convention;
  return {
    rows: grid.rows,
    cols: grid.cols,
    boundary: BOUNDARY_CODES[convention.boundary],
    rowsPerLayer: dispatch.rowsPerLayer,
    edgeWeight: a,
    cornerWeight: b,
    diffusionU,
    diffusionV,
    feed,
    kill,
    dt,
  };
}

export function packUniform(values: ModelValues): ArrayBuffer {
  const bytes = new ArrayBuffer(MODEL_FIELDS.length * 4);
  const view = new DataView(bytes);
  for (const [index, [name, type]] of MODEL_FIELDS.entries()) {
    if (type === 'u32') view.setUint32(index * 4, values[name], true);
    else view.setFloat32(index * 4, values[name], true);
  }
  return bytes;
}

export function takesUniform(source: string): boolean {
  return source.includes('var<uniform>');
}

/** Values for the overrides that the source declares. */
export function overridesFor(source: string, values: ModelValues, parameters: ParameterValues): Record<string, number> {
  const declared = new Set([...source.matchAll(/^\s*override\s+(\w+)/gm)].map((match) => match[1]!));
  const known: Record<string, ParameterValue> = { ...values, ...parameters };
  return Object.fromEntries(
    Object.entries(known).flatMap(([name, value]) => (declared.has(name) && typeof value === 'number' ? [[name, value]] : [])),
  );
}
