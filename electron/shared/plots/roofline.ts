/**
 * Kernels under the roofs of their machine: each at the flop a byte that it declares and the flop a second that it
 * reached. Of several machines each has its own points and roofs.
 */
import { findKernel } from '../../../kernels/catalog.ts';
import { variantKey } from '../../../kernels/exercise.ts';
import { ISAS } from '../../../kernels/kernel.ts';
import { PRECISION_IDS } from '../../../kernels/model.ts';
import { findExercise } from '../../../kernels/syllabus.ts';
import type { Ceilings } from '../ceilings.ts';
import type { Language } from '../contract.ts';
import { type Competitor, rateOf } from '../figures/competitors.ts';
import { siParts } from '../figures/log-axis.ts';
import { type Here, machineOfRun } from '../here.ts';
import { resultsByKey } from '../lesson.ts';
import type { Machine } from '../machine.ts';
import { heightAt, isSloped, ridgeOf } from '../roofs.ts';
import { type Adapter, settingsOf } from '../run.ts';
import { rateRatio } from '../trusted.ts';
import { type Intensity, intensityOf, type UnderItsRoof, underItsRoof } from '../under-roofs.ts';
import { formatFlopRate, formatInterval, formatNumber, formatRate } from '../units.ts';
import { tellsApart } from '../verdict.ts';
import { decadeScale } from './decade-axis.ts';
import { frameOf, isTrustedPoint, markOf, type PlotContext, someOf } from './frame.ts';
import { apart } from './looks.ts';
import type { PlotAxis, RooflineArrow, RooflinePlot, RooflinePoint, RooflinePrediction } from './plot.ts';
import { type Choice, choose } from './roofline-choice.ts';
import { type DrawnRoof, drawnRoofs, placeRoofs, type RoofWish, roofParts } from './roofline-roofs.ts';
import { ROOFLINE_TEXTS, type RooflineTexts } from './roofline-texts.ts';
import { limitSentences, percentText, predictionSentence } from './roofline-words.ts';
import { roundsOf } from './sweep.ts';

/** A session's part of the plot. */
export interface RooflineSide {
  readonly context: PlotContext;
  /** Of its first run. */
  readonly machine?: Machine;
  readonly ceilings?: Ceilings;
  /** Empty where there is only one. */
  readonly name: string;
}

/** What the session does not tell of the machine of its first run is taken from `here`, if that is the same one. */
export const rooflineSide = (context: PlotContext, name: string, here?: Here): RooflineSide => ({
  ...{ context, name },
  ...machineOfRun(context.session, context.runs[0], here),
});

/** Latest samples of a running variant that are shown behind its point. */
const TRAIL = 12;

/** A competitor with what the roofs say of it. */
interface Placed extends UnderItsRoof {
  readonly competitor: Competitor;
}

/** Consecutive rungs that were measured, on processor and GPU and in each precision apart. */
function ladders({ context: { runs } }: RooflineSide, placed: readonly Placed[]): Placed[][] {
  const [first] = runs;
  if (first === undefined) return [];
  const rungs = placed.filter(({ competitor }) => competitor.run === first && isTrustedPoint(competitor));
  const exercise = findExercise(first.request.exercise ?? '');
  const results = resultsByKey(first, exercise);
  const place = ({ competitor, flopsPerSecond }: Placed): number => {
    const at = exercise?.variants.findIndex((asked) => results.get(variantKey(asked)) === competitor.result) ?? -1;
    return exercise === undefined ? flopsPerSecond.median : at < 0 ? Number.POSITIVE_INFINITY : at;
  };
  const kind = ({ competitor: { result } }: Placed) => `${result.backend === 'webgpu'} ${result.variant.precision}`;
  return [
    ...Map.groupBy(
      rungs.toSorted((a, b) => place(a) - place(b)),
      kind,
    ).values(),
  ];
}

const pointKey = (side: number, { run, index }: Competitor): string => `${side}-${run.id}-${index}`;

function arrowsOf(side: RooflineSide, at: number, placed: readonly Placed[]): RooflineArrow[] {
  const { language } = side.context;
  return ladders(side, placed).flatMap((rungs) =>
    rungs.slice(1).map((rung, index): RooflineArrow => {
      const [from, to] = [rungs[index]!.competitor, rung.competitor];
      const ratio = rateRatio(to, from);
      const clear = ratio !== undefined && tellsApart(ratio.verdict);
      return {
        from: pointKey(at, from),
        to: pointKey(at, to),
        ...(clear && { text: `×\u00a0${formatNumber(ratio.median, language, ratio.median < 10 ? 2 : 3)}` }),
      };
    }),
  );
}

function limitText({ limit }: Placed, { language }: PlotContext, texts: RooflineTexts): string {
  return limit === undefined ? '' : texts.shareOf(percentText(limit.share, language), roofParts(limit.roof, language));
}

/** The words of a kernel's declared cost. */
export function costTexts(
  { run, result }: Pick<Competitor, 'run' | 'result'>,
  intensity: Intensity,
  { language }: Pick<PlotContext, 'language'>,
) {
  const texts = ROOFLINE_TEXTS[language];
  const number = (value: number) => formatNumber(value, language, 3);
  const { convention } = settingsOf(run.request, result.variant);
  const formula = findKernel(result.variant.kernel)?.cost.bytesFormula[language] ?? '';
  return {
    intensityText: texts.intensityOf(number(intensity.flopsPerCell), number(intensity.bytesPerCell), number(intensity.value)),
    costText: [formula, convention.precision, `stencil ${convention.stencil}`].join(' · '),
  };
}

function pointOf(side: RooflineSide, at: number, placed: Placed): Omit<RooflinePoint, 'number'> {
  const { context } = side;
  const { language } = context;
  const { competitor, intensity, flopsPerSecond, limit } = placed;
  const { result, cells } = competitor;
  const mark = markOf(competitor, context);
  const running = mark?.kind === 'running';
  const latest = running ? result.samples.slice(-TRAIL) : [];
  return {
    key: pointKey(at, competitor),
    ...{ runId: competitor.run.id, variant: competitor.index, machine: at, kernel: result.variant.kernel, look: competitor.look },
    label: side.name === '' ? competitor.label : `${side.name} · ${competitor.label}`,
    ...(mark && { mark }),
    trusted: isTrustedPoint(competitor),
    software: result.adapter?.type === 'software',
    running,
    ...{ x: intensity.value, y: flopsPerSecond, flopsPerCell: intensity.flopsPerCell },
    trail: latest.map(({ steps, seconds }) => (cells * steps * intensity.flopsPerCell) / seconds),
    ...costTexts(competitor, intensity, context),
    rateText: formatInterval(rateOf(competitor)!, language, 'rate'),
    flopText: formatFlopRate(flopsPerSecond.median, language),
    limitText: limitText(placed, context, ROOFLINE_TEXTS[language]),
    ...(limit && { share: limit.share }),
  };
}

function predictionOf({ context: { runs, competitors, language } }: RooflineSide, at: number, chosen: readonly Competitor[]) {
  const predicted = runs[0]?.request.predictedRate;
  const asked = predicted && competitors.find(({ run, index }) => run === runs[0] && index === predicted.variant);
  const intensity = asked && intensityOf(asked);
  if (predicted === undefined || asked === undefined || intensity === undefined) return undefined;
  const competitor = chosen.find(({ run, index }) => run === asked.run && index === asked.index) ?? asked;
  const { cellsPerSecond } = predicted;
  const drawn: Omit<RooflinePrediction, 'look'> = {
    key: pointKey(at, competitor),
    ...{ x: intensity.value, y: cellsPerSecond * intensity.flopsPerCell, label: competitor.label },
    text: ROOFLINE_TEXTS[language].predicted(competitor.label, formatRate(cellsPerSecond, language)),
  };
  return { competitor, drawn, sentence: predictionSentence(competitor, cellsPerSecond, language) };
}

/** What a side brings to the plot. */
interface Part {
  readonly side: RooflineSide;
  readonly at: number;
  readonly choice: Choice;
  readonly placed: readonly Placed[];
  /** Flop a byte of everything that has a place, measured or not. */
  readonly planned: readonly number[];
  readonly roofs: readonly DrawnRoof[];
  readonly prediction: ReturnType<typeof predictionOf>;
  /** Labels of points without a roof for want of a GPU's ceilings, and of those not drawn beside a real one's. */
  readonly withoutCeilings: readonly string[];
  readonly beside: readonly string[];
}

const isSoftware = ({ result }: Competitor): boolean => result.adapter?.type === 'software';

function partOf(side: RooflineSide, at: number, several: boolean): Part {
  const { context, ceilings, machine } = side;
  const choice = choose(context);
  const planned = [...choice.planned, ...choice.chosen];
  const real = planned.some(({ result }) => result.adapter?.type === 'gpu');
  const isBeside = (competitor: Competitor) => real && isSoftware(competitor);
  const shown = planned.filter((competitor) => !isBeside(competitor));
  const adapters = shown.flatMap(({ result }) => result.adapter ?? []);
  const onProcessor = shown.filter(({ result }) => result.backend !== 'webgpu').map(({ result }) => result.variant);
  const isa = ISAS.findLast((each) => onProcessor.some((variant) => variant.isa === each));
  const wish: RoofWish = {
    precisions: PRECISION_IDS.filter((precision) => onProcessor.some((variant) => variant.precision === precision)),
    ...(isa && { isa }),
    single: !several && onProcessor.some(({ threads }) => threads === 1),
    adapters,
    processor: onProcessor.length > 0,
  };
  const isMeasured = ({ id, name }: Adapter) =>
    ceilings === undefined || ceilings.gpu.some((gpu) => gpu.adapter === id && gpu.name === name);
  return {
    ...{ side, at, choice },
    placed: choice.chosen
      .filter((competitor) => !isBeside(competitor))
      .flatMap((competitor): Placed[] => {
        const under = underItsRoof(competitor, ceilings, machine);
        return under === undefined ? [] : [{ competitor, ...under }];
      }),
    planned: shown.flatMap((competitor) => intensityOf(competitor)?.value ?? []),
    roofs: ceilings === undefined ? [] : drawnRoofs(ceilings, wish),
    prediction: predictionOf(side, at, choice.chosen),
    withoutCeilings: [...new Set(adapters.filter((adapter) => !isMeasured(adapter)).map(({ name }) => name))],
    beside: choice.chosen.filter(isBeside).map(({ label }) => label),
  };
}

function noticesOf(part: Part, { texts: plotTexts, language }: PlotContext): string[] {
  const texts = ROOFLINE_TEXTS[language];
  const { side, choice, withoutCeilings, beside } = part;
  return [
    ...(side.ceilings === undefined ? [side.name === '' ? texts.noCeilings : texts.noCeilingsOf(side.name)] : []),
    ...(withoutCeilings.length > 0 ? [texts.noGpuCeilings(withoutCeilings)] : []),
    ...(beside.length > 0 ? [texts.softwareLeftOut(beside)] : []),
    ...(choice.otherTimes.length > 0
      ? [
          texts.otherTimes(
            someOf(
              choice.otherTimes.map(({ label }) => label),
              plotTexts,
            ),
          ),
        ]
      : []),
    ...(choice.leftOut > 0 ? [texts.leftOut(String(choice.leftOut))] : []),
  ];
}

function axisOf(title: string, values: readonly number[], language: Language, more: Partial<PlotAxis> = {}): PlotAxis {
  const { domain, ticks, minor } = decadeScale(values);
  const label = (value: number) => {
    const [scaled, prefix] = siParts(value);
    const text = formatNumber(scaled, language);
    return prefix === '' ? text : `${text}\u00a0${prefix}`;
  };
  return { title, scale: 'log', domain, ticks: ticks.map((value) => ({ value, label: label(value) })), minor, ...more };
}

export const slopedOf = (roofs: readonly DrawnRoof[]) => roofs.filter(({ roof }) => isSloped(roof));

/** The ridge of a team's slowest memory, on the processor and on each GPU, under their highest peaks. */
function ridgesOf({ roofs, at }: Part, language: PlotContext['language']) {
  const texts = ROOFLINE_TEXTS[language];
  const team = roofs.filter(({ thin }) => !thin).map(({ roof }) => roof);
  const device = (roof: (typeof team)[number]) => ('adapter' in roof.ceiling ? roof.ceiling.adapter : '');
  return [...Map.groupBy(team, device)].flatMap(([name, own]) => {
    const memory = own.filter(isSloped).toSorted((a, b) => heightAt(a, 1) - heightAt(b, 1))[0];
    const peak = own.filter((roof) => !isSloped(roof)).toSorted((a, b) => heightAt(b, 1) - heightAt(a, 1))[0];
    if (memory === undefined || peak === undefined) return [];
    const x = ridgeOf(memory, peak);
    const words = [memory, peak].map((roof) => roofParts(roof, language).join(', '));
    return [{ key: `${at} ${name}`, x, y: heightAt(peak, x), text: texts.ridge(formatNumber(x, language, 2), words[0]!, words[1]!) }];
  });
}

/** Values that the axes must hold. */
function extents(parts: readonly Part[]): { x: number[]; y: number[] } {
  const x: number[] = [];
  const y: number[] = [];
  for (const { placed, planned, roofs, prediction } of parts) {
    const peaks = roofs.filter(({ roof }) => !isSloped(roof));
    x.push(...planned);
    for (const { flopsPerSecond } of placed) y.push(flopsPerSecond.low, flopsPerSecond.high);
    // Before anything is measured: down to what scalar code reaches.
    if (placed.length === 0) y.push(...peaks.map(({ roof }) => heightAt(roof, 1) / 300));
    for (const { roof } of peaks) y.push(heightAt(roof, 1));
    for (const { roof: slope } of slopedOf(roofs)) {
      const top = Math.max(
        ...peaks.filter(({ roof }) => roof.of.startsWith('gpu') === slope.of.startsWith('gpu')).map(({ roof }) => ridgeOf(slope, roof)),
      );
      // Room for the labels of the slope before its ridge and of the flat roof behind it.
      if (Number.isFinite(top)) x.push(0.4 * top, 3 * top);
    }
    if (prediction !== undefined) {
      x.push(prediction.drawn.x);
      y.push(prediction.drawn.y);
    }
  }
  // With neither points nor roofs: what processors reach, from scalar code to many cores.
  if (y.length === 0) y.push(1e9, 1e12);
  return { x, y };
}

export function keyOfRoofline(language: PlotContext['language'], names: readonly string[]): RooflinePlot['key'] {
  return { title: ROOFLINE_TEXTS[language].title, ...ROOFLINE_TEXTS[language].key, machines: names };
}

export function buildRoofline(sides: readonly [RooflineSide, ...RooflineSide[]]): RooflinePlot {
  const { context } = sides[0];
  const { language } = context;
  const texts = ROOFLINE_TEXTS[language];
  const parts = sides.map((side, at) => partOf(side, at, sides.length > 1));
  const values = extents(parts);
  const x = axisOf(texts.intensity, values.x, language);
  const y = axisOf(texts.flops, values.y, language, { better: { end: 'high', text: texts.higherIsBetter } });
  const bare = parts.flatMap(({ side, at, placed }) => placed.map((each) => pointOf(side, at, each)));
  const looks = apart(bare.map(({ look }) => look));
  const points = bare.map((point, at): RooflinePoint => ({ ...point, look: looks[at]!, number: String(at + 1) }));
  const lookOfKey = (key: string) => points.find((point) => point.key === key)?.look;
  const drawn = parts[0]!.placed.map(({ competitor }) => competitor);
  const used = new Set(drawn.map(({ run }) => run));
  const rounds = roundsOf(parts.flatMap(({ placed }) => placed.map(({ competitor }) => competitor)));
  const dates = [...new Set(sides.flatMap(({ ceilings }) => ceilings?.measuredAt.slice(0, 10) ?? []))];
  const unroofed = parts.every(({ placed }) => placed.every(({ limit }) => limit === undefined));
  const sentences = [
    ...(unroofed ? [texts.noRoofs] : []),
    ...parts.flatMap(({ side, placed, prediction }) => [
      ...limitSentences(placed, language).map((sentence) => (side.name === '' ? sentence : `${side.name}\u00a0· ${sentence}`)),
      ...(prediction === undefined ? [] : [prediction.sentence]),
    ]),
  ];
  // A first run with nothing measured yet still names the lesson.
  const runs = context.runs.filter((run, at) => at === 0 || used.has(run));
  return {
    kind: 'roofline',
    ...frameOf(
      { ...context, runs, competitors: context.competitors.filter(({ run }) => run === runs[0]) },
      {
        axes: [],
        drawn,
        notices: parts.flatMap((part) => noticesOf(part, context)),
        conclusion: sentences,
        caption: [
          rounds === '' ? '' : texts.captionPoints(rounds),
          ...dates.map(texts.captionRoofs),
          parts.some(({ placed }) => placed.some(({ competitor }) => competitor.result.backend === 'webgpu')) ? texts.captionGpu : '',
        ],
      },
    ),
    ...{ x, y },
    roofs: parts.flatMap(({ roofs, at, side }) => placeRoofs(roofs, x.domain, at, side.name, language)),
    ridges: parts.flatMap((part) => ridgesOf(part, language)),
    points,
    arrows: parts.flatMap(({ side, at, placed }) => arrowsOf(side, at, placed)),
    predictions: parts.flatMap(({ prediction }) =>
      prediction === undefined ? [] : [{ ...prediction.drawn, look: lookOfKey(prediction.drawn.key) ?? prediction.competitor.look }],
    ),
    ceilingsMissing: sides.some(({ ceilings }) => ceilings === undefined),
    key: keyOfRoofline(
      language,
      sides.map(({ name }) => name).filter((name) => name !== ''),
    ),
  };
}
