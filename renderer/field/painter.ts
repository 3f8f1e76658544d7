/**
 * What draws a picture of the field on a canvas. Two exist: WebGL2 (`webgl-painter.ts`), which maps 16-bit values
 * through a look-up table on the GPU, and the plain canvas (`canvas-painter.ts`) where WebGL2 cannot be had.
 */
import type { FrameHeader } from '../../electron/shared/frame.ts';
import { canvasPainter } from './canvas-painter.ts';
import type { ColourMap } from './colour-map.ts';
import type { ViewTransform } from './view-transform.ts';
import { webglPainter } from './webgl-painter.ts';

/** A picture to show: a frame of the engine, or the start of a run drawn before it runs. */
export interface Picture {
  readonly header: Pick<FrameHeader, 'rows' | 'cols' | 'gridRows' | 'gridCols' | 'low' | 'high' | 'species'>;
  readonly pixels: Uint16Array;
}

export interface Look {
  readonly map: ColourMap;
  /** The locked range that the ends of the colour map stand for. */
  readonly low: number;
  readonly high: number;
  readonly view: ViewTransform;
}

export interface Painter {
  readonly kind: 'webgl2' | 'canvas';
  /** Takes a picture over; drawn at the next `draw`. */
  setPicture(picture: Picture): void;
  draw(look: Look): void;
  dispose(): void;
}

/** Where the picture's own 0 and 1 fall in the locked range of the look. */
export function rangeScale(picture: { low: number; high: number }, look: { low: number; high: number }): { scale: number; offset: number } {
  const span = look.high - look.low || Number.MIN_VALUE;
  return { scale: (picture.high - picture.low) / span, offset: (picture.low - look.low) / span };
}

export function createPainter(canvas: HTMLCanvasElement, onLost: () => void): Painter | null {
  return webglPainter(canvas, onLost) ?? canvasPainter(canvas);
}
