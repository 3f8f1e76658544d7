/**
 * Joins a lesson with a run of it: which result belongs to which bar of the exercise, what was measured, and the
 * conclusion in words. Only trusted results count: the variant ran to its end and was verified; the rest is absent.
 */
import {
  type ConclusionTools,
  type Exercise,
  type ExerciseVariant,
  type Measured,
  type MeasuredCheck,
  type MeasuredLimit,
  type MeasuredRatio,
  type RelationOutcome,
  variantKey,
} from '../../kernels/exercise.ts';
import type { Grid } from '../../kernels/model.ts';
import { findExercise } from '../../kernels/syllabus.ts';
import type { Language } from './contract.ts';
import { stretchesOf } from './course.ts';
import { type Here, machineOfRun } from './here.ts';
import { type RunRecord, type Span, settingsOf, type Variant, type VariantResult, type VariantSettings } from './run.ts';
import { spreadOf } from './sample-spread.ts';
import type { Session } from './session.ts';
import { median } from './statistics.ts';
import { slowedRounds, slowedSide } from './throttling.ts';
import { isTrusted, type ResultOfRun, rateRatio, type TrustedResult } from './trusted.ts';
import { underItsRoof } from './under-roofs.ts';
import { formatInterval, formatNumber, formatRate, formatSeconds } from './units.ts';
import { noiseFloorOf, tellsApart } from './verdict.ts';
import { slowedSentence, verdictSentence } from './verdict-words.ts';

const isSoftware = (result: VariantResult): boolean => result.adapter?.type === 'software';

const sameGrid = (a: Grid, b: Grid): boolean => a.rows === b.rows && a.cols === b.cols;

/** Whether what ran is what the exercise asked for; `baseline` is called `neon` on arm64. */
function fits(asked: ExerciseVariant, ran: Variant, settings: VariantSettings): boolean {
  if (asked.kernel !== ran.kernel) return false;
  if (asked.isa === 'baseline' && ran.isa !== 'baseline' && ran.isa !== 'neon') return false;
  if (typeof asked.threads === 'number' && asked.threads !== ran.threads) return false;
  if (asked.precision !== undefined && asked.precision !== ran.precision) return false;
  if (asked.stencil !== undefined && asked.stencil !== settings.convention.stencil) return false;
  if (asked.steps !== undefined && asked.steps !== settings.steps) return false;
  if (asked.grid !== undefined && !sameGrid(asked.grid, settings.grid)) return false;
  if (asked.flushSubnormals !== undefined && asked.flushSubnormals !== settings.flushSubnormals) return false;
  if (asked.pin !== undefined && asked.pin !== settings.pin) return false;
  if (asked.observe !== undefined && JSON.stringify(asked.observe) !== JSON.stringify(settings.observe)) return false;
  if (asked.images !== undefined && JSON.stringify(asked.images) !== JSON.stringify(settings.images)) return false;
  if (asked.warmUp !== undefined && asked.warmUp !== settings.warmUp) return false;
  return Object.entries(asked.parameters ?? {}).every(([name, value]) => ran.parameters[name] === value);
}

/** How much of its tuning a bar fixes: the strictest chooses its result first. */
const strictness = ({ key: _, kernel: _kernel, parameters = {}, ...fixed }: ExerciseVariant): number =>
  Object.values(fixed).filter((value) => value !== undefined).length + Object.keys(parameters).length;

/** Results by the key of their bar. Outside an exercise, and for kernels that it does not have, the key is the kernel's id. */
export function resultsByKey(run: Pick<RunRecord, 'request' | 'variants'>, exercise: Exercise | undefined): Map<string, VariantResult> {
  const results = new Map<string, VariantResult>();
  const free = new Set(run.variants);
  const bars = [...(exercise?.variants ?? [])].sort((a, b) => strictness(b) - strictness(a));
  for (const asked of bars.filter(({ threads }) => threads !== 'all')) {
    const result = [...free].find(({ variant }) => fits(asked, variant, settingsOf(run.request, variant)));
    if (result === undefined) continue;
    free.delete(result);
    results.set(variantKey(asked), result);
  }
  for (const asked of bars.filter(({ threads }) => threads === 'all')) {
    const fitting = run.variants.filter(({ variant }) => fits(asked, variant, settingsOf(run.request, variant)));
    const result = fitting.sort((a, b) => b.variant.threads - a.variant.threads)[0];
    if (result === undefined) continue;
    free.delete(result);
    results.set(variantKey(asked), result);
  }
  for (const result of free) if (!results.has(result.variant.kernel)) results.set(result.variant.kernel, result);
  return results;
}

function conventionText(run: RunRecord, variant: Variant): string {
  const { stencil, boundary, seed, precision, diffusionU, diffusionV, feed, kill, dt } = settingsOf(run.request, variant).convention;
  return [stencil, boundary, seed, precision, diffusionU, diffusionV, feed, kill, dt].join(' ');
}

/** Every trusted result of the session that shares machine and convention with `run`. */
function comparable(session: Session, run: RunRecord): ResultOfRun[] {
  const wanted = new Set(run.variants.map(({ variant }) => conventionText(run, variant)));
  return session.runs
    .filter(({ machine }) => machine === run.machine)
    .flatMap((other) =>
      other.variants
        .filter(isTrusted)
        .filter(({ variant }) => wanted.has(conventionText(other, variant)))
        .map((result) => ({ run: other, result })),
    );
}

function measuredFor(session: Session, run: RunRecord, exercise: Exercise | undefined, here?: Here): Measured {
  const results = resultsByKey(run, exercise);
  const trusted = (key: string): TrustedResult | undefined => {
    const result = results.get(key);
    return result !== undefined && isTrusted(result) ? result : undefined;
  };
  const others = comparable(session, run);
  const { grid } = run.request;
  const onGrid = others.filter(({ run: other, result }) => sameGrid(settingsOf(other.request, result.variant).grid, grid));
  const best = new Map<string, number>();
  for (const { result } of onGrid.filter(({ result }) => !isSoftware(result))) {
    const { kernel } = result.variant;
    best.set(kernel, Math.max(best.get(kernel) ?? 0, result.summary.cellsPerSecond));
  }
  const adapters = run.variants.flatMap(({ adapter }) => (adapter === undefined ? [] : [adapter.type]));
  return {
    grid,
    cellsPerSecond: (key) => trusted(key)?.summary.cellsPerSecond,
    ratio: (of, over) => {
      const [a, b] = [trusted(of), trusted(over)];
      return a && b && rateRatio({ run, result: a }, { run, result: b });
    },
    spread: (key) => spreadOf(trusted(key)?.samples ?? []),
    imageSeconds: (key, part) => imageSecondsOf(trusted(key), part),
    observations: (key) => trusted(key)?.observations?.filter(({ round }) => round === 0) ?? [],
    course: (key) => {
      const result = trusted(key);
      const stretches = result === undefined ? [] : stretchesOf(run.request, result);
      return stretches.map((stretch) => ({ ...stretch, secondsPerStep: median(stretch.secondsPerStep) }));
    },
    check: (key) => checkOf(results.get(key)),
    limit: (key) => {
      const result = trusted(key);
      return result && limitOfResult(session, run, result, here);
    },
    noiseFloor: noiseFloorOf(run),
    throttling: { slowed: slowedRounds(run).length, turns: run.conditions?.length ?? 0 },
    threads: (key) => trusted(key)?.variant.threads,
    isa: (key) => trusted(key)?.variant.isa,
    gpu: adapters.length === 0 ? 'none' : adapters.includes('gpu') ? 'hardware' : 'software',
    bestInSession: (kernel) => {
      const rates = others.filter(({ result }) => result.variant.kernel === kernel).map(({ result }) => result.summary.cellsPerSecond);
      return rates.length === 0 ? undefined : Math.max(...rates);
    },
    ranking: [...best].map(([kernel, cellsPerSecond]) => ({ kernel, cellsPerSecond })).sort((a, b) => b.cellsPerSecond - a.cellsPerSecond),
  };
}

function checkOf({ verification, field }: Partial<VariantResult> = {}): MeasuredCheck | undefined {
  if (verification === undefined) return undefined;
  return { error: verification.maxAbsError, tolerance: verification.tolerance, meanV: field?.meanV ?? null };
}

function limitOfResult(session: Session, run: RunRecord, result: TrustedResult, here?: Here): MeasuredLimit | undefined {
  const { machine, ceilings } = machineOfRun(session, run, here);
  const limit = underItsRoof({ run, result }, ceilings, machine)?.limit;
  if (limit === undefined) return undefined;
  const { roof, share } = limit;
  return { of: roof.of, share, ...(roof.of === 'memory' && { level: roof.ceiling.level }) };
}

/** Samples of a variant with images are images. */
function imageSecondsOf(result: TrustedResult | undefined, part: Span['what'] | undefined): number | undefined {
  if (result?.variant.images === undefined) return undefined;
  const ofPart = (result.spans ?? []).filter(({ what }) => what === part).map(({ begin, end }) => end - begin);
  const seconds = part === undefined ? result.samples.map((sample) => sample.seconds) : ofPart;
  return seconds.length === 0 ? undefined : median(seconds);
}

function runOf(session: Session, runId: number): RunRecord {
  const run = session.runs.find(({ id }) => id === runId);
  if (run === undefined) throw new RangeError(`the session has no run ${runId}`);
  return run;
}

/** What the run measured, by the keys of the exercise that it names. @throws RangeError when the session has no such run. */
export function measuredOf(session: Session, runId: number): Measured {
  const run = runOf(session, runId);
  return measuredFor(session, run, findExercise(run.request.exercise ?? ''));
}

export function conclusionTools(language: Language): ConclusionTools {
  return {
    ratio: (ratio: MeasuredRatio) => formatInterval(ratio, language, 'ratio'),
    undecided: ({ verdict }) => (tellsApart(verdict) ? '' : verdictSentence('', verdict, language)),
    rate: (cellsPerSecond) => formatRate(cellsPerSecond, language),
    seconds: (value) => formatSeconds(value, language),
    number: (value, digits) => formatNumber(value, language, digits),
  };
}

/** What the lesson's two suffered unequally. */
function slowedIn(exercise: Exercise, run: RunRecord, language: Language): string {
  const results = resultsByKey(run, exercise);
  const [of, over] = [exercise.prediction.of, exercise.prediction.over].map((key) => ({ key, result: results.get(key) }));
  if (of?.result === undefined || over?.result === undefined || !isTrusted(of.result) || !isTrusted(over.result)) return '';
  const slowed = slowedSide({ run, result: of.result }, { run, result: over.result });
  return slowedSentence(slowed, { of: `\`${of.key}\``, over: `\`${over.key}\`` }, language);
}

/** Whether the exercise's relation held in this run, and its conclusion in words. @throws RangeError when the session has no such run. */
export function conclude(
  exercise: Exercise,
  session: Session,
  runId: number,
  language: Language,
  here?: Here,
): { outcome: RelationOutcome; text: string } {
  const run = runOf(session, runId);
  const measured = measuredFor(session, run, exercise, here);
  const text = exercise.conclusion(measured, language, conclusionTools(language));
  return { outcome: exercise.relation(measured), text: text + slowedIn(exercise, run, language) };
}
