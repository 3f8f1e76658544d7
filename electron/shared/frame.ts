/**
 * A picture of the running field on the wire: a fixed header, then 16-bit values, little-endian.
 *
 * The runner down-samples (mean over blocks of cells) to what is shown and quantises to the locked range, so that
 * a frame costs what the screen needs whatever the grid. Frames bypass React and every store.
 */
export const FRAME_MAGIC = 0x46_4c_53_47; // "GSLF"
export const FRAME_HEADER_BYTES = 96;

export const SPECIES = ['u', 'v'] as const;
export type Species = (typeof SPECIES)[number];

/** What the client wants to see; the engine keeps the latest one. */
export interface FrameView {
  readonly species: Species;
  /** Longest picture worth sending, in pixels. */
  readonly maxRows: number;
  readonly maxCols: number;
  /** The range that maps to 0 … 65535; values outside are clamped. */
  readonly low: number;
  readonly high: number;
}

export interface FrameHeader {
  readonly runId: number;
  readonly variant: number;
  readonly round: number;
  readonly step: number;
  /** Of the picture. */
  readonly rows: number;
  readonly cols: number;
  readonly gridRows: number;
  readonly gridCols: number;
  readonly species: Species;
  readonly low: number;
  readonly high: number;
  /** Over the whole grid, of the shown species; NaN when the field holds one. */
  readonly min: number;
  readonly max: number;
  readonly mean: number;
}

export interface Frame {
  readonly header: FrameHeader;
  readonly pixels: Uint16Array;
}

export function encodeFrame({ header, pixels }: Frame): Uint8Array {
  const bytes = new Uint8Array(FRAME_HEADER_BYTES + pixels.byteLength);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, FRAME_MAGIC, true);
  view.setUint32(4, header.runId, true);
  view.setUint32(8, header.variant, true);
  view.setUint32(12, header.round, true);
  view.setFloat64(16, header.step, true);
  view.setUint32(24, header.rows, true);
  view.setUint32(28, header.cols, true);
  view.setUint32(32, header.gridRows, true);
  view.setUint32(36, header.gridCols, true);
  view.setUint32(40, SPECIES.indexOf(header.species), true);
  view.setFloat64(48, header.low, true);
  view.setFloat64(56, header.high, true);
  view.setFloat64(64, header.min, true);
  view.setFloat64(72, header.max, true);
  view.setFloat64(80, header.mean, true);
  new Uint8Array(bytes.buffer, FRAME_HEADER_BYTES).set(new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength));
  return bytes;
}

/** The frame in `bytes`, or null when they are not one: a wrong length is refused rather than read past. */
export function decodeFrame(bytes: Uint8Array): Frame | null {
  if (bytes.byteLength < FRAME_HEADER_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== FRAME_MAGIC) return null;
  const rows = view.getUint32(24, true);
  const cols = view.getUint32(28, true);
  const species = SPECIES[view.getUint32(40, true)];
  if (species === undefined || bytes.byteLength !== FRAME_HEADER_BYTES + 2 * rows * cols) return null;
  const header: FrameHeader = {
    runId: view.getUint32(4, true),
    variant: view.getUint32(8, true),
    round: view.getUint32(12, true),
    step: view.getFloat64(16, true),
    rows,
    cols,
    gridRows: view.getUint32(32, true),
    gridCols: view.getUint32(36, true),
    species,
    low: view.getFloat64(48, true),
    high: view.getFloat64(56, true),
    min: view.getFloat64(64, true),
    max: view.getFloat64(72, true),
    mean: view.getFloat64(80, true),
  };
  const offset = bytes.byteOffset + FRAME_HEADER_BYTES;
  const pixels =
    offset % 2 === 0 ? new Uint16Array(bytes.buffer, offset, rows * cols) : new Uint16Array(bytes.slice(FRAME_HEADER_BYTES).buffer);
  return { header, pixels };
}
