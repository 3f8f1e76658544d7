/**
 * What is typed for the next run, and the request that follows from it. Numbers stay text until a run is asked
 * for, so that half-typed values never jump; `requestOf` gives either a whole request or what is wrong, by field.
 */
import { DEFAULT_LADDER } from '../../electron/shared/cost-ladder.ts';
import { expected } from '../../electron/shared/expectation.ts';
import { MAX_ROUNDS, MAX_SIDE, MAX_STEPS, MAX_THREADS, type RunRequest, type VariantRequest } from '../../electron/shared/run.ts';
import { type SweepAxisValues, sweptVariants } from '../../electron/shared/sweep/sweep.ts';
import { parseNumber } from '../../electron/shared/units.ts';
import { variantLabels } from '../../electron/shared/variants.ts';
import { findKernel } from '../../kernels/catalog.ts';
import type { Exercise } from '../../kernels/exercise.ts';
import { type Isa, isSought } from '../../kernels/kernel.ts';
import {
  type BoundaryId,
  type Convention,
  DEFAULT_CONVENTION,
  DEFAULT_GRID,
  type Grid,
  type Precision,
  type SeedId,
  type StencilId,
} from '../../kernels/model.ts';
import { USUAL_ROUNDS } from '../../kernels/relation.ts';
import { NO_SWEEP, type SweepDraft, sweepAxes, sweepProblems } from './sweep-draft.ts';

/** Fields of the convention that are typed; the others are chosen from lists. */
export const CONVENTION_NUMBERS = ['diffusionU', 'diffusionV', 'feed', 'kill', 'dt'] as const;
export const RUN_NUMBERS = ['rounds', 'rows', 'cols', 'steps', 'threads'] as const;
export type NumberField = (typeof CONVENTION_NUMBERS)[number] | (typeof RUN_NUMBERS)[number];

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
}

/** Bounds of the typed numbers. The engine also refuses what its memory and adapters cannot hold. */
export const NUMBER_BOUNDS: Record<NumberField, Bounds> = {
  rounds: { min: 1, max: MAX_ROUNDS, whole: true },
  rows: { min: 1, max: MAX_SIDE, whole: true },
  cols: { min: 1, max: MAX_SIDE, whole: true },
  steps: { min: 1, max: MAX_STEPS, whole: true },
  threads: { min: 1, max: MAX_THREADS, whole: true },
  diffusionU: { min: 0, max: 10, whole: false },
  diffusionV: { min: 0, max: 10, whole: false },
  feed: { min: 0, max: 1, whole: false },
  kill: { min: 0, max: 1, whole: false },
  dt: { min: 1e-6, max: 10, whole: false },
};

export interface DraftVariant {
  readonly kernel: string;
  /** Threads that the lesson asks for; the typed field applies elsewhere. */
  readonly threads?: number;
  readonly isa?: Isa;
  /** What else the lesson fixes for this variant alone. */
  readonly own?: Pick<VariantRequest, 'precision' | 'grid' | 'steps' | 'stencil' | 'flushSubnormals' | 'pin' | 'warmUp' | 'images'>;
  /** Tuning parameters as typed; absent ones take the kernel's default. */
  readonly tuning: Readonly<Record<string, string>>;
}

export interface RunDraft {
  readonly variants: readonly DraftVariant[];
  /** Empty `threads` means what the engine takes on this machine. */
  readonly numbers: Readonly<Record<NumberField, string>>;
  readonly stencil: StencilId;
  readonly boundary: BoundaryId;
  readonly seed: SeedId;
  readonly precision: Precision;
  readonly display: boolean;
  readonly flushSubnormals: boolean;
  readonly pin: boolean;
  readonly keepField: boolean;
  readonly sweep: SweepDraft;
}

/** A phrase of `electron/shared/expectation.ts` and what was typed instead. */
export interface FieldProblem {
  readonly expected: string;
  readonly received: string;
}

/** Problems by field; a tuning parameter is `kernel.parameter`. */
export type DraftProblems = Readonly<Record<string, FieldProblem>>;

export const tuningField = (kernel: string, parameter: string): string => `${kernel}.${parameter}`;

/** What is wrong with a typed number, or undefined. */
export function problemOf(text: string, { min, max, whole }: Bounds): FieldProblem | undefined {
  const value = parseNumber(text);
  if (value !== null && value >= min && value <= max && (!whole || Number.isInteger(value))) return undefined;
  return { expected: whole ? expected.wholeNumber(min, max) : expected.number(min, max), received: text };
}

function draftOf(
  convention: Convention,
  grid: Grid,
  sizes: { steps: number; rounds: number },
  variants: readonly DraftVariant[],
): RunDraft {
  const { stencil, boundary, seed, precision, diffusionU, diffusionV, feed, kill, dt } = convention;
  const values = { ...grid, ...sizes, diffusionU, diffusionV, feed, kill, dt };
  const typed = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
  const numbers = { ...typed, threads: '' } as Record<NumberField, string>;
  return {
    variants,
    numbers,
    stencil,
    boundary,
    seed,
    precision,
    display: true,
    flushSubnormals: true,
    pin: false,
    keepField: false,
    sweep: NO_SWEEP,
  };
}

/** The run as the lesson defines it. */
export function exerciseDraft(exercise: Exercise): RunDraft {
  const variants = exercise.variants.map(({ key: _, kernel, threads, isa, parameters, ...own }) => ({
    kernel,
    ...(typeof threads === 'number' ? { threads } : {}),
    ...(isa === undefined ? {} : { isa }),
    ...(Object.keys(own).length === 0 ? {} : { own }),
    tuning: Object.fromEntries(Object.entries(parameters ?? {}).map(([name, value]) => [name, String(value)])),
  }));
  const draft = draftOf({ ...DEFAULT_CONVENTION, ...exercise.convention }, exercise.grid, exercise, variants);
  const { flushSubnormals = draft.flushSubnormals, pin = draft.pin, keepField = draft.keepField } = exercise;
  return { ...draft, flushSubnormals, pin, keepField };
}

export function workbenchDraft(): RunDraft {
  return draftOf(DEFAULT_CONVENTION, DEFAULT_GRID, { steps: 500, rounds: USUAL_ROUNDS }, [{ kernel: 'autovec', tuning: {} }]);
}

/** The best kernel with all its good choices, the field not shown: pictures take time of the same processors. */
export function ladderDraft(): RunDraft {
  const { base, convention, grid, rounds, pin } = DEFAULT_LADDER;
  const draft = draftOf(convention, grid, { steps: 1, rounds }, [{ kernel: base.kernel, tuning: {} }]);
  return { ...draft, pin, display: false };
}

export function withConvention(draft: RunDraft, convention: Convention): RunDraft {
  const { stencil, boundary, seed, precision } = convention;
  const typed = Object.fromEntries(CONVENTION_NUMBERS.map((name) => [name, String(convention[name])]));
  return { ...draft, stencil, boundary, seed, precision, numbers: { ...draft.numbers, ...typed } };
}

/** What is typed for a parameter. A field that was emptied is none, where the engine then looks for the best value. */
function givenTuning({ kernel, tuning }: DraftVariant, name: string): string | undefined {
  const text = tuning[name];
  const entry = findKernel(kernel);
  return text?.trim() === '' && entry !== undefined && isSought(entry, name) ? undefined : text;
}

export function draftProblems(draft: RunDraft): DraftProblems {
  const problems: Record<string, FieldProblem> = {};
  for (const [name, bounds] of Object.entries(NUMBER_BOUNDS) as [NumberField, Bounds][]) {
    if (name === 'threads' && draft.numbers.threads.trim() === '') continue;
    const problem = problemOf(draft.numbers[name], bounds);
    if (problem !== undefined) problems[name] = problem;
  }
  for (const variant of draft.variants) {
    const { kernel } = variant;
    for (const { name, min, max } of findKernel(kernel)?.parameters ?? []) {
      const text = givenTuning(variant, name);
      if (text === undefined || min === undefined) continue;
      const problem = problemOf(text, { min, max, whole: true });
      if (problem !== undefined) problems[tuningField(kernel, name)] = problem;
    }
  }
  return { ...problems, ...sweepProblems(draft.sweep, draft.variants) };
}

/** Only for a draft without problems. */
export function conventionOf(draft: RunDraft): Convention {
  const { stencil, boundary, seed, precision, numbers } = draft;
  const value = (name: NumberField) => parseNumber(numbers[name]) ?? Number.NaN;
  const [diffusionU, diffusionV, feed, kill, dt] = CONVENTION_NUMBERS.map(value) as [number, number, number, number, number];
  return { stencil, boundary, seed, precision, diffusionU, diffusionV, feed, kill, dt };
}

/** The typed grid, or null while it is none. */
export function gridOf(draft: RunDraft): Grid | null {
  if (problemOf(draft.numbers.rows, NUMBER_BOUNDS.rows) ?? problemOf(draft.numbers.cols, NUMBER_BOUNDS.cols)) return null;
  return { rows: parseNumber(draft.numbers.rows) ?? 1, cols: parseNumber(draft.numbers.cols) ?? 1 };
}

function variantRequest(variant: DraftVariant, draft: RunDraft): VariantRequest {
  const kernel = findKernel(variant.kernel);
  const typedThreads = parseNumber(draft.numbers.threads);
  const threads = kernel?.threaded ? (variant.threads ?? typedThreads ?? undefined) : undefined;
  const parameters = Object.fromEntries(
    (kernel?.parameters ?? []).flatMap(({ name, choices }) => {
      const text = givenTuning(variant, name);
      if (text === undefined) return [];
      return [[name, choices === undefined ? (parseNumber(text) ?? text) : text]];
    }),
  );
  return {
    kernel: variant.kernel,
    precision: draft.precision,
    ...variant.own,
    ...(threads === undefined ? {} : { threads }),
    ...(variant.isa === undefined ? {} : { isa: variant.isa }),
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
  };
}

/** What tells the variants of a draft apart, in their order. */
export function draftLabels(draft: RunDraft): string[] {
  return variantLabels(
    draft.variants.map((variant) => {
      const { precision = draft.precision, parameters = {}, ...request } = variantRequest(variant, draft);
      return { ...request, precision, parameters };
    }),
  );
}

const isOverThreads = ({ of }: SweepAxisValues): boolean => 'setting' in of && of.setting === 'threads';

/** The request for the variants that can run (`runnable`). Only for a draft without problems and at least one variant. */
export function requestOf(
  draft: RunDraft,
  runnable: readonly DraftVariant[],
  extra: Pick<RunRequest, 'exercise' | 'prediction' | 'predictedRate'>,
): RunRequest {
  const number = (name: NumberField) => parseNumber(draft.numbers[name]) ?? 1;
  const grid = { rows: number('rows'), cols: number('cols') };
  const { weak, sameWork } = draft.sweep;
  const axes = sweepAxes(draft.sweep, runnable);
  const overGrids = axes.some(({ of }) => 'setting' in of && (of.setting === 'size' || of.setting === 'rows'));
  const work = { cellUpdates: number('steps') * grid.rows * grid.cols, perThread: false };
  const plan = { axes, grid, weak: weak && axes.some(isOverThreads), ...(overGrids && sameWork && { work }) };
  const variants = runnable.map((variant) => variantRequest(variant, draft));
  return {
    variants: axes.length === 0 ? variants : sweptVariants(variants, plan),
    convention: conventionOf(draft),
    grid,
    steps: number('steps'),
    rounds: number('rounds'),
    display: draft.display,
    flushSubnormals: draft.flushSubnormals,
    pin: draft.pin,
    keepField: draft.keepField,
    ...extra,
  };
}
