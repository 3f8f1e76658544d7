/** Which charts a run has something for, judged by its variants alone, so that they stay while it goes on. */
import { CHART_IDS, type ChartId, type SweepAxis } from '../../../kernels/exercise.ts';
import { findExercise } from '../../../kernels/syllabus.ts';
import { transferOf } from '../../../kernels/transfer.ts';
import { hasEnergy } from '../energy.ts';
import type { RunRecord, Variant, VariantResult } from '../run.ts';
import { axisValue, kindOf, linesOver, type Measurement, measurementsOf, scalingLines, weakScalingLines } from './axes.ts';
import { hasPlace } from './roofline-choice.ts';

/** Fewer points are a comparison, which the charts with rows show better. */
const LEAST_POINTS = 3;

const exerciseAxes = ({ request }: RunRecord) => (request.exercise === undefined ? undefined : findExercise(request.exercise)?.axes);

/** Names of the numeric tuning parameters that differ between variants. */
function sweptParameters(measurements: readonly Measurement[]): string[] {
  const values = new Map<string, Set<number>>();
  for (const { result } of measurements) {
    for (const [name, value] of Object.entries(result.variant.parameters)) {
      if (typeof value === 'number') values.set(name, (values.get(name) ?? new Set()).add(value));
    }
  }
  return [...values].filter(([, { size }]) => size > 1).map(([name]) => name);
}

const longestLine = (axis: SweepAxis, measurements: readonly Measurement[]): number =>
  Math.max(0, ...linesOver(axis, measurements).map(({ length }) => length));

/** The exercise's own axis, else the one with the longest line. */
export function sweepAxisOf(run: RunRecord): SweepAxis | undefined {
  const measurements = measurementsOf(run);
  const asked = exerciseAxes(run)?.x;
  if (asked !== undefined && longestLine(asked, measurements) > 1) return asked;
  const parameters = sweptParameters(measurements).map((name): SweepAxis => ({ of: 'parameter', name }));
  const candidates = [{ of: 'cells' } as const, { of: 'threads' } as const, ...parameters].map((axis) => ({
    axis,
    points: longestLine(axis, measurements),
  }));
  // Of equals the first stays.
  return candidates.filter(({ points }) => points >= LEAST_POINTS).sort((a, b) => b.points - a.points)[0]?.axis;
}

export interface MapAxes {
  readonly x: SweepAxis;
  readonly y: SweepAxis;
}

/** The variants of one kind that lie on two axes: of all kinds the one with the most, if it makes more than a line. */
export function mapOf<M extends Measurement>({ x, y }: MapAxes, measurements: readonly M[]): M[] {
  const kinds = new Map<string, Map<string, M>>();
  for (const measurement of measurements) {
    const [atX, atY] = [axisValue(x, measurement), axisValue(y, measurement)];
    if (atX === undefined || atY === undefined) continue;
    const kind = kindOf(measurement, [x, y]);
    const places = kinds.get(kind) ?? new Map<string, M>();
    if (!places.has(`${atX} ${atY}`)) places.set(`${atX} ${atY}`, measurement);
    kinds.set(kind, places);
  }
  const largest = [...kinds.values()].sort((a, b) => b.size - a.size)[0];
  const map = [...(largest?.values() ?? [])];
  const columns = new Set(map.map((measurement) => axisValue(x, measurement))).size;
  const rows = new Set(map.map((measurement) => axisValue(y, measurement))).size;
  // Half of the map at least, or it is a list of points.
  return columns > 1 && rows > 1 && 2 * map.length >= columns * rows && map.length > Math.max(columns, rows) ? map : [];
}

/** Whether a parameter counts along a row, as columns and the x of a work-group do. */
const isHorizontal = (name: string): boolean => /(X|Cols)$/.test(name);

/** Names of the tuning parameters whose words differ between variants. */
function sweptWords(measurements: readonly Measurement[]): string[] {
  const values = new Map<string, Set<string>>();
  for (const { result } of measurements) {
    for (const [name, value] of Object.entries(result.variant.parameters)) {
      if (typeof value === 'string') values.set(name, (values.get(name) ?? new Set()).add(value));
    }
  }
  return [...values].filter(([, { size }]) => size > 1).map(([name]) => name);
}

/** Across where it counts along a row, up where it is the grid or the team. */
function oriented(first: SweepAxis, second: SweepAxis): MapAxes {
  const across = (axis: SweepAxis) => (axis.of === 'parameter' ? (isHorizontal(axis.name) ? 2 : 1) : 0);
  return across(second) > across(first) ? { x: second, y: first } : { x: first, y: second };
}

/** The exercise's own axes, else those two whose map has the most cells. */
export function mapAxesOf(run: RunRecord): MapAxes | undefined {
  const measurements = measurementsOf(run);
  const { x, y } = exerciseAxes(run) ?? {};
  if (x !== undefined && y !== undefined && mapOf({ x, y }, measurements).length > 0) return { x, y };
  const names = [...sweptParameters(measurements), ...sweptWords(measurements)];
  const parameters = names.map((name): SweepAxis => ({ of: 'parameter', name }));
  const settings = [{ of: 'cells' } as const, { of: 'threads' } as const].filter(
    (axis) => new Set(measurements.map((measurement) => axisValue(axis, measurement))).size > 1,
  );
  const axes: SweepAxis[] = [...parameters, ...settings];
  const pairs = axes.flatMap((first, at) => axes.slice(at + 1).map((second) => oriented(first, second)));
  const maps = pairs.map((pair) => ({ axes: pair, cells: mapOf(pair, measurements).length }));
  return maps.filter(({ cells }) => cells > 0).sort((a, b) => b.cells - a.cells)[0]?.axes;
}

/** Whether what goes on beside the steps is part of what the variant is for. */
const transfers = ({ parameters }: Variant): boolean => transferOf(parameters) !== 'once';
const tellsTimes = (variant: Variant): boolean => variant.images !== undefined || transfers(variant);

/** Has it, or has it still to come, so that no tab appears under the pointer while a run goes on. */
const hasOrWill = ({ status, variants }: RunRecord, has: (result: VariantResult) => boolean): boolean =>
  status === 'running' || variants.some(has);
const hasSpans = ({ spans = [] }: VariantResult): boolean => spans.length > 0;

const HAS: Readonly<Record<ChartId, (run: RunRecord) => boolean>> = {
  timings: () => true,
  speedup: () => true,
  'cost-ladder': ({ request }) => request.ladder !== undefined,
  climb: ({ request }) => request.ladder?.climb !== undefined,
  roofline: ({ variants }) => variants.some(hasPlace),
  sweep: (run) => sweepAxisOf(run) !== undefined,
  scaling: (run) => scalingLines(measurementsOf(run)).length > 0,
  'weak-scaling': (run) => weakScalingLines(measurementsOf(run)).length > 0,
  'heat-map': (run) => mapAxesOf(run) !== undefined,
  histogram: (run) => hasOrWill(run, ({ samples }) => samples.length > 0),
  timeline: (run) =>
    run.variants.some(({ variant }) => tellsTimes(variant)) && hasOrWill(run, (each) => tellsTimes(each.variant) && hasSpans(each)),
  transfers: (run) =>
    run.variants.some(({ variant }) => transfers(variant)) && hasOrWill(run, (each) => transfers(each.variant) && hasSpans(each)),
  course: ({ variants }) => variants.some(({ variant }) => variant.observe !== undefined),
  energy: hasEnergy,
  conditions: ({ conditions = [] }) => conditions.length > 0,
  observations: ({ variants }) => variants.some(({ variant }) => variant.observe !== undefined),
};

/** In the order of `CHART_IDS`. */
export const chartsOf = (run: RunRecord): ChartId[] => CHART_IDS.filter((chart) => HAS[chart](run));
