/** A variant of a run on the roofline: its declared flop a byte, the flop a second that it reached, and what holds it. */
import { findKernel } from '../../kernels/catalog.ts';
import { bytesPerValue } from '../../kernels/model.ts';
import type { Ceilings } from './ceilings.ts';
import type { Machine } from './machine.ts';
import { type Limit, limitOf } from './roofs.ts';
import { cellsOf, type Interval, type RunRecord, settingsOf, type VariantResult } from './run.ts';
import { bootstrapMedian, secondsPerStepOfRounds } from './statistics.ts';

interface OfRun {
  readonly run: RunRecord;
  readonly result: VariantResult;
}

export interface Intensity {
  readonly flopsPerCell: number;
  readonly bytesPerCell: number;
  /** Flop a byte. */
  readonly value: number;
}

/** Undefined for a kernel that this build does not know. */
export function intensityOf({ run, result: { variant } }: OfRun): Intensity | undefined {
  const cost = findKernel(variant.kernel)?.cost;
  if (cost === undefined) return undefined;
  const { stencil, precision } = settingsOf(run.request, variant).convention;
  const context = { precision, stencil, parameters: variant.parameters };
  const [flopsPerCell, bytesPerCell] = [cost.flopsPerCell(context), cost.bytesPerCell(context)];
  return { flopsPerCell, bytesPerCell, value: flopsPerCell / bytesPerCell };
}

export interface UnderItsRoof {
  readonly intensity: Intensity;
  /** Flop a second: median and 95 % interval over rounds. */
  readonly flopsPerSecond: Interval;
  readonly limit?: Limit;
}

/** Undefined without samples. */
export function underItsRoof(of: OfRun, ceilings: Ceilings | undefined, machine: Machine | undefined): UnderItsRoof | undefined {
  const { run, result } = of;
  const intensity = intensityOf(of);
  const rounds = secondsPerStepOfRounds(result.samples);
  if (intensity === undefined || rounds.length === 0) return undefined;
  const { variant, adapter } = result;
  const cells = cellsOf(settingsOf(run.request, variant).grid);
  const { median, low, high } = result.summary?.secondsPerStep ?? bootstrapMedian(rounds);
  const flops = cells * intensity.flopsPerCell;
  const flopsPerSecond = { median: flops / median, low: flops / high, high: flops / low };
  const bytesOfValue = findKernel(variant.kernel)?.storage === 'f16' ? 2 : bytesPerValue(variant.precision);
  const under = {
    ...{ intensity: intensity.value, flopsPerSecond, precision: variant.precision, threads: variant.threads },
    ...(variant.isa && { isa: variant.isa }),
    ...(adapter && { adapter }),
    // u and v, before and after the step.
    bytes: 4 * cells * bytesOfValue,
  };
  const limit = ceilings && machine && limitOf(under, ceilings, machine);
  return { intensity, flopsPerSecond, ...(limit && { limit }) };
}
