/**
 * Charts with two axes as data, like `Figure` for the charts with a row for each variant: everything that a drawing
 * says, in words of one language, with nothing left to compute. The SVG, the chart on screen and the table all draw
 * this same value, so they cannot disagree.
 */
import type { ChartId } from '../../../kernels/exercise.ts';
import type { KernelLook } from '../../../kernels/kernel.ts';
import type { Grid } from '../../../kernels/model.ts';
import type { Language } from '../contract.ts';
import type { FigureChart, FigureMark, FigureTick } from '../figures/figure.ts';
import type { Interval, Span } from '../run.ts';

export type PlotChart = Exclude<ChartId, FigureChart>;

/** A variant whose samples a plot is made of; its place on the plot refers to it by run and index. */
export interface PlotSource {
  readonly runId: number;
  /** Index of the variant in its run. */
  readonly variant: number;
  readonly kernel: string;
  readonly label: string;
  readonly mark?: FigureMark;
  /** Verified and measured: may be compared with others. */
  readonly ranked: boolean;
  readonly sampleCount: number;
}

/** What all kinds of plots have. */
export interface PlotFrame {
  readonly chart: PlotChart;
  readonly language: Language;
  readonly title: string;
  /** Steps, convention, machine: one line each, parts separated by " · ". */
  readonly subtitle: readonly string[];
  /** What the reader must know before comparing: untrusted points, what is left out and why, software GPUs. */
  readonly notices: readonly string[];
  /** What the plot shows, in words. */
  readonly conclusion: string;
  readonly caption: string;
  /** The exercise of the first run, for titles and file names. */
  readonly exercise?: string;
  readonly grids: readonly Grid[];
  readonly rows: readonly PlotSource[];
}

/** Which end of an axis is the better one. */
export interface Better {
  readonly end: 'low' | 'high';
  /** "higher is better". */
  readonly text: string;
}

export interface PlotAxis {
  readonly title: string;
  readonly scale: 'log' | 'linear';
  readonly domain: readonly [low: number, high: number];
  readonly ticks: readonly FigureTick[];
  /** Unlabelled ticks between. */
  readonly minor: readonly number[];
  /** Where one end is better than the other. */
  readonly better?: Better;
}

export interface PlotPoint {
  readonly runId: number;
  readonly variant: number;
  readonly x: number;
  /** Median and 95 % interval over rounds, on the y axis. */
  readonly y: Interval;
  /** "512²", "4 threads". */
  readonly xText: string;
  /** With its interval: "412 Mcell/s (400 to 424)". */
  readonly yText: string;
  readonly mark?: FigureMark;
  /** Verified and measured, if not to its end: on the line. */
  readonly ranked: boolean;
  /** Verified, and ran to its end: drawn solid. Every other point is drawn hollow. */
  readonly trusted: boolean;
  /** What the table has beside, a cell for each of the plot's `columns`. */
  readonly more?: readonly PlotDetail[];
}

export interface PlotDetail {
  readonly text: string;
  /** What its column is sorted by. */
  readonly value: number;
}

/** One line: variants that differ along the axis and in nothing else. */
export interface PlotSeries {
  /** Unique in the plot. */
  readonly key: string;
  readonly label: string;
  readonly kernel: string;
  /** The kernel's colour; several series of one kernel differ in marker and dash. */
  readonly look: KernelLook;
  /** In the order of x. */
  readonly points: readonly PlotPoint[];
}

/** What the points would lie on in an ideal case: drawn grey and dashed, with its label. In the order of x. */
export interface PlotGuide {
  readonly key: string;
  readonly label: string;
  /** Key of the series that it was fitted to: drawn dotted, in its colour. */
  readonly of?: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** A place on the x axis to know, such as the grid that fills a cache: a dashed vertical, its label above the plot. */
export interface PlotLandmark {
  readonly key: string;
  readonly x: number;
  readonly label: string;
}

/** What the marks of a plot mean, for its legend. */
export interface LinesKey {
  readonly title: string;
  readonly point: string;
  /** Where points have one. */
  readonly interval?: string;
  /** "not verified, wrong or incomplete", where such a point is drawn. */
  readonly hollow?: string;
}

export interface LinesPlot extends PlotFrame {
  readonly kind: 'lines';
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  readonly series: readonly PlotSeries[];
  readonly guides: readonly PlotGuide[];
  /** In the order of x, within its domain. */
  readonly landmarks?: readonly PlotLandmark[];
  /** Heads of what the table has beside. */
  readonly columns?: readonly string[];
  readonly key: LinesKey;
}

export interface HeatMapAxis {
  readonly title: string;
  /** Ascending. */
  readonly values: readonly FigureTick[];
}

export interface HeatMapCell {
  readonly runId: number;
  readonly variant: number;
  /** Indices into the values of the axes. */
  readonly x: number;
  readonly y: number;
  /** Cell updates per second; absent where nothing was measured. */
  readonly rate?: Interval;
  /** 0 to 1 on the scale; absent for cells that are not trusted. */
  readonly shade?: number;
  /** The rate in the unit of the scale, as it stands in the cell: "1.24". */
  readonly text: string;
  /** With unit and interval: "1.24 Gcell/s (1.22 to 1.27)". */
  readonly rateText: string;
  /** The highest median of the trusted cells: outlined. */
  readonly best: boolean;
  /** Its interval overlaps the best one's. */
  readonly near: boolean;
  readonly mark?: FigureMark;
  readonly trusted: boolean;
  /** Measured, and not to be trusted. */
  readonly hatched: boolean;
}

export interface HeatMapPlot extends PlotFrame {
  readonly kind: 'heat-map';
  /** What is mapped: the kernel, with whatever sets it apart. */
  readonly label: string;
  readonly kernel: string;
  readonly look: KernelLook;
  readonly x: HeatMapAxis;
  /** Drawn upwards. */
  readonly y: HeatMapAxis;
  readonly cells: readonly HeatMapCell[];
  /** What the shades stand for, in cell updates per second. */
  readonly scale: { readonly low: number; readonly high: number; readonly ticks: readonly FigureTick[] };
  readonly key: { readonly title: string; readonly shade: string; readonly best: string; readonly near: string; readonly hatched: string };
  /** Variants of the run that have no place on the map, to compare with. */
  readonly others: readonly {
    readonly key: string;
    readonly label: string;
    readonly kernel: string;
    readonly look: KernelLook;
    readonly rateText: string;
  }[];
}

/** The variant that a bar or a series shows. */
interface OfVariant {
  readonly key: string;
  readonly runId: number;
  readonly variant: number;
  readonly label: string;
  readonly kernel: string;
  readonly look: KernelLook;
  readonly mark?: FigureMark;
  readonly trusted: boolean;
}

export interface HistogramSeries extends OfVariant {
  /** The same for all series; empty ones are left out. */
  readonly bins: readonly { readonly from: number; readonly to: number; readonly count: number }[];
  readonly sampleCount: number;
  /** Seconds per step of the fastest sample. */
  readonly least: number;
  /** Seconds per step over rounds. */
  readonly median: Interval;
  readonly leastText: string;
  /** With its interval. */
  readonly medianText: string;
  readonly countText: string;
}

export interface HistogramPlot extends PlotFrame {
  readonly kind: 'histogram';
  /** Seconds per step. */
  readonly x: PlotAxis;
  /** Samples in a bin, the same for all series, which stand one below the other. */
  readonly y: PlotAxis;
  readonly series: readonly HistogramSeries[];
  readonly key: {
    readonly title: string;
    readonly bar: string;
    /** Head of the column of medians. */
    readonly medianColumn: string;
    readonly least: string;
    readonly median: string;
    readonly interval: string;
  };
}

export type SpanKind = Span['what'];

export interface TimelineSpan {
  readonly what: SpanKind;
  /** Seconds from the start of the group. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export interface TimelinePlot extends PlotFrame {
  readonly kind: 'timeline';
  /** Seconds. */
  readonly x: PlotAxis;
  /** One for each variant. */
  readonly groups: readonly {
    readonly key: string;
    readonly runId: number;
    readonly variant: number;
    readonly label: string;
    readonly kernel: string;
    readonly look: KernelLook;
    readonly lanes: readonly { readonly label: string; readonly spans: readonly TimelineSpan[] }[];
  }[];
  readonly key: { readonly title: string; readonly spans: Readonly<Record<SpanKind, string>> };
}

/** A ceiling of a machine over the points: sloped where bytes bound, flat where operations do. */
export interface RooflineRoof {
  /** Unique in the plot. */
  readonly key: string;
  readonly kind: 'memory' | 'compute';
  /** What has it; `software` is a processor standing in for a GPU. */
  readonly device: 'processor' | 'gpu' | 'software';
  /** Whose, where there are several: 0 is the first. */
  readonly machine: number;
  /** Of one thread, where a team reaches more. */
  readonly thin: boolean;
  /** Bytes, or flop, a second. */
  readonly rate: number;
  /** "L2, 2 threads". */
  readonly name: string;
  /** "456 GB/s". */
  readonly rateText: string;
  /** Both, as they stand on the line. */
  readonly label: string;
  /** From left to right, on the axes. */
  readonly ends: readonly [RooflinePlace, RooflinePlace];
}

export interface RooflinePlace {
  /** Flop a byte. */
  readonly x: number;
  /** Flop a second. */
  readonly y: number;
}

export interface RooflinePoint {
  /** Unique in the plot. */
  readonly key: string;
  readonly runId: number;
  readonly variant: number;
  readonly machine: number;
  readonly kernel: string;
  readonly label: string;
  /** What stands beside the point where names have no room. */
  readonly number: string;
  readonly look: KernelLook;
  readonly mark?: FigureMark;
  readonly trusted: boolean;
  /** Measured on a processor standing in for a GPU. */
  readonly software: boolean;
  readonly running: boolean;
  readonly x: number;
  /** Median and 95 % interval over rounds. */
  readonly y: Interval;
  /** By which a cell update counts on the y axis. */
  readonly flopsPerCell: number;
  /** While it runs: what its latest samples reached, the newest last. */
  readonly trail: readonly number[];
  /** "33 flop ÷ 16 bytes = 2.06 flop/byte". */
  readonly intensityText: string;
  /** Where the bytes come from: "2 values read + 2 written". */
  readonly costText: string;
  /** In cell updates, with the interval. */
  readonly rateText: string;
  readonly flopText: string;
  /** "71 % of memory, 2 threads"; empty without a roof. */
  readonly limitText: string;
  readonly share?: number;
}

/** From a rung of the ladder to the next. */
export interface RooflineArrow {
  /** Keys of points. */
  readonly from: string;
  readonly to: string;
  /** "× 2.9", where the difference is clear. */
  readonly text?: string;
}

export interface RooflinePrediction extends RooflinePlace {
  readonly key: string;
  readonly label: string;
  readonly look: KernelLook;
  readonly text: string;
}

export interface RooflinePlot extends PlotFrame {
  readonly kind: 'roofline';
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  readonly roofs: readonly RooflineRoof[];
  /** Where the slope of a team's memory meets its highest peak. */
  readonly ridges: readonly (RooflinePlace & { readonly key: string; readonly text: string })[];
  readonly points: readonly RooflinePoint[];
  readonly arrows: readonly RooflineArrow[];
  readonly predictions: readonly RooflinePrediction[];
  /** Some machine of the plot has no measured ceilings. */
  readonly ceilingsMissing: boolean;
  readonly key: {
    readonly title: string;
    readonly point: string;
    readonly interval: string;
    readonly hollow: string;
    readonly software: string;
    readonly prediction: string;
    readonly team: string;
    readonly thin: string;
    readonly gpu: string;
    readonly ridge: string;
    readonly arrow: string;
    /** Names of the machines, where there are several. */
    readonly machines: readonly string[];
  };
}

export interface BarsPlot extends PlotFrame {
  readonly kind: 'bars';
  /** From zero. */
  readonly x: PlotAxis;
  readonly bars: readonly (OfVariant & {
    /** Median and 95 % interval over `rounds`. */
    readonly value: Interval;
    readonly rounds: readonly number[];
    /** With its interval. */
    readonly valueText: string;
  })[];
  readonly key: {
    readonly title: string;
    readonly bar: string;
    readonly interval: string;
    readonly hollow?: string;
    /** Head of the column of values: their unit. */
    readonly value: string;
  };
}

/** One turn of a run: a variant's, or the control's. */
export interface StripPoint {
  readonly x: number;
  readonly y: number;
  /** "round 3, autovec". */
  readonly xText: string;
  /** The value with its unit. */
  readonly yText: string;
  /** The processor was slower than usual: drawn hollow and crossed. */
  readonly slowed: boolean;
}

/** Quantities of different units over the same turns, one below the other. */
export interface StripsPlot extends PlotFrame {
  readonly kind: 'strips';
  readonly x: PlotAxis;
  readonly strips: readonly { readonly key: string; readonly y: PlotAxis; readonly points: readonly StripPoint[] }[];
  readonly key: { readonly title: string; readonly point: string; readonly slowed: string; readonly state: string; readonly usual: string };
}

/** What a bar says: it costs, it pays, there is nothing to see, nothing is told yet; `start` is a place without a bar. */
export const WATERFALL_KINDS = ['longer', 'shorter', 'same', 'unclear', 'start'] as const;
export type WaterfallKind = (typeof WATERFALL_KINDS)[number];

/** From one place on the axis to another, with what is between them. */
export interface WaterfallBar {
  /** Unique in the plot. */
  readonly key: string;
  readonly runId: number;
  /** Of what it ends at. */
  readonly variant: number;
  /** Of what it begins at, in the same run. */
  readonly over?: number;
  readonly label: string;
  /** "champion depth=24 › depth=1". */
  readonly what: string;
  /** The school's module; empty where there is none. */
  readonly module: string;
  /** Absent where nothing was measured. */
  readonly from?: number;
  readonly to?: Interval;
  readonly kind: WaterfallKind;
  /** "× 1.93", and below it "(1.90 to 1.97)" or a word. */
  readonly text: string;
  readonly below: string;
  /** What it shows and what is behind it, in words. */
  readonly sentence: string;
  readonly mark?: FigureMark;
  /** Both its ends are verified, and ran to their end. */
  readonly trusted: boolean;
}

export interface WaterfallPlot extends PlotFrame {
  readonly kind: 'waterfall';
  readonly x: PlotAxis;
  /** A vertical that bars begin at. */
  readonly reference?: FigureTick;
  /** Each bar begins where the one before ends. */
  readonly chained: boolean;
  readonly bars: readonly WaterfallBar[];
  /** What could not be measured here, and why. */
  readonly absent: readonly { readonly key: string; readonly label: string; readonly module: string; readonly sentence: string }[];
  /** Heads of the table. */
  readonly columns: {
    readonly label: string;
    readonly what: string;
    readonly value: string;
    readonly words: string;
  };
  readonly key: {
    readonly title: string;
    readonly kinds: Readonly<Record<WaterfallKind, string>>;
    readonly interval: string;
    readonly words: string;
    readonly absent: string;
  };
}

export type Plot = WaterfallPlot | BarsPlot | StripsPlot | LinesPlot | HeatMapPlot | HistogramPlot | TimelinePlot | RooflinePlot;
