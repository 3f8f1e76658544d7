/**
 * The eight markers of the kernels as SVG paths around the origin, all of about the same area at one `radius`. Closed
 * shapes are filled; `cross`, `plus` and `wye` are closed outlines too, so that every marker can be filled or hollow.
 */
import type { KernelLook } from '../../../kernels/kernel.ts';

type Point = readonly [x: number, y: number];

const polygon = (points: readonly Point[], radius: number): string =>
  `M${points.map(([x, y]) => `${short(x * radius)} ${short(y * radius)}`).join('L')}Z`;

/** Two decimals are a hundredth of a unit: finer than any screen or printer shows. */
const short = (value: number): string => String(Number(value.toFixed(2)));

const turn = (degrees: number, length: number): Point => [
  length * Math.sin((degrees * Math.PI) / 180),
  -length * Math.cos((degrees * Math.PI) / 180),
];

/** Beyond the marker, or the cross were lost in it. */
const SLOWED_REACH = 1.4;

const ARM = 0.34;
const PLUS: readonly Point[] = [
  [-ARM, -1.1],
  [ARM, -1.1],
  [ARM, -ARM],
  [1.1, -ARM],
  [1.1, ARM],
  [ARM, ARM],
  [ARM, 1.1],
  [-ARM, 1.1],
  [-ARM, ARM],
  [-1.1, ARM],
  [-1.1, -ARM],
  [-ARM, -ARM],
];
const DIAGONAL = Math.SQRT1_2;
const STAR = Array.from({ length: 10 }, (_, index) => turn(36 * index, index % 2 === 0 ? 1.3 : 0.55));
/** Three arms at 0°, 120° and 240°, pointing down like the letter Y: two corners of each arm's end, then the armpit. */
const WYE = [180, 300, 60].flatMap((angle): Point[] => {
  const [x, y] = turn(angle, 1.2);
  const [nx, ny] = turn(angle + 90, ARM);
  return [[x - nx, y - ny], [x + nx, y + ny], turn(angle + 60, ARM / Math.sin(Math.PI / 3))];
});

const SHAPES: Readonly<Record<Exclude<KernelLook['marker'], 'circle'>, readonly Point[]>> = {
  square: [
    [-0.88, -0.88],
    [0.88, -0.88],
    [0.88, 0.88],
    [-0.88, 0.88],
  ],
  diamond: [
    [0, -1.25],
    [1.25, 0],
    [0, 1.25],
    [-1.25, 0],
  ],
  triangle: [turn(0, 1.3), turn(120, 1.3), turn(240, 1.3)],
  cross: PLUS.map(([x, y]) => [(x - y) * DIAGONAL, (x + y) * DIAGONAL]),
  plus: PLUS,
  star: STAR,
  wye: WYE,
};

/** The cross over what was measured while the processor was slowed, around the origin. */
export function slowedCross(radius: number): string {
  const half = short(radius * SLOWED_REACH);
  return `M-${half} -${half}L${half} ${half}M-${half} ${half}L${half} -${half}`;
}

/** Path data of a marker centred on the origin. */
export function markerPath(marker: KernelLook['marker'], radius: number): string {
  if (marker !== 'circle') return polygon(SHAPES[marker], radius);
  const r = short(radius);
  return `M-${r} 0A${r} ${r} 0 1 1 ${r} 0A${r} ${r} 0 1 1 -${r} 0Z`;
}
