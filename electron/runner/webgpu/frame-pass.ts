/**
 * The picture of a running field, made on the GPU by `kernels/wgsl/frame.wgsl`, so that two bytes a pixel are read
 * instead of the whole state. It is `makeFrame`'s picture: a pixel differs, by one level, only where the mean of its block
 * lies within a few units of `FrameLimits` of the border between two; least and most are the same, the mean to one unit.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Grid } from '../../../kernels/model.ts';
import { encodeFrame, type FrameView } from '../../shared/frame.ts';
import type { FramePlace } from '../../shared/frame-make.ts';
import type { Dawn } from './dawn.ts';
import { type FrameLimits, frameLimits, LARGEST_CELL } from './frame-limits.ts';
import type { PipelineStore } from './pipelines.ts';
import type { WaitForTransfer } from './states.ts';

export const FRAME_SOURCE = 'kernels/wgsl/frame.wgsl';
export const FRAME_ENTRY_POINT = 'picture';
export const FRAME_BINDINGS = { view: 0, cells: 1, frame: 2 } as const;
const WORKGROUP = 64;
/** Enough to fill a GPU; each adds to the same few words of statistics, so that more would only queue up there. */
const MOST_INVOCATIONS = 1024 * WORKGROUP;
const VIEW_BYTES = 96;
const LIMITS_OFFSET = 32;
const STATISTICS_WORDS = 6;
const NO_STATISTICS = Uint32Array.of(0xffff_ffff, 0, 0, 0, 0, 0);

export async function framePipeline(
  resourceRoot: string,
  { GPUShaderStage }: Dawn,
  device: GPUDevice,
  pipelines: PipelineStore,
): Promise<GPUComputePipeline> {
  const source = await readFile(join(resourceRoot, FRAME_SOURCE), 'utf8');
  const entry = (binding: number, type: GPUBufferBindingType) => ({ binding, visibility: GPUShaderStage.COMPUTE, buffer: { type } });
  const { view, cells, frame } = FRAME_BINDINGS;
  const layout = device.createBindGroupLayout({
    entries: [entry(view, 'uniform'), entry(cells, 'read-only-storage'), entry(frame, 'storage')],
  });
  const { pipeline } = await pipelines.pipeline({ label: FRAME_ENTRY_POINT, source, layout }, FRAME_ENTRY_POINT, {});
  return pipeline;
}

function packView(grid: Grid, { rows, cols, fractionBits, blocks }: FrameLimits): ArrayBuffer {
  const bytes = new ArrayBuffer(VIEW_BYTES);
  new Uint32Array(bytes).set([grid.rows, grid.cols, rows, cols, fractionBits]);
  new BigInt64Array(bytes, LIMITS_OFFSET).set(blocks.flatMap(({ low, range }) => [low, range]));
  return bytes;
}

/** The f32 whose bits, put in the order of unsigned numbers, are these. */
function valueOfOrder(order: number): number {
  const isNegative = order < 0x8000_0000;
  const word = Uint32Array.of(isNegative ? ~order : order ^ 0x8000_0000);
  return new Float32Array(word.buffer)[0]!;
}

interface Statistics {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
}

/** Undefined when a cell is beyond what the sums hold, or no number at all. */
export function statisticsOf(words: Uint32Array, cells: number, fractionBits: number): Statistics | undefined {
  const [least = 0, most = 0, ...total] = words;
  const min = valueOfOrder(least);
  const max = valueOfOrder(most);
  if (!(min >= -LARGEST_CELL && max <= LARGEST_CELL)) return undefined;
  const sum = BigInt.asIntN(96, BigInt(total[0]!) + (BigInt(total[1]!) << 32n) + (BigInt(total[2]!) << 64n));
  return { min, max, mean: Number(sum) / 2 ** fractionBits / cells };
}

interface Buffers {
  readonly frame: GPUBuffer;
  readonly staging: GPUBuffer;
}

/** For one grid. Keeps its buffers from one frame to the next. */
export class FramePass {
  readonly #dawn: Dawn;
  readonly #device: GPUDevice;
  readonly #pipeline: () => Promise<GPUComputePipeline>;
  readonly #grid: Grid;
  readonly #view: GPUBuffer;
  #buffers: Buffers | undefined;

  /** `pipeline` is `framePipeline`, called when a frame is asked for. */
  constructor(dawn: Dawn, device: GPUDevice, pipeline: () => Promise<GPUComputePipeline>, grid: Grid) {
    this.#dawn = dawn;
    this.#device = device;
    this.#pipeline = pipeline;
    this.#grid = grid;
    const { UNIFORM, COPY_DST } = dawn.GPUBufferUsage;
    this.#view = device.createBuffer({ size: VIEW_BYTES, usage: UNIFORM | COPY_DST });
  }

  /**
   * The frame of the species that `cells` holds as f32, row-major; undefined where the view or the field asks for more
   * than the shader's numbers hold. `waitFor` may end the waiting early by throwing.
   */
  async frame(cells: GPUBuffer, view: FrameView, place: FramePlace, waitFor: WaitForTransfer): Promise<Uint8Array | undefined> {
    const limits = frameLimits(this.#grid, view, MOST_INVOCATIONS);
    if (limits === undefined) return undefined;
    const staging = this.#submit(await this.#pipeline(), cells, limits);
    await waitFor(staging.mapAsync(this.#dawn.GPUMapMode.READ));
    const bytes = staging.getMappedRange();
    const { rows: gridRows, cols: gridCols } = this.#grid;
    const { rows, cols, fractionBits } = limits;
    const statistics = statisticsOf(new Uint32Array(bytes, 0, STATISTICS_WORDS), gridRows * gridCols, fractionBits);
    const pixels = new Uint16Array(bytes, 4 * STATISTICS_WORDS, rows * cols);
    const { species, low, high } = view;
    const seen = { ...place, rows, cols, gridRows, gridCols, species, low, high };
    const encoded = statistics && encodeFrame({ header: { ...seen, ...statistics }, pixels });
    staging.unmap();
    return encoded;
  }

  /** Returns the buffer that can be mapped once the frame is in it. */
  #submit(pipeline: GPUComputePipeline, cells: GPUBuffer, limits: FrameLimits): GPUBuffer {
    const pairs = Math.ceil((limits.rows * limits.cols) / 2);
    const { frame, staging } = this.#buffersFor(4 * (STATISTICS_WORDS + pairs));
    const { queue } = this.#device;
    queue.writeBuffer(this.#view, 0, packView(this.#grid, limits));
    queue.writeBuffer(frame, 0, NO_STATISTICS);
    const encoder = this.#device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    const entries = [
      { binding: FRAME_BINDINGS.view, resource: { buffer: this.#view } },
      { binding: FRAME_BINDINGS.cells, resource: { buffer: cells } },
      { binding: FRAME_BINDINGS.frame, resource: { buffer: frame } },
    ];
    pass.setBindGroup(0, this.#device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }));
    pass.dispatchWorkgroups(Math.ceil(Math.min(pairs, MOST_INVOCATIONS) / WORKGROUP));
    pass.end();
    encoder.copyBufferToBuffer(frame, 0, staging, 0, frame.size);
    queue.submit([encoder.finish()]);
    return staging;
  }

  #buffersFor(size: number): Buffers {
    if (this.#buffers?.frame.size === size) return this.#buffers;
    this.#destroyBuffers();
    const { STORAGE, COPY_SRC, COPY_DST, MAP_READ } = this.#dawn.GPUBufferUsage;
    this.#buffers = {
      frame: this.#device.createBuffer({ size, usage: STORAGE | COPY_SRC | COPY_DST }),
      staging: this.#device.createBuffer({ size, usage: MAP_READ | COPY_DST }),
    };
    return this.#buffers;
  }

  #destroyBuffers(): void {
    this.#buffers?.frame.destroy();
    this.#buffers?.staging.destroy();
  }

  destroy(): void {
    this.#view.destroy();
    this.#destroyBuffers();
  }
}
