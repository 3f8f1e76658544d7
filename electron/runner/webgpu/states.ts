/**
 * The two states of a kernel on the GPU, in the form that it asks for: a buffer per species, of f32 or f16 values and with
 * padded rows where it wants them, or one texture of both with a border. Fields come and go as f32.
 */
import type { GpuHost } from '../../../kernels/kernel.ts';
import type { BoundaryId, Field, FieldArray, Grid } from '../../../kernels/model.ts';
import type { Dawn } from './dawn.ts';
import { BINDINGS, TEXEL_FORMAT } from './interface.ts';
import { paddedCols, STAGING_BYTES } from './limits.ts';

export type StateIndex = 0 | 1;
/** Resolves when a transfer has ended, or rejects because it never will. */
export type WaitForTransfer = (mapping: Promise<undefined>) => Promise<undefined>;

export interface States {
  /** What a step reads and writes that starts from `from`. */
  entries(from: StateIndex): GPUBindGroupEntry[];
  /** Queues the copy of a field into a state. */
  write(state: StateIndex, field: Field): void;
  read(state: StateIndex, waitFor: WaitForTransfer): Promise<Field>;
  /** A state whole: u and v, or both in one texture. */
  planes(state: StateIndex): readonly Rows[];
  /** What the bytes of a whole plane say, as they lie on the GPU. */
  decode(plane: number, bytes: ArrayBuffer, into: Field): void;
  /** The buffers of u and v where they are f32 and without padding. */
  plainBuffers(state: StateIndex): { readonly u: GPUBuffer; readonly v: GPUBuffer } | undefined;
  destroy(): void;
}

/** A place on the GPU that rows of values are copied to and from, where need be in pieces that fit a staging buffer. */
export interface Rows {
  readonly count: number;
  readonly bytesPerRow: number;
  write(firstRow: number, rows: number, bytes: Uint8Array<ArrayBuffer>): void;
  /** Records the copy of some rows to the start of `staging`. */
  copyOut(encoder: GPUCommandEncoder, firstRow: number, rows: number, staging: GPUBuffer): void;
}

const piecesOf = ({ count, bytesPerRow }: Rows): { firstRow: number; rows: number }[] => {
  const rows = Math.max(1, Math.floor(STAGING_BYTES / bytesPerRow));
  return Array.from({ length: Math.ceil(count / rows) }, (_, piece) => ({
    firstRow: piece * rows,
    rows: Math.min(rows, count - piece * rows),
  }));
};

/** Bytes of the staging buffer that reading these rows takes. */
const stagingBytes = (rows: Rows): number => (piecesOf(rows)[0]?.rows ?? 0) * rows.bytesPerRow;

function createStaging(device: GPUDevice, { GPUBufferUsage }: Dawn, rows: Rows): GPUBuffer {
  return device.createBuffer({ size: stagingBytes(rows), usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
}

function writeRows(rows: Rows, fill: (into: ArrayBuffer, firstRow: number, count: number) => void): void {
  for (const piece of piecesOf(rows)) {
    const bytes = new ArrayBuffer(piece.rows * rows.bytesPerRow);
    fill(bytes, piece.firstRow, piece.rows);
    rows.write(piece.firstRow, piece.rows, new Uint8Array(bytes));
  }
}

async function readRows(
  device: GPUDevice,
  { GPUMapMode }: Dawn,
  rows: Rows,
  staging: GPUBuffer,
  waitFor: WaitForTransfer,
  take: (from: ArrayBuffer, firstRow: number, count: number) => void,
): Promise<void> {
  for (const piece of piecesOf(rows)) {
    const bytes = piece.rows * rows.bytesPerRow;
    const encoder = device.createCommandEncoder();
    rows.copyOut(encoder, piece.firstRow, piece.rows, staging);
    device.queue.submit([encoder.finish()]);
    await waitFor(staging.mapAsync(GPUMapMode.READ, 0, bytes));
    take(staging.getMappedRange(0, bytes), piece.firstRow, piece.rows);
    // Not in a `finally`: unmapping after getMappedRange has thrown aborts the process.
    staging.unmap();
  }
}

type Values = typeof Float32Array | typeof Float16Array;

export class BufferStates implements States {
  readonly #device: GPUDevice;
  readonly #dawn: Dawn;
  readonly #grid: Grid;
  readonly #pitch: number;
  readonly #Values: Values;
  readonly #buffers: readonly { readonly u: GPUBuffer; readonly v: GPUBuffer }[];
  readonly #staging: GPUBuffer;

  constructor(device: GPUDevice, dawn: Dawn, grid: Grid, host: GpuHost) {
    const { GPUBufferUsage } = dawn;
    this.#device = device;
    this.#dawn = dawn;
    this.#grid = grid;
    this.#pitch = paddedCols(grid, { gpu: host });
    this.#Values = host.state === 'f16-buffers' ? Float16Array : Float32Array;
    const size = grid.rows * this.#pitch * this.#Values.BYTES_PER_ELEMENT;
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const species = () => ({ u: device.createBuffer({ size, usage }), v: device.createBuffer({ size, usage }) });
    this.#buffers = [species(), species()];
    this.#staging = createStaging(device, dawn, this.#rowsOf(this.#buffers[0]!.u));
  }

  entries(from: StateIndex): GPUBindGroupEntry[] {
    const source = this.#buffers[from]!;
    const target = this.#buffers[1 - from]!;
    return [
      { binding: BINDINGS.fromU, resource: { buffer: source.u } },
      { binding: BINDINGS.fromV, resource: { buffer: source.v } },
      { binding: BINDINGS.toU, resource: { buffer: target.u } },
      { binding: BINDINGS.toV, resource: { buffer: target.v } },
    ];
  }

  write(state: StateIndex, field: Field): void {
    const { cols } = this.#grid;
    for (const species of ['u', 'v'] as const) {
      writeRows(this.#rowsOf(this.#buffers[state]![species]), (into, firstRow, count) => {
        const values = new this.#Values(into);
        if (this.#pitch === cols) values.set(field[species].subarray(firstRow * cols, (firstRow + count) * cols));
        else
          for (let row = 0; row < count; row++)
            values.set(field[species].subarray((firstRow + row) * cols, (firstRow + row + 1) * cols), row * this.#pitch);
      });
    }
  }

  async read(state: StateIndex, waitFor: WaitForTransfer): Promise<Field> {
    return { u: await this.#values(this.#buffers[state]!.u, waitFor), v: await this.#values(this.#buffers[state]!.v, waitFor) };
  }

  planes(state: StateIndex): readonly Rows[] {
    const { u, v } = this.#buffers[state]!;
    return [this.#rowsOf(u), this.#rowsOf(v)];
  }

  decode(plane: number, bytes: ArrayBuffer, into: Field): void {
    this.#take(plane === 0 ? into.u : into.v, bytes, 0, this.#grid.rows);
  }

  plainBuffers(state: StateIndex): { readonly u: GPUBuffer; readonly v: GPUBuffer } | undefined {
    return this.#pitch === this.#grid.cols && this.#Values === Float32Array ? this.#buffers[state] : undefined;
  }

  destroy(): void {
    this.#staging.destroy();
    for (const { u, v } of this.#buffers) {
      u.destroy();
      v.destroy();
    }
  }

  #rowsOf(buffer: GPUBuffer): Rows {
    const bytesPerRow = this.#pitch * this.#Values.BYTES_PER_ELEMENT;
    return {
      count: this.#grid.rows,
      bytesPerRow,
      write: (firstRow, _, bytes) => this.#device.queue.writeBuffer(buffer, firstRow * bytesPerRow, bytes),
      copyOut: (encoder, firstRow, rows, staging) =>
        encoder.copyBufferToBuffer(buffer, firstRow * bytesPerRow, staging, 0, rows * bytesPerRow),
    };
  }

  async #values(buffer: GPUBuffer, waitFor: WaitForTransfer): Promise<Float32Array> {
    const { rows, cols } = this.#grid;
    const values = new Float32Array(rows * cols);
    await readRows(this.#device, this.#dawn, this.#rowsOf(buffer), this.#staging, waitFor, (from, firstRow, count) =>
      this.#take(values, from, firstRow, count),
    );
    return values;
  }

  #take(values: FieldArray, from: ArrayBuffer, firstRow: number, count: number): void {
    const { cols } = this.#grid;
    const padded = new this.#Values(from, 0, count * this.#pitch);
    if (this.#pitch === cols) values.set(padded, firstRow * cols);
    else
      for (let row = 0; row < count; row++)
        values.set(padded.subarray(row * this.#pitch, row * this.#pitch + cols), (firstRow + row) * cols);
  }
}

/** WebGPU copies rows of a texture at multiples of this many bytes. */
const COPIED_ROW_BYTES = 256;
const SPECIES = 2;

/** A texture of `TEXEL_FORMAT` for each state, a texel larger than the grid at every side. */
export class TextureStates implements States {
  readonly #device: GPUDevice;
  readonly #dawn: Dawn;
  readonly #grid: Grid;
  readonly #boundary: BoundaryId;
  readonly #textures: readonly GPUTexture[];
  readonly #staging: GPUBuffer;

  constructor(device: GPUDevice, dawn: Dawn, grid: Grid, boundary: BoundaryId) {
    const { GPUTextureUsage } = dawn;
    this.#device = device;
    this.#dawn = dawn;
    this.#grid = grid;
    this.#boundary = boundary;
    const usage = GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.STORAGE_BINDING | GPUTextureUsage.COPY_SRC | GPUTextureUsage.COPY_DST;
    const size = { width: grid.cols + 2, height: grid.rows + 2 };
    this.#textures = [0, 1].map(() => device.createTexture({ format: TEXEL_FORMAT, size, usage }));
    this.#staging = createStaging(device, dawn, this.#rowsOf(this.#textures[0]!));
  }

  entries(from: StateIndex): GPUBindGroupEntry[] {
    return [
      { binding: BINDINGS.fromUV, resource: this.#textures[from]!.createView() },
      { binding: BINDINGS.toUV, resource: this.#textures[1 - from]!.createView() },
    ];
  }

  /** The border of both states is set too. */
  write(state: StateIndex, field: Field): void {
    this.#fill(state, field);
    // Whatever stands outside never changes but for the periodic boundary, whose kernel writes it with every step.
    this.#fill(state === 0 ? 1 : 0, field);
  }

  async read(state: StateIndex, waitFor: WaitForTransfer): Promise<Field> {
    const { rows, cols } = this.#grid;
    const field = { u: new Float32Array(rows * cols), v: new Float32Array(rows * cols) };
    await readRows(this.#device, this.#dawn, this.#rowsOf(this.#textures[state]!), this.#staging, waitFor, (from, firstRow, count) =>
      this.#take(field, from, firstRow, count),
    );
    return field;
  }

  planes(state: StateIndex): readonly Rows[] {
    return [this.#rowsOf(this.#textures[state]!)];
  }

  decode(_plane: number, bytes: ArrayBuffer, into: Field): void {
    this.#take(into, bytes, 0, this.#grid.rows + 2);
  }

  #take(field: Field, from: ArrayBuffer, firstRow: number, count: number): void {
    const { rows, cols } = this.#grid;
    const { bytesPerRow } = this.#rowsOf(this.#textures[0]!);
    const values = new Float32Array(from);
    for (let row = firstRow; row < firstRow + count; row++) {
      if (row === 0 || row === rows + 1) continue;
      const at = ((row - firstRow) * bytesPerRow) / values.BYTES_PER_ELEMENT + SPECIES;
      for (let col = 0; col < cols; col++) {
        field.u[(row - 1) * cols + col] = values[at + SPECIES * col]!;
        field.v[(row - 1) * cols + col] = values[at + SPECIES * col + 1]!;
      }
    }
  }

  plainBuffers(): undefined {
    return undefined;
  }

  destroy(): void {
    this.#staging.destroy();
    for (const texture of this.#textures) texture.destroy();
  }

  #fill(state: StateIndex, { u, v }: Field): void {
    const { rows, cols } = this.#grid;
    const periodic = this.#boundary === 'periodic';
    const outsideU = this.#boundary === 'background' ? 1 : 0;
    const texels = this.#rowsOf(this.#textures[state]!);
    const wrapped = (index: number, length: number) => (index + length) % length;
    writeRows(texels, (into, firstRow, count) => {
      const values = new Float32Array(into);
      for (let row = firstRow - 1; row < firstRow + count - 1; row++) {
        const to = ((row + 1 - firstRow) * texels.bytesPerRow) / values.BYTES_PER_ELEMENT;
        for (let col = -1; col <= cols; col++) {
          const isInside = row >= 0 && row < rows && col >= 0 && col < cols;
          const from = wrapped(row, rows) * cols + wrapped(col, cols);
          values[to + SPECIES * (col + 1)] = isInside || periodic ? u[from]! : outsideU;
          values[to + SPECIES * (col + 1) + 1] = isInside || periodic ? v[from]! : 0;
        }
      }
    });
  }

  /** With the border. */
  #rowsOf(texture: GPUTexture): Rows {
    const width = this.#grid.cols + 2;
    const texelBytes = SPECIES * Float32Array.BYTES_PER_ELEMENT;
    const bytesPerRow = Math.ceil((width * texelBytes) / COPIED_ROW_BYTES) * COPIED_ROW_BYTES;
    const piece = (firstRow: number, rows: number) =>
      [
        { texture, origin: { x: 0, y: firstRow } },
        { width, height: rows },
      ] as const;
    return {
      count: this.#grid.rows + 2,
      bytesPerRow,
      write: (firstRow, rows, bytes) => {
        const [place, size] = piece(firstRow, rows);
        this.#device.queue.writeTexture(place, bytes, { bytesPerRow }, size);
      },
      copyOut: (encoder, firstRow, rows, buffer) => {
        const [place, size] = piece(firstRow, rows);
        encoder.copyTextureToBuffer(place, { buffer, bytesPerRow }, size);
      },
    };
  }
}
