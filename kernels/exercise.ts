/** What an exercise is: a lesson in both languages, the run it makes, and the relation its measurement must show. */
import type { Isa, ParameterValue } from './kernel.ts';
import type { Convention, Grid, Precision, StencilId, Text } from './model.ts';

/** One bar of the exercise: a kernel with the tuning that the lesson asks for. */
export interface ExerciseVariant {
  readonly kernel: string;
  /**
   * What the lesson calls this bar, the kernel's id when absent. An exercise with several bars of one kernel gives all
   * but one a key of the form `kernel@tuning`, such as `autovec@baseline`; keys are unique within an exercise.
   */
  readonly key?: string;
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  readonly isa?: 'baseline';
  /**
   * More than the machine has processors: the bar is left out there. `all`: as many as it has; where another bar asks
   * for just that number, the two are one result under both keys.
   */
  readonly threads?: number | 'all';
  readonly precision?: Precision;
  /** What differs from the exercise's own; absent, the exercise's holds. */
  readonly grid?: Grid;
  readonly steps?: number;
  readonly stencil?: StencilId;
  readonly flushSubnormals?: boolean;
  readonly pin?: boolean;
  /** False: timed from the first step on. */
  readonly warmUp?: boolean;
  /** An image of V after every so many steps: nowhere, to disk while the steps wait, or while they go on. */
  readonly images?: { readonly every: number; readonly writing: 'none' | 'inline' | 'overlapped' };
  /**
   * What is read off the state at the seed and after every so many steps: the largest difference of v from what f64
   * computes, or how many values are subnormal.
   */
  readonly observe?: { readonly what: 'difference' | 'subnormals'; readonly every: number };
}

/** What a chart of points has along an axis. */
export type SweepAxis =
  | { readonly of: 'cells' }
  | { readonly of: 'threads' }
  /** A numeric tuning parameter. */
  | { readonly of: 'parameter'; readonly name: string };

/**
 * The chart of a run. `timings` and `speedup` have a row for each variant; `roofline` places every kernel under the machine's
 * ceilings by its flop a byte; `sweep` draws rates over an axis, a line for
 * each kind of variant; `scaling` the speed-up over threads with the ideal line, `weak-scaling` the efficiency with the
 * grid growing along; `heat-map` rates over two parameters; `histogram` how the times of the samples are spread; `timeline` what
 * the rounds of variants with images or transfers spent their time on, `transfers` what a step of them pays for transfers; `course` the time per step along the run, and `observations` what was
 * observed, of variants that are; `cost-ladder` what one cause changed alone costs, and `climb` what each rung gains from the very
 * naive program up, of runs that ask.
 */
export const CHART_IDS = [
  'timings',
  'speedup',
  'cost-ladder',
  'climb',
  'roofline',
  'sweep',
  'scaling',
  'weak-scaling',
  'heat-map',
  'histogram',
  'timeline',
  'transfers',
  'course',
  'observations',
  'energy',
  'conditions',
] as const;
export type ChartId = (typeof CHART_IDS)[number];

export const variantKey = ({ key, kernel }: ExerciseVariant): string => key ?? kernel;

/** What a comparison says. Shares are of 1: 0.018 is 1.8 %. */
export type Verdict =
  | {
      readonly kind: 'faster' | 'slower';
      /** Of rates, with its 95 % interval. */
      readonly ratio: { readonly median: number; readonly low: number; readonly high: number };
    }
  | {
      readonly kind: 'no-difference';
      /** What the interval leaves room for. */
      readonly within: number;
      /** The machine's own noise in this run, where it was measured and the difference lies below it. */
      readonly floor?: number;
    }
  | {
      readonly kind: 'cannot-tell';
      /** About what would decide; absent where no sensible number would. */
      readonly moreRounds?: number;
    };

/** A ratio of cell updates per second, `of` ÷ `over`, with its 95 % interval; `clear` when its verdict tells the two apart. */
export interface MeasuredRatio {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly clear: boolean;
  readonly verdict: Verdict;
  /** Rounds of the side that has fewer. */
  readonly rounds: number;
}

/** How the times per step of a bar's samples are spread, in seconds. */
export interface MeasuredSpread {
  readonly fastest: number;
  readonly median: number;
  readonly slowest: number;
  readonly samples: number;
  /** Interquartile range ÷ median within a round: the median over rounds with its 95 % interval. */
  readonly share: { readonly median: number; readonly low: number; readonly high: number };
}

/** What the comparison with the reference found, and what the run ended in. */
export interface MeasuredCheck {
  /** The largest; null where a value was no number. */
  readonly error: number | null;
  readonly tolerance: number;
  /** Mean of v at the end of the last round; null where it is no number, or the bar did not get there. */
  readonly meanV: number | null;
}

/** The lowest roof over a bar, of those that were measured on its machine. */
export interface MeasuredLimit {
  readonly of: 'memory' | 'compute' | 'gpu-memory' | 'gpu-compute';
  /** Of a processor's memory. */
  readonly level?: 'L1' | 'L2' | 'L3' | 'memory';
  /** Of what the roof allows at the bar's intensity. */
  readonly share: number;
}

/**
 * What the lesson's conclusion may read: measured values of one run only. Bars that did not finish or verify are
 * absent. A `key` is that of an `ExerciseVariant`.
 */
export interface Measured {
  readonly grid: Grid;
  /** Median cell updates per second, or undefined without a trusted result. */
  cellsPerSecond(key: string): number | undefined;
  ratio(of: string, over: string): MeasuredRatio | undefined;
  /** Undefined where rounds have too few samples. */
  spread(key: string): MeasuredSpread | undefined;
  /** Median seconds that a bar with images spent on one image: in all, or on one part of it. */
  imageSeconds(key: string, part?: 'steps' | 'read' | 'write'): number | undefined;
  /** What was observed in the first round, in the order of steps; a value is null where there was no number. */
  observations(key: string): readonly { readonly step: number; readonly value: number | null }[];
  /** Median seconds per step between two observations, in the order of steps. */
  course(key: string): readonly { readonly from: number; readonly to: number; readonly secondsPerStep: number }[];
  /** Of any bar that was compared, right or wrong. */
  check(key: string): MeasuredCheck | undefined;
  /** Undefined where the ceilings of the machine are not known. */
  limit(key: string): MeasuredLimit | undefined;
  /** Share below which a difference means nothing in this run; undefined without a control. */
  readonly noiseFloor: number | undefined;
  /** Turns of the run in all, and those for which the processor was slowed. */
  readonly throttling: { readonly slowed: number; readonly turns: number };
  /** Threads that the kernel's team ran with. */
  threads(key: string): number | undefined;
  /** Instruction set that a native kernel ran with. */
  isa(key: string): Isa | undefined;
  /** Of the adapter that this run used. */
  readonly gpu: 'hardware' | 'software' | 'none';
  /** Best result of a kernel in this session under the same convention on the same machine, whatever its exercise, grid and tuning. */
  bestInSession(kernel: string): number | undefined;
  /**
   * Every kernel's best trusted result in this session under the same convention, machine and grid, fastest first.
   * Software adapters are left out: their speed is the processor's.
   */
  readonly ranking: readonly { readonly kernel: string; readonly cellsPerSecond: number }[];
}

/** Whether the lesson's relation held on this machine. Not holding is a finding, never the trainee's failure. */
export type RelationOutcome = 'held' | 'not-held' | 'unclear' | 'not-measured';

/** The words of a conclusion; numbers arrive already formatted for the language. */
export interface ConclusionTools {
  /** "× 2.41 (2.38 to 2.45)" in the language's own notation. */
  ratio(ratio: MeasuredRatio): string;
  /** Why two are not told apart, as a sentence; empty where they are. */
  undecided(ratio: MeasuredRatio): string;
  /** "412 Mcell/s". */
  rate(cellsPerSecond: number): string;
  number(value: number, digits?: number): string;
  /** "2.41 ms". */
  seconds(value: number): string;
}

export interface Prediction {
  readonly question: Text;
  /** The ratio that the slider predicts, on a logarithmic scale; both are keys of variants. */
  readonly of: string;
  readonly over: string;
  readonly min: number;
  readonly max: number;
}

export interface Exercise {
  readonly id: string;
  readonly day: number;
  readonly title: Text;
  /** One sentence. */
  readonly goal: Text;
  /** Under 200 words; paragraphs separated by a blank line, `code` and **strong** allowed. */
  readonly idea: Text;
  /** A formula as plain text, shown set apart. */
  readonly formula?: Text;
  /** What changed in the code since the rung before. */
  readonly changed: Text;
  readonly prediction: Prediction;
  /** What to look at in the result. */
  readonly lookAt: Text;
  readonly variants: readonly ExerciseVariant[];
  /** Key of the variant that the others are divided by. */
  readonly baseline: string;
  readonly grid: Grid;
  readonly steps: number;
  readonly rounds: number;
  readonly convention?: Partial<Convention>;
  readonly flushSubnormals?: boolean;
  readonly pin?: boolean;
  /** The final fields of all bars are kept, to be looked at side by side. */
  readonly keepField?: boolean;
  /** The chart that opens when the run ends. */
  readonly chart: ChartId;
  /** What `sweep` (x) and `heat-map` (x and y) are drawn over. */
  readonly axes?: { readonly x: SweepAxis; readonly y?: SweepAxis };
  readonly relation: (measured: Measured) => RelationOutcome;
  readonly conclusion: (measured: Measured, language: 'en' | 'fr', tools: ConclusionTools) => string;
}

/** Titles of the school's days, in its order. After the ninth, the last of the school, comes what belongs to no day. */
export const DAYS: readonly { readonly day: number; readonly title: Text }[] = [
  { day: 1, title: { en: 'Foundations', fr: 'Fondations' } },
  { day: 2, title: { en: 'C++ on CPU', fr: 'C++ sur CPU' } },
  { day: 3, title: { en: 'Fortran, precision', fr: 'Fortran, précision' } },
  { day: 4, title: { en: 'Scaling', fr: 'Passage à l’échelle' } },
  { day: 5, title: { en: 'Scripting', fr: 'Langages de script' } },
  { day: 6, title: { en: 'SIMD, first GPU', fr: 'SIMD, premier GPU' } },
  { day: 7, title: { en: 'GPU', fr: 'GPU' } },
  { day: 10, title: { en: 'After the courses', fr: 'Après les cours' } },
];
