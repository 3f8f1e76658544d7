/**
 * Where everything of a roofline stands, in the units of its page or screen: lines, points, and labels that overlap
 * neither each other nor a point. Names that have no room become numbers, which a legend explains.
 */
import { type Box, textBox } from '../figures/page.ts';
import { textWidth } from '../figures/text-width.ts';
import { isInside, lineBox, overlaps, type Point, type TurnedBox, turned, uprightBox } from '../figures/turned-box.ts';
import { placer } from './drawing.ts';
import type { RooflineArrow, RooflinePlot, RooflinePoint, RooflinePrediction, RooflineRoof } from './plot.ts';

export interface RooflineMetrics {
  /** Inside the axes. */
  readonly box: Box;
  /** Sizes of text. */
  readonly label: number;
  readonly small: number;
  /** Of a marker. */
  readonly radius: number;
}

export interface RooflineLabel {
  readonly text: string;
  readonly x: number;
  /** Of the base line. */
  readonly y: number;
  readonly size: number;
  readonly anchor: 'start' | 'middle' | 'end';
  /** Degrees, clockwise around the anchor. */
  readonly angle: number;
}

export interface PlacedRoof {
  readonly roof: RooflineRoof;
  readonly from: Point;
  readonly to: Point;
  readonly label?: RooflineLabel;
}

export interface PlacedPoint {
  readonly point: RooflinePoint;
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
  readonly trail: readonly number[];
  readonly label?: RooflineLabel;
  /** From the point to a label that stands apart from it. */
  readonly leader?: readonly [Point, Point];
}

export interface PlacedArrow {
  readonly arrow: RooflineArrow;
  /** A quadratic curve. */
  readonly from: Point;
  readonly bend: Point;
  readonly to: Point;
  readonly label?: RooflineLabel;
}

export interface RooflineLayout {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly roofs: readonly PlacedRoof[];
  readonly ridges: readonly (Point & { readonly key: string; readonly text: string })[];
  readonly arrows: readonly PlacedArrow[];
  readonly points: readonly PlacedPoint[];
  readonly predictions: readonly (Point & { readonly prediction: RooflinePrediction })[];
  /** Points carry their numbers instead of their names. */
  readonly numbered: boolean;
  /** Thick roofs without room for their label. */
  readonly unlabelled: readonly RooflineRoof[];
}

/** Between a text and what it must not touch. */
const GAP = 2;
const LINE_HEIGHT = 1.25;

function boxOf({ text, x, y, size, anchor, angle }: RooflineLabel): TurnedBox {
  const { left, top, right, bottom } = textBox({ text, x, y, size, anchor, weight: 400, color: '' });
  return turned({ left: left - GAP, top, right: right + GAP, bottom }, { x, y }, angle);
}

/** The part of a segment inside a box; undefined where there is none (Liang and Barsky). */
function clipped(from: Point, to: Point, { left, top, right, bottom }: Box): readonly [Point, Point] | undefined {
  let [begin, end] = [0, 1];
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const sides = [
    [-dx, from.x - left],
    [dx, right - from.x],
    [-dy, from.y - top],
    [dy, bottom - from.y],
  ] as const;
  for (const [direction, room] of sides) {
    if (direction === 0 && room < 0) return undefined;
    if (direction < 0) begin = Math.max(begin, room / direction);
    if (direction > 0) end = Math.min(end, room / direction);
  }
  if (begin > end) return undefined;
  const at = (share: number): Point => ({ x: from.x + share * dx, y: from.y + share * dy });
  return [at(begin), at(end)];
}

interface Candidate<T> {
  readonly value: T;
  readonly box: TurnedBox;
  /** Lower is better. */
  readonly cost: number;
}

/** What a label may lie over, at a price. */
interface Soft {
  readonly box: TurnedBox;
  readonly price: number;
}

/** The cheapest candidate that touches nothing. */
function cheapest<T>(
  candidates: readonly Candidate<T>[],
  bounds: Box,
  taken: readonly TurnedBox[],
  soft: readonly Soft[],
): Candidate<T> | undefined {
  let best: Candidate<T> | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const candidate of candidates.toSorted((a, b) => a.cost - b.cost)) {
    if (candidate.cost >= bestCost) break;
    const { box } = candidate;
    if (!isInside(box, bounds) || taken.some((other) => overlaps(box, other))) continue;
    const cost = soft.reduce((sum, { box: other, price }) => sum + (overlaps(box, other) ? price : 0), candidate.cost);
    if (cost >= bestCost) continue;
    best = candidate;
    bestCost = cost;
  }
  return best;
}

interface NameWish {
  readonly label: RooflineLabel;
  readonly leader?: readonly [Point, Point];
}

/** With more points names have no room, and looking for it everywhere takes seconds: a number stands beside its point or not at all. */
const MOST_NAMED = 60;

/** Beside the point, then farther and farther from it with a line that leads there. */
function nameCandidates(
  { x, y }: Point,
  text: string,
  { label: size, radius }: RooflineMetrics,
  isCrowded: boolean,
): Candidate<NameWish>[] {
  const step = LINE_HEIGHT * size;
  const baseline = 0.35 * size;
  const candidates: Candidate<NameWish>[] = [];
  for (const reach of isCrowded ? [radius + 4] : [radius + 4, 20, 34, 52, 76]) {
    for (let rows = -8; rows <= 8; rows++) {
      for (const side of [1, -1]) {
        const at = { x: x + side * reach, y: y + rows * step };
        const label: RooflineLabel = { text, x: at.x, y: at.y + baseline, size, anchor: side > 0 ? 'start' : 'end', angle: 0 };
        const apart = rows !== 0 || reach > radius + 4;
        if (apart && reach === radius + 4 && Math.abs(rows) > 1) continue;
        const away = Math.hypot(at.x - x, at.y - y) || 1;
        const edge = { x: x + (radius * (at.x - x)) / away, y: y + (radius * (at.y - y)) / away };
        candidates.push({
          value: { label, ...(apart && { leader: [edge, { x: at.x - side * 1.5, y: at.y }] as const }) },
          box: boxOf(label),
          cost: reach + 1.5 * Math.abs(rows * step) + (side > 0 ? 0 : 6),
        });
      }
    }
  }
  return candidates;
}

/** Labels of all points, or undefined where one has no room. */
function placeNames(
  points: readonly (Point & { readonly text: string })[],
  metrics: RooflineMetrics,
  taken: readonly TurnedBox[],
  soft: readonly Soft[],
): { names: (NameWish | undefined)[]; complete: boolean } {
  const boxes: TurnedBox[] = [...taken];
  const leaders: TurnedBox[] = [];
  const isCrowded = points.length > MOST_NAMED;
  let complete = true;
  const names = points.map((point) => {
    const own = lineBox(point, { x: point.x + 0.5, y: point.y + 0.5 });
    const others = [...boxes.slice(taken.length), ...taken.filter((box) => !overlaps(box, own))];
    const candidates = nameCandidates(point, point.text, metrics, isCrowded).filter(({ value: { leader } }) => {
      if (leader === undefined) return true;
      const line = lineBox(...leader);
      return !others.some((box) => overlaps(box, line));
    });
    const found = cheapest(candidates, metrics.box, [...boxes, ...leaders], soft);
    if (found === undefined) {
      complete = false;
      return undefined;
    }
    boxes.push(found.box);
    if (found.value.leader !== undefined) leaders.push(lineBox(...found.value.leader));
    return found.value;
  });
  return { names, complete };
}

/** Along the line above or below it, from its free end on: the left one of a slope, the right one of a flat roof. */
function roofCandidates(text: string, from: Point, to: Point, sloped: boolean, size: number): Candidate<RooflineLabel>[] {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const width = textWidth(text, size);
  if (length < width + 8) return [];
  const radians = Math.atan2(to.y - from.y, to.x - from.x);
  const angle = (180 * radians) / Math.PI;
  const along = { x: Math.cos(radians), y: Math.sin(radians) };
  const candidates: Candidate<RooflineLabel>[] = [];
  const room = length - width - 8;
  for (let shift = 0; shift <= room; shift += 6) {
    for (const above of [true, false]) {
      const begin = 4 + (sloped ? shift : room - shift);
      const away = above ? -0.35 * size - 1 : 1.05 * size + 1;
      const label: RooflineLabel = {
        ...{ text, size, angle, anchor: 'start' as const },
        x: from.x + begin * along.x - away * along.y,
        y: from.y + begin * along.y + away * along.x,
      };
      candidates.push({ value: label, box: boxOf(label), cost: 0.25 * shift + (above ? 0 : 8) });
    }
  }
  return candidates;
}

const onCurve = ({ from, bend, to }: Pick<PlacedArrow, 'from' | 'bend' | 'to'>, share: number): Point => {
  const mix = (a: number, b: number, c: number) => (1 - share) ** 2 * a + 2 * share * (1 - share) * b + share ** 2 * c;
  return { x: mix(from.x, bend.x, to.x), y: mix(from.y, bend.y, to.y) };
};

/** As lines short enough to tell what they cross. */
function curveBoxes(arrow: PlacedArrow): TurnedBox[] {
  const places = Array.from({ length: 7 }, (_, at) => onCurve(arrow, at / 6));
  return places.slice(1).map((place, at) => lineBox(places[at]!, place));
}

/** A curve to the left of its way up, so that it is seen beside points that stand above each other. */
function curveOf(arrow: RooflineArrow, from: Point, to: Point, radius: number): PlacedArrow | undefined {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length < 3 * radius) return undefined;
  const bulge = Math.min(34, 8 + 0.22 * length);
  const sign = to.y <= from.y ? 1 : -1;
  const bend = {
    x: (from.x + to.x) / 2 + (sign * bulge * (to.y - from.y)) / length,
    y: (from.y + to.y) / 2 - (sign * bulge * (to.x - from.x)) / length,
  };
  const shortened = (end: Point, by: number): Point => {
    const away = Math.hypot(bend.x - end.x, bend.y - end.y);
    const share = Math.min(0.45, by / away);
    return { x: end.x + share * (bend.x - end.x), y: end.y + share * (bend.y - end.y) };
  };
  return { arrow, from: shortened(from, radius + 1.5), bend, to: shortened(to, radius + 2.5) };
}

function gainCandidates(arrow: PlacedArrow, text: string, size: number): Candidate<RooflineLabel>[] {
  return [0.5, 0.4, 0.6, 0.3, 0.7].flatMap((share) => {
    const at = onCurve(arrow, share);
    return ([-1, 1] as const).flatMap((side) =>
      [4, 12].map((reach) => {
        const anchor = side < 0 ? ('end' as const) : ('start' as const);
        const label: RooflineLabel = { text, size, angle: 0, anchor, x: at.x + side * reach, y: at.y + 0.35 * size };
        return { value: label, box: boxOf(label), cost: 20 * Math.abs(share - 0.5) + reach + (side < 0 ? 0 : 3) };
      }),
    );
  });
}

const around = ({ x, y }: Point, radius: number): TurnedBox =>
  uprightBox({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });

export function layoutRoofline(plot: RooflinePlot, metrics: RooflineMetrics): RooflineLayout {
  const { box, radius, small } = metrics;
  const x = placer(plot.x, box.left, box.right);
  const y = placer(plot.y, box.bottom, box.top);
  const at = (place: { readonly x: number; readonly y: number }): Point => ({ x: x(place.x), y: y(place.y) });

  const lines = plot.roofs.flatMap((roof) => {
    const part = clipped(at(roof.ends[0]), at(roof.ends[1]), box);
    return part === undefined ? [] : [{ roof, from: part[0], to: part[1] }];
  });
  const spots = plot.points.map((point) => ({ point, x: x(point.x), y: y(point.y.median), low: y(point.y.low), high: y(point.y.high) }));
  const predictions = plot.predictions.map((prediction) => ({ prediction, ...at(prediction) }));
  const arrows = plot.arrows.flatMap((arrow) => {
    const [from, to] = [arrow.from, arrow.to].map((key) => spots.find(({ point }) => point.key === key));
    return from === undefined || to === undefined ? [] : (curveOf(arrow, from, to, radius) ?? []);
  });

  const marks = [
    ...spots.map((spot) => around(spot, radius + 0.5)),
    ...spots.map((spot) => uprightBox({ left: spot.x - 2, right: spot.x + 2, top: spot.high, bottom: spot.low })),
    ...predictions.map((prediction) => around(prediction, radius + 1.5)),
  ];
  const roofBoxes = lines.map(({ from, to }) => lineBox(from, to));
  const priced = (boxes: readonly TurnedBox[], price: number): Soft[] => boxes.map((crossed) => ({ box: crossed, price }));
  const soft = [...priced(roofBoxes, 5), ...priced(arrows.flatMap(curveBoxes), 20)];
  const texts = (numbered: boolean) =>
    spots.map((spot) => ({ x: spot.x, y: spot.y, text: numbered ? spot.point.number : spot.point.label }));
  const isCrowded = spots.length > MOST_NAMED;
  const byName = isCrowded ? undefined : placeNames(texts(false), metrics, marks, soft);
  const numbered = byName?.complete !== true;
  const { names } = byName?.complete === true ? byName : placeNames(texts(true), metrics, marks, soft);

  const taken = [
    ...marks,
    ...names.flatMap((name) => (name === undefined ? [] : [boxOf(name.label), ...(name.leader ? [lineBox(...name.leader)] : [])])),
  ];
  // Gains first: they have one place, a roof has a whole line.
  const told = arrows.map((arrow): PlacedArrow => {
    const { text } = arrow.arrow;
    const found =
      text === undefined || isCrowded ? undefined : cheapest(gainCandidates(arrow, text, small), box, taken, priced(roofBoxes, 6));
    if (found === undefined) return arrow;
    taken.push(found.box);
    return { ...arrow, label: found.value };
  });
  const thickFirst = lines.toSorted((a, b) => Number(a.roof.thin) - Number(b.roof.thin));
  const labels = new Map<RooflineRoof, RooflineLabel>();
  for (const { roof, from, to } of thickFirst) {
    const crossing = roofBoxes.filter((_, index) => lines[index]?.roof !== roof);
    const found = cheapest(roofCandidates(roof.label, from, to, roof.kind === 'memory', small), box, taken, [
      ...priced(crossing, 60),
      ...priced(arrows.flatMap(curveBoxes), 30),
    ]);
    if (found === undefined) continue;
    taken.push(found.box);
    labels.set(roof, found.value);
  }
  return {
    ...{ x, y, arrows: told, predictions, numbered },
    roofs: lines.map((line) => {
      const label = labels.get(line.roof);
      return { ...line, ...(label && { label }) };
    }),
    ridges: plot.ridges.map((ridge) => ({ key: ridge.key, text: ridge.text, ...at(ridge) })),
    points: spots.map((spot, index) => {
      const name = names[index];
      return {
        ...spot,
        // The axis is made for what was measured last.
        trail: spot.point.trail.filter((flops) => flops >= plot.y.domain[0] && flops <= plot.y.domain[1]).map(y),
        ...(name && { label: name.label }),
        ...(name?.leader && { leader: name.leader }),
      };
    }),
    unlabelled: lines.filter(({ roof }) => !roof.thin && !labels.has(roof)).map(({ roof }) => roof),
  };
}
