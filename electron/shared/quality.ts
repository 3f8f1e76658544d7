/**
 * A grade of the experiment, to be read before its result: how far the machine was in a state in which its numbers mean
 * something. Pure; what could not be read is `unknown` and counts for nothing. The limits are rules of thumb, and stand
 * here by name.
 */
import type { PresentConditions, Reading, RoundCondition } from './conditions.ts';
import type { Machine } from './machine.ts';
import { type Interval, type RunRecord, settingsOf } from './run.ts';
import { median, secondsPerStepOfRounds } from './statistics.ts';
import { theilSen } from './theil-sen.ts';
import { clockOf, loopOf, slowedRounds, speedsOf } from './throttling.ts';

export const ITEM_GRADES = ['good', 'doubtful', 'bad', 'unknown'] as const;
export type ItemGrade = (typeof ITEM_GRADES)[number];

/** A: nothing to object. B: one or two doubts. C: more doubts, or one thing bad. D: several. */
export const QUALITY_GRADES = ['A', 'B', 'C', 'D'] as const;
export type QualityGrade = (typeof QUALITY_GRADES)[number];

/** What each item is judged by. */
export interface QualityFacts {
  power: { readonly power?: 'mains' | 'battery' | 'changed' };
  mode: { readonly modes: readonly string[] };
  /** Change of the clock over the run, as a share; measured, not read, where no clock tells. */
  clock: { readonly change?: number; readonly measured: boolean };
  throttling: { readonly slowed: number; readonly turns: number };
  load: { readonly share?: number };
  pinning: { readonly pinned: boolean; readonly load?: number };
  /** Of the variant with the shortest, the median. */
  samples: { readonly seconds?: number };
  /** Change of the time per step from the first round to the last, as a share. */
  drift: { readonly change?: Interval };
  /** Processors of the fastest kind and of all others, none where all are alike; `mixed`: threads may find themselves on either. */
  kinds: { readonly fast?: number; readonly slow?: number; readonly mixed?: boolean };
  swap: { readonly pages?: number };
  gpu: { readonly software: readonly string[] };
  virtual: { readonly under?: string; readonly steal?: number };
  /** Of the variant with the fewest; of a run that goes on, as asked for. */
  rounds: { readonly fewest: number };
}
export type QualityItem = keyof QualityFacts;
export const QUALITY_ITEMS = [
  'power',
  'mode',
  'load',
  'clock',
  'throttling',
  'drift',
  'samples',
  'rounds',
  'pinning',
  'kinds',
  'swap',
  'gpu',
  'virtual',
] as const satisfies readonly QualityItem[];

export type Judged = {
  readonly [I in QualityItem]: { readonly item: I; readonly grade: ItemGrade; readonly facts: QualityFacts[I] };
}[QualityItem];

export interface Quality {
  readonly grade: QualityGrade;
  readonly items: readonly Judged[];
}

const LITTLE_LOAD = 0.05;
const MUCH_LOAD = 0.2;
const LITTLE_DRIFT = 0.02;
const MUCH_DRIFT = 0.1;
/** Of the time per step. A trend below the first is nobody's concern. */
const SMALL_TREND = 0.01;
const LARGE_TREND = 0.05;
const MUCH_SLOWED = 0.1;
const MUCH_STEAL = 0.05;
/** What the runner aims at is a quarter longer. */
const LONG_SAMPLE_SECONDS = 0.018;
const SHORT_SAMPLE_SECONDS = 0.005;
/** What the rank interval of a ratio needs. */
const ENOUGH_ROUNDS = 6;
const LEAST_ROUNDS = 3;
const MUCH_SWAPPED_PAGES = 256;
/** With fewer no trend is told from scatter. */
const LEAST_FOR_TREND = 5;

const below = (value: number | undefined, little: number, much: number): ItemGrade => {
  if (value === undefined) return 'unknown';
  return value <= little ? 'good' : value <= much ? 'doubtful' : 'bad';
};

const readingsOf = (conditions: readonly RoundCondition[]): Reading[] => conditions.flatMap(({ before, after }) => [before, after]);
const known = <T>(values: readonly (T | undefined)[]): T[] => values.filter((value) => value !== undefined);

/** The mean over the rounds, each counting for its length. */
function overTime(conditions: readonly RoundCondition[], pick: (condition: RoundCondition) => number | undefined): number | undefined {
  let sum = 0;
  let seconds = 0;
  for (const condition of conditions) {
    const value = pick(condition);
    if (value === undefined) continue;
    sum += value * (condition.end - condition.begin);
    seconds += condition.end - condition.begin;
  }
  return seconds > 0 ? sum / seconds : undefined;
}

type Item<I extends QualityItem> = Extract<Judged, { item: I }>;

function judgePower(readings: readonly Reading[], fallback?: Machine['power']): Item<'power'> {
  const seen = new Set(known(readings.map(({ power }) => power)));
  if (seen.size === 0 && fallback !== undefined && fallback !== 'unknown') seen.add(fallback);
  const power = seen.size > 1 ? 'changed' : [...seen][0];
  return { item: 'power', grade: power === undefined ? 'unknown' : power === 'mains' ? 'good' : 'bad', facts: power ? { power } : {} };
}

/** The firmware's profile, the governor and its preference, each with what it means for speed; others are unknown. */
const MODE_GRADES: Readonly<Record<string, ItemGrade>> = {
  performance: 'good',
  'balanced-performance': 'good',
  balance_performance: 'good',
  balanced: 'doubtful',
  schedutil: 'doubtful',
  ondemand: 'doubtful',
  conservative: 'bad',
  balance_power: 'bad',
  power: 'bad',
  'low-power': 'bad',
  quiet: 'bad',
  cool: 'bad',
};

const WORST_FIRST: readonly ItemGrade[] = ['bad', 'doubtful', 'good'];

function judgeMode(readings: readonly Reading[]): Item<'mode'> {
  const modes = new Set<string>();
  for (const { powerMode, governor, energyPreference } of readings) {
    // With a preference the governor named powersave follows it, and is what such processors have by default.
    const governorCounts = governor !== 'powersave' || energyPreference === undefined;
    for (const mode of known([powerMode, governorCounts ? governor : undefined, energyPreference])) modes.add(mode);
  }
  // Without a preference it may be the slowest clock there is, or the default of a driver that tells no more.
  const grades = [...modes].map((mode) => (mode === 'powersave' ? 'doubtful' : MODE_GRADES[mode]));
  const grade = WORST_FIRST.find((candidate) => grades.includes(candidate)) ?? 'unknown';
  return { item: 'mode', grade, facts: { modes: [...modes] } };
}

function judgeLoad(share: number | undefined): Item<'load'> {
  return { item: 'load', grade: below(share, LITTLE_LOAD, MUCH_LOAD), facts: share === undefined ? {} : { share } };
}

function judgeVirtual(machine: Machine | undefined, steal: number | undefined): Item<'virtual'> {
  const layers = (machine?.virtualisation ?? 'unknown').split(', ');
  // A container runs on the machine itself.
  const under = layers.filter((layer) => !layer.endsWith('container') && layer !== 'none').join(', ');
  if (under === 'unknown') return { item: 'virtual', grade: 'unknown', facts: {} };
  if (under === '') return { item: 'virtual', grade: 'good', facts: {} };
  return {
    item: 'virtual',
    grade: (steal ?? 0) > MUCH_STEAL ? 'bad' : 'doubtful',
    facts: { under, ...(steal !== undefined && { steal }) },
  };
}

/** The trend of values over the run, from its first round to its last. */
function change(values: readonly (number | undefined)[]): Interval | undefined {
  const points = values.flatMap((value, at) => (value === undefined ? [] : [[at, value] as const]));
  if (points.length < LEAST_FOR_TREND) return undefined;
  const slope = theilSen(points);
  const length = values.length - 1;
  return slope && { median: slope.median * length, low: slope.low * length, high: slope.high * length };
}

function judgeClock(run: RunRecord): Item<'clock'> {
  const conditions = run.conditions ?? [];
  const speeds = speedsOf(run);
  const reads = conditions.some((condition) => clockOf(condition, run) !== undefined);
  const measures = conditions.some((condition) => loopOf(condition) !== undefined);
  const trend = change(speeds.map(({ clock, loop }) => (reads ? clock : loop)));
  const facts = { measured: !reads && measures, ...(trend && { change: trend.median }) };
  return { item: 'clock', grade: below(trend && Math.abs(trend.median), LITTLE_DRIFT, MUCH_DRIFT), facts };
}

function judgeThrottling(run: RunRecord): Item<'throttling'> {
  const turns = run.conditions?.length ?? 0;
  const slowed = slowedRounds(run).length;
  const tells = speedsOf(run).some(({ clock, loop }) => clock !== undefined || loop !== undefined);
  const counts = (run.conditions ?? []).some(({ throttles }) => throttles !== undefined);
  const grade = tells || counts ? below(slowed / Math.max(1, turns), 0, MUCH_SLOWED) : 'unknown';
  return { item: 'throttling', grade, facts: { slowed, turns } };
}

/** The median over the variants of what each took in a round, beside its own median. */
function judgeDrift(run: RunRecord): Item<'drift'> {
  const logs = new Map<number, number[]>();
  for (const { samples } of run.variants) {
    const byRound = [...Map.groupBy(samples, ({ round }) => round)];
    const seconds = byRound.map(([round, own]) => [round, secondsPerStepOfRounds(own)[0]!] as const);
    if (seconds.length === 0) continue;
    const usual = median(seconds.map(([, value]) => value));
    for (const [round, value] of seconds) logs.set(round, [...(logs.get(round) ?? []), Math.log(value / usual)]);
  }
  const rounds = [...logs].sort(([a], [b]) => a - b).map(([, values]) => median(values));
  const trend = change(rounds);
  if (trend === undefined) return { item: 'drift', grade: 'unknown', facts: {} };
  const share = (log: number) => Math.exp(log) - 1;
  const facts = { change: { median: share(trend.median), low: share(trend.low), high: share(trend.high) } };
  const isTold = facts.change.low > 0 || facts.change.high < 0;
  // An interval that holds large trends of both signs says nothing of either.
  const excludes = Math.max(-facts.change.low, facts.change.high) <= LARGE_TREND;
  const untold = excludes ? 'good' : 'unknown';
  return { item: 'drift', grade: isTold ? below(Math.abs(facts.change.median), SMALL_TREND, LARGE_TREND) : untold, facts };
}

function judgeSamples(run: RunRecord): Item<'samples'> {
  const medians = run.variants.flatMap(({ samples }) => (samples.length === 0 ? [] : [median(samples.map(({ seconds }) => seconds))]));
  if (medians.length === 0) return { item: 'samples', grade: 'unknown', facts: {} };
  const seconds = Math.min(...medians);
  return {
    item: 'samples',
    grade: seconds >= LONG_SAMPLE_SECONDS ? 'good' : seconds >= SHORT_SAMPLE_SECONDS ? 'doubtful' : 'bad',
    facts: { seconds },
  };
}

function judgeRounds(run: RunRecord): Item<'rounds'> {
  const counts = run.variants.flatMap(({ samples }) => (samples.length === 0 ? [] : [new Set(samples.map(({ round }) => round)).size]));
  // While it goes on, those that it will have: fewer is what any run has that has just begun.
  const fewest = run.status === 'running' ? run.request.rounds : counts.length === 0 ? 0 : Math.min(...counts);
  return { item: 'rounds', grade: fewest >= ENOUGH_ROUNDS ? 'good' : fewest >= LEAST_ROUNDS ? 'doubtful' : 'bad', facts: { fewest } };
}

/** Threads that may move cost little where nobody pushes them aside. */
function judgePinning(run: RunRecord, load: number | undefined): Item<'pinning'> | undefined {
  const native = run.variants.filter(({ backend }) => backend === 'native');
  if (native.length === 0) return undefined;
  // Where the run pins, a variant that does not is there for the comparison.
  const pinned = run.request.pin || native.every(({ variant }) => settingsOf(run.request, variant).pin);
  const grade = pinned ? 'good' : load === undefined ? 'unknown' : load <= LITTLE_LOAD ? 'good' : 'doubtful';
  return { item: 'pinning', grade, facts: { pinned, ...(load !== undefined && { load }) } };
}

/** Of processors of two kinds. Pinned threads take the first ones of the system's order. */
function judgeKinds(run: RunRecord, kinds: readonly number[] | undefined): Item<'kinds'> | undefined {
  const onProcessor = run.variants.filter(({ backend, adapter }) => backend !== 'webgpu' || adapter?.type === 'software');
  if (onProcessor.length === 0) return undefined;
  if (kinds === undefined) return { item: 'kinds', grade: 'unknown', facts: {} };
  if (kinds.length === 0) return { item: 'kinds', grade: 'good', facts: { slow: 0 } };
  const fast = kinds.filter((kind) => kind === 0).length;
  const mixed = onProcessor.some(({ variant, backend }) => {
    const isPinned = backend === 'native' && settingsOf(run.request, variant).pin;
    return !isPinned || new Set(kinds.slice(0, variant.threads)).size > 1;
  });
  return { item: 'kinds', grade: mixed ? 'doubtful' : 'good', facts: { fast, slow: kinds.length - fast, mixed } };
}

function judgeSwap(conditions: readonly RoundCondition[]): Item<'swap'> {
  const counts = known(conditions.flatMap(({ swapInPages, swapOutPages }) => [swapInPages, swapOutPages]));
  if (counts.length === 0) return { item: 'swap', grade: 'unknown', facts: {} };
  const pages = counts.reduce((sum, count) => sum + count, 0);
  return { item: 'swap', grade: below(pages, 0, MUCH_SWAPPED_PAGES), facts: { pages } };
}

function judgeGpu(run: RunRecord): Item<'gpu'> | undefined {
  const adapters = known(run.variants.map(({ backend, adapter }) => (backend === 'webgpu' ? adapter : undefined)));
  if (adapters.length === 0) return undefined;
  const software = [...new Set(adapters.flatMap(({ type, name }) => (type === 'software' ? [name] : [])))];
  return { item: 'gpu', grade: software.length === 0 ? 'good' : 'doubtful', facts: { software } };
}

function gradeOf(items: readonly Judged[]): QualityGrade {
  const count = (wanted: ItemGrade) => items.filter(({ grade }) => grade === wanted).length;
  if (count('bad') > 1) return 'D';
  if (count('bad') === 1 || count('doubtful') > 2) return 'C';
  return count('doubtful') > 0 ? 'B' : 'A';
}

const inOrder = (items: readonly Judged[]): Judged[] => QUALITY_ITEMS.flatMap((wanted) => items.filter(({ item }) => item === wanted));

/** Of a run that goes on, as far as it has come. */
export function qualityOf(run: RunRecord, machine: Machine | undefined): Quality {
  const conditions = run.conditions ?? [];
  const readings = readingsOf(conditions);
  const load = overTime(conditions, ({ otherLoad }) => otherLoad);
  const items = known<Judged>([
    judgePower(readings, machine?.power),
    judgeMode(readings),
    judgeLoad(load),
    judgeClock(run),
    judgeThrottling(run),
    judgeDrift(run),
    judgeSamples(run),
    judgeRounds(run),
    judgePinning(run, load),
    judgeKinds(run, machine?.coreKinds),
    judgeSwap(conditions),
    judgeGpu(run),
    judgeVirtual(
      machine,
      overTime(conditions, ({ steal }) => steal),
    ),
  ]);
  return { grade: gradeOf(items), items: inOrder(items) };
}

/** What is known before a run. */
export function qualityBefore({ reading, otherLoad }: PresentConditions, machine: Machine | undefined): Judged[] {
  return inOrder([judgePower([reading], machine?.power), judgeMode([reading]), judgeLoad(otherLoad), judgeVirtual(machine, undefined)]);
}
