/**
 * Compares two sessions: first what differs in how they were measured, then, for every competitor that both hold, how
 * many times faster it is in B than in A. Results of another grid, precision or convention are set side by side but
 * get no ratio: a number that compares apples with oranges is worse than none. Pure data; texts are the reader's.
 */
import type { Verdict } from '../../kernels/exercise.ts';
import type { Grid } from '../../kernels/model.ts';
import { annotationOf } from './annotations.ts';
import {
  BLOCKING_FIELDS,
  CONVENTION_FIELDS,
  differingFields,
  SETUP_FIELDS,
  type Setup,
  type SetupDifference,
  type SetupField,
  setupOf,
} from './compare-setup.ts';
import { withNames } from './figures/labels.ts';
import { type Interval, type RunRecord, settingsOf, type Variant, type VariantResult } from './run.ts';
import type { Session } from './session.ts';
import { bootstrapMedian, secondsPerStepOfRounds } from './statistics.ts';
import { type SlowedSide, slowedSide } from './throttling.ts';
import { hasEnoughRounds, isTrusted, type ResultOfRun, rateRatio } from './trusted.ts';
import { variantLabels } from './variants.ts';

export interface ComparedResult {
  readonly runId: number;
  /** Index into the run's variants. */
  readonly index: number;
  /** Given by a person. */
  readonly name?: string;
  readonly startedAt: string;
  readonly variant: Variant;
  readonly grid: Grid;
  readonly status: VariantResult['status'];
  readonly verified: boolean;
  /** Measured on a software adapter. */
  readonly software: boolean;
  readonly rounds: number;
  /** Over rounds; absent without samples. */
  readonly secondsPerStep?: Interval;
  /** Its low is the rate at the high of `secondsPerStep`. */
  readonly cellsPerSecond?: Interval;
}

export const NOT_COMPARABLE_REASONS = ['grid', 'precision', 'convention', 'unfinished', 'unverified', 'too-few-rounds'] as const;
export type NotComparableReason = (typeof NOT_COMPARABLE_REASONS)[number];

/** How B does beside A. */
export type ComparisonVerdict = Verdict | { readonly kind: 'not-comparable' };

export interface ComparisonRow {
  readonly kernel: string;
  readonly a: ComparedResult;
  readonly b: ComparedResult;
  /** Of this pair alone. */
  readonly differences: readonly SetupDifference[];
  readonly verdict: ComparisonVerdict;
  /** Why there is no verdict; empty otherwise. */
  readonly reasons: readonly NotComparableReason[];
  /** B is `of`, A `over`; only with a verdict. */
  readonly slowed?: SlowedSide;
  /** Cell updates per second of B ÷ those of A, with its 95 % interval; only with a verdict. */
  readonly ratio?: Interval;
}

export interface Comparison {
  /** What differs between the results that are paired below. */
  readonly setup: readonly SetupDifference[];
  /** In the order of A's runs. */
  readonly rows: readonly ComparisonRow[];
  readonly onlyInA: readonly ComparedResult[];
  readonly onlyInB: readonly ComparedResult[];
}

interface Candidate {
  readonly run: RunRecord;
  readonly index: number;
  readonly result: VariantResult;
  readonly setup: Setup;
  readonly name?: string;
  /** Kernel and parameters: what two results must share to be one competitor. */
  readonly competitor: string;
}

const sortedEntries = (parameters: Variant['parameters']) => Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));

/** Of results that agree in everything that was asked for and are not hidden, the newest; a trusted one before one that is not. */
function candidatesOf(session: Session): Candidate[] {
  const newest = new Map<string, Candidate>();
  for (const run of session.runs) {
    for (const [index, result] of run.variants.entries()) {
      const set = annotationOf(session, { runId: run.id, variant: index });
      if (set?.hidden) continue;
      const competitor = JSON.stringify([result.variant.kernel, sortedEntries(result.variant.parameters)]);
      const setup = setupOf(session, run, result);
      const identity = JSON.stringify([
        competitor,
        ...[...BLOCKING_FIELDS, 'threads', 'isa', 'adapter'].map((field) => setup[field as SetupField]),
      ]);
      const known = newest.get(identity);
      if (known !== undefined && isTrusted(known.result) && !isTrusted(result)) continue;
      // Deleted first, so that the order is that of the results kept.
      newest.delete(identity);
      newest.set(identity, { run, index, result, setup, competitor, ...(set?.name !== undefined && { name: set.name }) });
    }
  }
  return [...newest.values()];
}

/** Larger is nearer: the conditions of a ratio first, then what tells variants of one kernel apart, then anything else. */
function nearness(a: Candidate, b: Candidate): number {
  const fields = new Set<string>(differingFields(a.setup, b.setup));
  const blocking = BLOCKING_FIELDS.filter((field) => fields.has(field)).length;
  const tuning = ['isa', 'threads', 'adapter'].filter((field) => fields.has(field)).length;
  const trusted = isTrusted(a.result) && isTrusted(b.result) ? 0 : 1;
  return -(1000 * blocking + 100 * tuning + 50 * trusted + fields.size);
}

/** Pairs the two lists, nearest first; every result is in one pair at most. */
function paired(inA: readonly Candidate[], inB: readonly Candidate[]): [Candidate, Candidate][] {
  const pairs = inA.flatMap((a) => inB.filter(({ competitor }) => competitor === a.competitor).map((b): [Candidate, Candidate] => [a, b]));
  const scored = pairs.map((pair) => ({ pair, score: nearness(...pair) })).sort((x, y) => y.score - x.score);
  const used = new Set<Candidate>();
  const chosen = scored.filter(({ pair: [a, b] }) => {
    if (used.has(a) || used.has(b)) return false;
    used.add(a);
    used.add(b);
    return true;
  });
  return chosen.map(({ pair }) => pair).sort(([a], [b]) => inA.indexOf(a) - inA.indexOf(b));
}

function comparedResult({ run, index, result, name }: Candidate): ComparedResult {
  const { grid } = settingsOf(run.request, result.variant);
  const rounds = secondsPerStepOfRounds(result.samples);
  const seconds = rounds.length === 0 ? undefined : bootstrapMedian(rounds);
  const cells = grid.rows * grid.cols;
  return {
    runId: run.id,
    index,
    ...(name !== undefined && { name }),
    startedAt: run.startedAt,
    variant: result.variant,
    grid,
    status: result.status,
    verified: result.verification?.status === 'passed',
    software: result.adapter?.type === 'software',
    rounds: rounds.length,
    secondsPerStep: seconds,
    cellsPerSecond: seconds && { median: cells / seconds.median, low: cells / seconds.high, high: cells / seconds.low },
  };
}

function reasonsAgainst(a: Candidate, b: Candidate): NotComparableReason[] {
  const fields = new Set<string>(differingFields(a.setup, b.setup));
  const both = [a, b];
  const holds: Record<NotComparableReason, boolean> = {
    grid: fields.has('grid'),
    precision: fields.has('precision'),
    convention: CONVENTION_FIELDS.some((field) => fields.has(field)),
    unfinished: both.some(({ result }) => result.status !== 'done' || result.summary === undefined),
    unverified: both.some(({ result }) => result.verification?.status !== 'passed'),
    'too-few-rounds': both.some(({ run, result }) => isTrusted(result) && !hasEnoughRounds({ run, result })),
  };
  return NOT_COMPARABLE_REASONS.filter((reason) => holds[reason]);
}

function rowOf([a, b]: [Candidate, Candidate]): ComparisonRow {
  const reasons = reasonsAgainst(a, b);
  const ratio = reasons.length === 0 ? rateRatio(b as ResultOfRun, a as ResultOfRun) : undefined;
  const slowed = ratio && slowedSide(b, a);
  return {
    kernel: a.result.variant.kernel,
    a: comparedResult(a),
    b: comparedResult(b),
    differences: differingFields(a.setup, b.setup).map((field) => ({ field, a: [a.setup[field]], b: [b.setup[field]] })),
    verdict: ratio?.verdict ?? { kind: 'not-comparable' },
    reasons,
    ...(slowed && { slowed }),
    ratio: ratio && { median: ratio.median, low: ratio.low, high: ratio.high },
  };
}

/** The rows' differences by field, each value told once. */
function mergedDifferences(rows: readonly ComparisonRow[]): SetupDifference[] {
  return SETUP_FIELDS.flatMap((field) => {
    const found = rows.flatMap(({ differences }) => differences.filter((difference) => difference.field === field));
    if (found.length === 0) return [];
    const distinct = (values: readonly string[][]) => [...new Set(values.flat())];
    return [{ field, a: distinct(found.map(({ a }) => [...a])), b: distinct(found.map(({ b }) => [...b])) }];
  });
}

export function compareSessions(a: Session, b: Session): Comparison {
  const [inA, inB] = [candidatesOf(a), candidatesOf(b)];
  const pairs = paired(inA, inB);
  const rows = pairs.map(rowOf);
  const matched = new Set(pairs.flat());
  const alone = (candidates: readonly Candidate[]) => candidates.filter((candidate) => !matched.has(candidate)).map(comparedResult);
  return { setup: mergedDifferences(rows), rows, onlyInA: alone(inA), onlyInB: alone(inB) };
}

/** What the rows are called: as a person has named them in A, or in B, else the kernel with what tells it apart. */
export function rowLabels(rows: readonly ComparisonRow[]): string[] {
  return withNames(
    variantLabels(rows.map(({ a }) => a.variant)),
    rows.map(({ a, b }) => a.name ?? b.name),
  );
}
