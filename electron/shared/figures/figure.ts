/**
 * A figure as data: everything that a drawing of it says, in words of one language, with nothing left to compute.
 * The SVG, the chart on screen and the table all draw this same value, so they cannot disagree. Values on the axis
 * are cell updates per second (`timings`) or plain ratios (`speedup`).
 */
import type { ChartId } from '../../../kernels/exercise.ts';
import type { KernelLook } from '../../../kernels/kernel.ts';
import type { Grid } from '../../../kernels/model.ts';
import type { Language } from '../contract.ts';
import type { Interval } from '../run.ts';

/** The charts with a row for each variant. */
export const FIGURE_CHARTS = ['timings', 'speedup'] as const;
export type FigureChart = (typeof FIGURE_CHARTS)[number];

export const isFigureChart = (chart: ChartId): chart is FigureChart => FIGURE_CHARTS.some((each) => each === chart);

/** Why a row carries a mark. `wrong` is a result that the reference contradicts; only `cancelled` and `running` rows can rank. `unmeasured`: its run ended before its turn. */
export type MarkKind = 'wrong' | 'unverified' | 'failed' | 'unmeasured' | 'cancelled' | 'running' | 'waiting';

/** Marks that warn of the result itself; the others only say that it is not all there. */
export const isSuspect = (kind: MarkKind): boolean => kind === 'wrong' || kind === 'unverified' || kind === 'failed';

export interface FigureMark {
  readonly kind: MarkKind;
  readonly text: string;
}

export const isMarkedSuspect = ({ mark }: { readonly mark?: FigureMark }): boolean => mark !== undefined && isSuspect(mark.kind);

export interface FigureDot {
  /** On the axis. */
  readonly value: number;
  /** Place across the row: −1 for the first sample measured, 1 for the last. */
  readonly offset: number;
  /** Taken while the processor was slower than usual: drawn hollow and crossed. */
  readonly slowed: boolean;
}

export interface FigureRow {
  /** Unique in the figure. */
  readonly key: string;
  readonly runId: number;
  /** Index of the variant in its run. */
  readonly variant: number;
  readonly kernel: string;
  readonly label: string;
  /** What the kernel is, in one line; empty when this build does not know it. */
  readonly title: string;
  /** What ran it: instruction set, threads, adapter, and whatever sets this run apart from the others. */
  readonly details: readonly string[];
  readonly look: KernelLook;
  readonly mark?: FigureMark;
  /** Verified and measured: may be compared with others. */
  readonly ranked: boolean;
  readonly baseline: boolean;
  readonly software: boolean;
  /** At most the figure's budget of dots, extremes kept; `sampleCount` is what was measured. */
  readonly dots: readonly FigureDot[];
  readonly sampleCount: number;
  readonly rounds: number;
  /** Median and 95 % interval on the axis; absent when there is nothing to draw. */
  readonly interval?: Interval;
  /** Cell updates per second. */
  readonly rate?: Interval;
  /** Times the baseline's rate; absent for unranked rows and for another set-up than the baseline's. */
  readonly ratio?: Interval;
  /** "412 Mcell/s". */
  readonly rateText: string;
  /** "× 2.41", and "(2.38 to 2.45)". */
  readonly ratioText: string;
  readonly ratioRangeText: string;
}

export interface FigureTick {
  readonly value: number;
  readonly label: string;
}

/** A logarithmic axis. */
export interface FigureAxis {
  readonly title: string;
  /** "higher is better". */
  readonly hint: string;
  readonly domain: readonly [low: number, high: number];
  readonly ticks: readonly FigureTick[];
  /** Unlabelled ticks between. */
  readonly minor: readonly number[];
  /** The baseline's own place in a speed-up chart. */
  readonly reference?: FigureTick;
}

export interface Figure {
  readonly chart: FigureChart;
  readonly language: Language;
  readonly title: string;
  /** Grid and steps, convention, machine: one line each, parts separated by " · ". */
  readonly subtitle: readonly string[];
  /** What the reader must know before comparing: differing set-ups, untrusted rows, software GPUs. */
  readonly notices: readonly string[];
  /** One sentence in words. */
  readonly conclusion: string;
  readonly caption: string;
  readonly axis: FigureAxis;
  readonly columns: { readonly rate: string; readonly ratio: string };
  readonly key: {
    readonly title: string;
    readonly dot: string;
    /** Where such a dot is drawn. */
    readonly slowed?: string;
    readonly median: string;
    readonly interval: string;
  };
  /** Label of the row that ratios are taken over, when it has a trusted result. */
  readonly baseline?: string;
  readonly rows: readonly FigureRow[];
  /** The exercise of the first run, for titles and file names. */
  readonly exercise?: string;
  readonly grids: readonly Grid[];
}

/** Parts of a subtitle line and of a row's details. */
export const SEPARATOR = ' · ';
