/** Rectangles that may be turned, such as texts along a sloped line, and whether two of them overlap. */
import { type Box, type PlacedText, textBox } from './page.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The rectangle within its bounds, which tell most of them apart at once. */
export interface TurnedBox extends Box {
  /** In order around it; two pairs of the same for a line. */
  readonly corners: readonly [Point, Point, Point, Point];
  /** Its sides lie along the axes: it is its own bounds. */
  readonly upright: boolean;
}

function boundsOf(corners: TurnedBox['corners']): Box {
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

export const uprightBox = ({ left, top, right, bottom }: Box): TurnedBox => ({
  ...{ left, top, right, bottom, upright: true },
  corners: [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ],
});

/** Clockwise as seen on a page, whose y goes down. */
export function turned(box: Box, { x, y }: Point, degrees: number): TurnedBox {
  const whole = uprightBox(box);
  if (degrees === 0) return whole;
  const [sine, cosine] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  const turn = (corner: Point): Point => ({
    x: x + (corner.x - x) * cosine - (corner.y - y) * sine,
    y: y + (corner.x - x) * sine + (corner.y - y) * cosine,
  });
  const [a, b, c, d] = whole.corners;
  const corners = [turn(a), turn(b), turn(c), turn(d)] as const;
  return { ...boundsOf(corners), corners, upright: false };
}

export const turnedTextBox = (text: PlacedText): TurnedBox => turned(textBox(text), text, text.angle ?? 0);

/** A line as a rectangle without width. */
export function lineBox(from: Point, to: Point): TurnedBox {
  const corners = [from, to, to, from] as const;
  return { ...boundsOf(corners), corners, upright: false };
}

/** Whether the shadows of two boxes on a direction overlap. */
function overlapAlong({ corners: a }: TurnedBox, { corners: b }: TurnedBox, x: number, y: number): boolean {
  let [lowA, highA, lowB, highB] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const corner of a) {
    const along = corner.x * x + corner.y * y;
    lowA = Math.min(lowA, along);
    highA = Math.max(highA, along);
  }
  for (const corner of b) {
    const along = corner.x * x + corner.y * y;
    lowB = Math.min(lowB, along);
    highB = Math.max(highB, along);
  }
  return lowA < highB && lowB < highA;
}

/** Along and across the sides of `of`; a line has one side. */
function overlapAcross(a: TurnedBox, b: TurnedBox, of: TurnedBox): boolean {
  const [first, second, third] = of.corners;
  return [
    [first, second],
    [second, third],
  ].every(([from, to]) => {
    const [x, y] = [to!.x - from!.x, to!.y - from!.y];
    return (x === 0 && y === 0) || (overlapAlong(a, b, x, y) && overlapAlong(a, b, -y, x));
  });
}

/** By the theorem of the separating axis. Boxes that only touch do not overlap. */
export function overlaps(a: TurnedBox, b: TurnedBox): boolean {
  // A line along an axis has no width there, and crosses what it touches inside.
  if (a.left > b.right || b.left > a.right || a.top > b.bottom || b.top > a.bottom) return false;
  if (a.upright && b.upright) return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return overlapAcross(a, b, a) && overlapAcross(a, b, b);
}

export const isInside = (box: Box, { left, top, right, bottom }: Box): boolean =>
  box.left >= left && box.right <= right && box.top >= top && box.bottom <= bottom;
