/** Draws the page of the final fields as a picture, on a white ground whatever the theme. */
import type { Box } from '../../electron/shared/figures/page.ts';
import type { Frame } from '../../electron/shared/frame.ts';
import type { FieldSettings } from '../state/lab-store.ts';
import { mapPixels } from './canvas-painter.ts';
import { LUT_ENTRIES, lookUpTable } from './colour-map.ts';
import { type FieldsInput, layoutFields } from './fields-page.ts';

/** The frame in its colours, a pixel for each of its values. */
export function drawField(canvas: HTMLCanvasElement, { header, pixels }: Frame, { species, map, range }: FieldSettings): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  canvas.width = header.cols;
  canvas.height = header.rows;
  const image = context.createImageData(header.cols, header.rows);
  mapPixels({ header, pixels }, { map, ...range[species] }, image.data);
  context.putImageData(image, 0, 0);
}

function colourBar({ map }: FieldSettings): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = LUT_ENTRIES;
  canvas.height = 1;
  canvas.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(lookUpTable(map)), LUT_ENTRIES, 1), 0, 0);
  return canvas;
}

/** `scale` pixels for each unit of the page; null where the browser gives no canvas of that size. */
export async function fieldsPicture(input: FieldsInput, look: FieldSettings, scale: number): Promise<Blob | null> {
  const page = layoutFields(input, look);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(page.width * scale);
  canvas.height = Math.round(page.height * scale);
  const context = canvas.getContext('2d');
  if (context === null) return null;
  const family = getComputedStyle(document.body).fontFamily;
  await Promise.all([400, 600].map((weight) => document.fonts.load(`${weight} 10px ${family}`)));
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  // Not a canvas that is scaled: letters would stand apart as far as those of the small size.
  for (const { text, x, y, size, weight, anchor, color } of page.texts) {
    context.font = `${weight} ${size * scale}px ${family}`;
    context.textAlign = anchor === 'middle' ? 'center' : anchor;
    context.fillStyle = color;
    context.fillText(text, x * scale, y * scale);
  }
  const place = (picture: HTMLCanvasElement, { left, top, right, bottom }: Box) =>
    context.drawImage(picture, left * scale, top * scale, (right - left) * scale, (bottom - top) * scale);
  const sheet = document.createElement('canvas');
  for (const { variant, box } of page.pictures) {
    drawField(sheet, input.frames.get(variant)!, look);
    // Cells stay squares where they are larger than pixels; where they are smaller, their mean is shown.
    context.imageSmoothingEnabled = (box.right - box.left) * scale < sheet.width;
    context.imageSmoothingQuality = 'high';
    place(sheet, box);
  }
  context.imageSmoothingEnabled = true;
  place(colourBar(look), page.bar);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}
