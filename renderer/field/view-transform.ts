/**
 * Where the picture of the field lies on the canvas. The picture keeps square cells: at zoom 1 the whole grid fits,
 * with bands at two sides where the shapes differ. Positions are device pixels of the canvas, y downwards; places
 * in the field are fractions of the grid in [0, 1), so that they do not depend on how far a frame was down-sampled.
 */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface ViewTransform {
  /** 1 shows the whole grid. */
  readonly zoom: number;
  /** The fraction of the grid that lies at the canvas' centre. */
  readonly centreX: number;
  readonly centreY: number;
}

export const WHOLE_FIELD: ViewTransform = { zoom: 1, centreX: 0.5, centreY: 0.5 };
export const MAX_ZOOM = 64;

/** Size of the picture on the canvas in device pixels. */
export function pictureSize(canvas: Size, grid: Size, view: ViewTransform): Size {
  const fit = Math.min(canvas.width / grid.width, canvas.height / grid.height);
  return { width: grid.width * fit * view.zoom, height: grid.height * fit * view.zoom };
}

/** Keeps at least the middle of the view inside the grid, and the whole picture centred where it fits. */
export function clampView(canvas: Size, grid: Size, view: ViewTransform): ViewTransform {
  const zoom = Math.min(MAX_ZOOM, Math.max(1, view.zoom));
  const picture = pictureSize(canvas, grid, { ...view, zoom });
  const clampAxis = (centre: number, shown: number, whole: number) => {
    const half = Math.min(0.5, shown / whole / 2);
    return Math.min(1 - half, Math.max(half, centre));
  };
  return {
    zoom,
    centreX: clampAxis(view.centreX, canvas.width, picture.width),
    centreY: clampAxis(view.centreY, canvas.height, picture.height),
  };
}

/** The fraction of the grid under a canvas position; outside [0, 1) when beside the picture. */
export function fieldPosition(canvas: Size, grid: Size, view: ViewTransform, x: number, y: number): { x: number; y: number } {
  const picture = pictureSize(canvas, grid, view);
  return {
    x: view.centreX + (x - canvas.width / 2) / picture.width,
    y: view.centreY + (y - canvas.height / 2) / picture.height,
  };
}

/** Zooms by a factor about a canvas position, which keeps showing the same cell. */
export function zoomAbout(canvas: Size, grid: Size, view: ViewTransform, factor: number, x: number, y: number): ViewTransform {
  const zoom = Math.min(MAX_ZOOM, Math.max(1, view.zoom * factor));
  const before = fieldPosition(canvas, grid, view, x, y);
  const picture = pictureSize(canvas, grid, { ...view, zoom });
  return clampView(canvas, grid, {
    zoom,
    centreX: before.x - (x - canvas.width / 2) / picture.width,
    centreY: before.y - (y - canvas.height / 2) / picture.height,
  });
}

/** Moves the picture by device pixels, as if it were dragged. */
export function panBy(canvas: Size, grid: Size, view: ViewTransform, x: number, y: number): ViewTransform {
  const picture = pictureSize(canvas, grid, view);
  return clampView(canvas, grid, { ...view, centreX: view.centreX - x / picture.width, centreY: view.centreY - y / picture.height });
}

/** The cell under a canvas position, or null beside the picture. */
export function cellAt(canvas: Size, grid: Size, view: ViewTransform, x: number, y: number): { row: number; col: number } | null {
  const at = fieldPosition(canvas, grid, view, x, y);
  const col = Math.floor(at.x * grid.width);
  const row = Math.floor(at.y * grid.height);
  return col >= 0 && row >= 0 && col < grid.width && row < grid.height ? { row, col } : null;
}

/**
 * The longest picture worth asking the engine for: one value per device pixel of the whole picture at this zoom,
 * never more than the grid has, never more than `limit` a side.
 */
export function pictureWorthAsking(canvas: Size, grid: Size, view: ViewTransform, limit = 4096): { maxRows: number; maxCols: number } {
  const picture = pictureSize(canvas, grid, view);
  const side = (pixels: number, cells: number) => Math.max(1, Math.min(limit, cells, Math.ceil(pixels)));
  return { maxRows: side(picture.height, grid.height), maxCols: side(picture.width, grid.width) };
}
