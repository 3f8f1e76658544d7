/** Draws the field on a plain 2D canvas: slower than WebGL2, the same picture. Used where WebGL2 cannot be had. */
import { LUT_ENTRIES, lookUpTable } from './colour-map.ts';
import { type Look, type Painter, type Picture, rangeScale } from './painter.ts';
import { pictureSize } from './view-transform.ts';

/** Maps 16-bit values through the look-up table into RGBA bytes; `rgba` holds four bytes a value. */
export function mapPixels(picture: Picture, look: Pick<Look, 'map' | 'low' | 'high'>, rgba: Uint8ClampedArray): void {
  const table = new Uint32Array(lookUpTable(look.map).buffer);
  const target = new Uint32Array(rgba.buffer, rgba.byteOffset, picture.pixels.length);
  const { scale, offset } = rangeScale(picture.header, look);
  for (let index = 0; index < picture.pixels.length; index++) {
    const shown = Math.min(1, Math.max(0, (picture.pixels[index]! / 65535) * scale + offset));
    target[index] = table[Math.floor(shown * (LUT_ENTRIES - 1) + 0.5)]!;
  }
}

export function canvasPainter(canvas: HTMLCanvasElement): Painter | null {
  const context = canvas.getContext('2d');
  if (context === null) return null;
  const sheet = document.createElement('canvas');
  const sheetContext = sheet.getContext('2d');
  if (sheetContext === null) return null;
  let picture: Picture | null = null;

  return {
    kind: 'canvas',
    setPicture(next) {
      picture = next;
    },
    draw(look) {
      context.clearRect(0, 0, canvas.width, canvas.height);
      if (picture === null) return;
      const { rows, cols, gridRows, gridCols } = picture.header;
      if (sheet.width !== cols || sheet.height !== rows) {
        sheet.width = cols;
        sheet.height = rows;
      }
      const image = sheetContext.createImageData(cols, rows);
      mapPixels(picture, look, image.data);
      sheetContext.putImageData(image, 0, 0);
      const canvasSize = { width: canvas.width, height: canvas.height };
      const size = pictureSize(canvasSize, { width: gridCols, height: gridRows }, look.view);
      context.imageSmoothingEnabled = false;
      context.drawImage(
        sheet,
        canvas.width / 2 - look.view.centreX * size.width,
        canvas.height / 2 - look.view.centreY * size.height,
        size.width,
        size.height,
      );
    },
    dispose() {
      picture = null;
    },
  };
}
