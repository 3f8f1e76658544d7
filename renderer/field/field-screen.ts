/**
 * The canvas of the field and what is known of the picture on it: size, zoom, probe, numbers. A plain object that
 * React only creates and disposes of: frames reach it from the socket without any render. Texts are handed out at
 * most ten times a second, the last one always.
 */
import type { Frame, FrameView, Species } from '../../electron/shared/frame.ts';
import type { ColourMap } from './colour-map.ts';
import { createPainter, type Painter, type Picture } from './painter.ts';
import { cellAt, clampView, panBy, pictureWorthAsking, type Size, type ViewTransform, WHOLE_FIELD, zoomAbout } from './view-transform.ts';

const TEXT_MILLISECONDS = 100;

export interface Probe {
  readonly row: number;
  readonly col: number;
  readonly value: number;
}

/** What the texts beside the canvas may say now. */
export interface Reading {
  readonly picture: Picture | null;
  /** Absent while the picture is no frame of a run. */
  readonly frame: Frame['header'] | null;
  readonly framesPerSecond: number;
  readonly probe: Probe | null;
  readonly whole: boolean;
}

export interface Colours {
  readonly map: ColourMap;
  readonly low: number;
  readonly high: number;
}

/** The value shown at a cell of the grid; of a down-sampled picture, the mean of the block that holds the cell. */
export function valueAt({ header, pixels }: Picture, row: number, col: number): number {
  const pictureRow = Math.min(header.rows - 1, Math.floor((row * header.rows) / header.gridRows));
  const pictureCol = Math.min(header.cols - 1, Math.floor((col * header.cols) / header.gridCols));
  return header.low + ((pixels[pictureRow * header.cols + pictureCol] ?? 0) / 65535) * (header.high - header.low);
}

export class FieldScreen {
  readonly #canvas: HTMLCanvasElement;
  readonly #painter: Painter | null;
  readonly #onReading: (reading: Reading) => void;
  readonly #resizing: ResizeObserver;
  #colours: Colours = { map: 'inferno', low: 0, high: 1 };
  #view: ViewTransform = WHOLE_FIELD;
  #picture: Picture | null = null;
  #frame: Frame['header'] | null = null;
  #pointer: { x: number; y: number } | null = null;
  #frames = 0;
  #frameTimes: number[] = [];
  #textTimer: ReturnType<typeof setTimeout> | undefined;
  #drawRequest = 0;

  constructor(canvas: HTMLCanvasElement, onReading: (reading: Reading) => void, onLost: () => void) {
    this.#canvas = canvas;
    this.#onReading = onReading;
    this.#painter = createPainter(canvas, onLost);
    this.#resizing = new ResizeObserver(() => this.#resize());
    this.#resizing.observe(canvas);
    this.#resize();
  }

  get kind(): Painter['kind'] | 'none' {
    return this.#painter?.kind ?? 'none';
  }

  /** What to ask the engine for, or null while nothing would be seen. */
  wanted(species: Species): FrameView | null {
    if (document.hidden || this.#canvas.width === 0 || this.#canvas.height === 0) return null;
    const { low, high } = this.#colours;
    return { species, low, high, ...pictureWorthAsking(this.#size(), this.#grid(), this.#view) };
  }

  /** Draws a frame at once: to be called at the display's rate and not more often. */
  showFrame(frame: Frame): void {
    this.#frames += 1;
    const now = performance.now();
    this.#frameTimes = [...this.#frameTimes.filter((time) => now - time < 1000), now];
    this.#frame = frame.header;
    this.#canvas.dataset.step = String(frame.header.step);
    this.#canvas.dataset.frames = String(this.#frames);
    this.#setPicture(frame);
    this.#draw();
    this.#tell();
  }

  /** Shows a picture that is no frame: the seed before a run, or null for nothing. */
  showPicture(picture: Picture | null, frame: Frame['header'] | null = null): void {
    this.#frame = frame;
    this.#frameTimes = [];
    this.#canvas.dataset.step = String(frame?.step ?? 0);
    this.#setPicture(picture);
    this.requestDraw();
    this.#tell();
  }

  setColours(colours: Colours): void {
    this.#colours = colours;
    this.requestDraw();
  }

  /** Zooms about the middle, or about a position in CSS pixels of the canvas. */
  zoom(factor: number, at?: { x: number; y: number }): void {
    const { width, height } = this.#size();
    const ratio = this.#ratio();
    const x = at === undefined ? width / 2 : at.x * ratio;
    const y = at === undefined ? height / 2 : at.y * ratio;
    this.#setView(zoomAbout(this.#size(), this.#grid(), this.#view, factor, x, y));
  }

  /** Moves the picture by CSS pixels. */
  pan(x: number, y: number): void {
    const ratio = this.#ratio();
    this.#setView(panBy(this.#size(), this.#grid(), this.#view, x * ratio, y * ratio));
  }

  showWhole(): void {
    this.#setView(WHOLE_FIELD);
  }

  /** The pointer in CSS pixels of the canvas, or null when it left. */
  point(at: { x: number; y: number } | null): void {
    this.#pointer = at;
    this.#tell();
  }

  /** The picture as it is seen, as a PNG; null when the browser refuses. */
  save(): Promise<Blob | null> {
    this.#draw();
    return new Promise((resolve) => this.#canvas.toBlob(resolve, 'image/png'));
  }

  /** Hands the texts out once more, for words that have changed while the picture has not. */
  tellAgain(): void {
    this.#tell();
  }

  requestDraw(): void {
    if (this.#drawRequest !== 0) return;
    this.#drawRequest = requestAnimationFrame(() => {
      this.#drawRequest = 0;
      this.#draw();
    });
  }

  dispose(): void {
    cancelAnimationFrame(this.#drawRequest);
    clearTimeout(this.#textTimer);
    this.#resizing.disconnect();
    this.#painter?.dispose();
  }

  #setPicture(picture: Picture | null): void {
    const before = this.#picture?.header;
    this.#picture = picture;
    if (picture === null) return;
    this.#painter?.setPicture(picture);
    if (before?.gridRows !== picture.header.gridRows || before.gridCols !== picture.header.gridCols) this.#view = WHOLE_FIELD;
  }

  #setView(view: ViewTransform): void {
    this.#view = view;
    this.requestDraw();
    this.#tell();
  }

  #draw(): void {
    if (this.#painter === null) return;
    if (this.#picture === null) {
      // Nothing to show: the box's own ground, by a range that nothing can be in.
      this.#canvas.style.visibility = 'hidden';
      return;
    }
    this.#canvas.style.visibility = 'visible';
    this.#painter.draw({ ...this.#colours, view: this.#view });
  }

  #resize(): void {
    const ratio = this.#ratio();
    const width = Math.round(this.#canvas.clientWidth * ratio);
    const height = Math.round(this.#canvas.clientHeight * ratio);
    if (width === this.#canvas.width && height === this.#canvas.height) return;
    this.#canvas.width = width;
    this.#canvas.height = height;
    this.#view = clampView(this.#size(), this.#grid(), this.#view);
    // Setting the size clears the canvas: drawn again before it is seen.
    this.#draw();
  }

  #ratio(): number {
    return globalThis.devicePixelRatio || 1;
  }

  #size(): Size {
    return { width: Math.max(1, this.#canvas.width), height: Math.max(1, this.#canvas.height) };
  }

  #grid(): Size {
    const header = this.#picture?.header;
    // Before anything is known of the grid, one that the canvas shows whole.
    return header === undefined ? { width: 8192, height: 8192 } : { width: header.gridCols, height: header.gridRows };
  }

  #probe(): Probe | null {
    if (this.#pointer === null || this.#picture === null) return null;
    const ratio = this.#ratio();
    const cell = cellAt(this.#size(), this.#grid(), this.#view, this.#pointer.x * ratio, this.#pointer.y * ratio);
    return cell === null ? null : { ...cell, value: valueAt(this.#picture, cell.row, cell.col) };
  }

  #tell(): void {
    this.#textTimer ??= setTimeout(() => {
      this.#textTimer = undefined;
      const now = performance.now();
      this.#onReading({
        picture: this.#picture,
        frame: this.#frame,
        framesPerSecond: this.#frameTimes.filter((time) => now - time < 1000).length,
        probe: this.#probe(),
        whole: this.#view.zoom === 1,
      });
    }, TEXT_MILLISECONDS);
  }
}
