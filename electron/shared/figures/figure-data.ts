/**
 * Builds a figure from a session: which runs, which chart, in which language. Runs that the session does not hold are
 * left out, and a figure without rows is a figure too: whoever writes it to a file refuses it.
 */

import { findExercise } from '../../../kernels/syllabus.ts';
import { pinnedBaseline } from '../annotations.ts';
import type { Language } from '../contract.ts';
import type { Here } from '../here.ts';
import { resultsByKey } from '../lesson.ts';
import { CONDITIONS_TEXTS } from '../plots/conditions-texts.ts';
import { type RunRecord, settingsOf } from '../run.ts';
import type { Session } from '../session.ts';
import { slowedRounds } from '../throttling.ts';
import { formatGrid, formatInteger, formatNumber } from '../units.ts';
import { provenance, rangeText } from './caption.ts';
import { type Competitor, competitorsOf, ratioOfRates } from './competitors.ts';
import { concludeFigure } from './conclusion.ts';
import type { Figure, FigureAxis, FigureChart, FigureRow } from './figure.ts';
import { gpuNotices } from './gpu-notices.ts';
import { logScale, siParts } from './log-axis.ts';
import { buildRows } from './rows.ts';
import { differingFields } from './setup.ts';
import { subtitleOf } from './subtitle.ts';
import { FIGURE_TEXTS, type FigureTexts } from './texts.ts';

export interface FigureInput {
  readonly session: Session;
  readonly runIds: readonly number[];
  readonly language: Language;
  /** The machine of whoever reads: what a session that still grows does not tell of its own machine is taken from here. */
  readonly here?: Here;
}

/**
 * What stands in the figure: the variants of its runs, and before them the pinned baseline of another run if it may be
 * compared with one of them.
 */
function drawnOf(runs: readonly RunRecord[], session: Session, language: Language, texts: FigureTexts) {
  const own = competitorsOf(runs, session, language, texts);
  const pinned = pinnedBaseline(session);
  const of = session.runs.find(({ id }) => id === pinned?.runId);
  if (pinned === undefined || of === undefined || runs.includes(of)) return { runs, competitors: own };
  const isPinned = ({ run, index }: Competitor) => run === of && index === pinned.variant;
  const guest = competitorsOf([of], session, language, texts).find(isPinned);
  if (guest === undefined || !own.some((competitor) => ratioOfRates(competitor, guest) !== undefined)) return { runs, competitors: own };
  // Once more together, or two of them might have one label.
  const together = competitorsOf([...runs, of], session, language, texts);
  return { runs: [...runs, of], competitors: [...together.filter(isPinned), ...together.filter(({ run }) => run !== of)] };
}

/** The pinned one where it is there, else the exercise's own where the first run is of one, else its first variant. */
function baselineOf(competitors: readonly Competitor[], session: Session): Competitor | undefined {
  const pinned = pinnedBaseline(session);
  const chosen = pinned && competitors.find(({ run, index }) => run.id === pinned.runId && index === pinned.variant);
  if (chosen !== undefined) return chosen;
  const first = competitors[0];
  const exercise = first?.run.request.exercise;
  const lesson = exercise === undefined ? undefined : findExercise(exercise);
  const asked = first === undefined || lesson === undefined ? undefined : resultsByKey(first.run, lesson).get(lesson.baseline);
  return competitors.find(({ run, result }) => run === first?.run && result === asked) ?? first;
}

function buildAxis(chart: FigureChart, rows: readonly FigureRow[], baseline: string, language: Language, texts: FigureTexts): FigureAxis {
  const values = rows.flatMap(({ dots, interval }) => [
    ...dots.map(({ value }) => value),
    ...(interval === undefined ? [] : [interval.low, interval.high]),
  ]);
  const { domain, ticks, minor } = logScale(chart === 'speedup' && values.length > 0 ? [...values, 1] : values);
  const label = (value: number) => {
    if (chart === 'speedup') return `×\u00a0${formatNumber(value, language, 4)}`;
    const [scaled, prefix] = siParts(value);
    return `${formatNumber(scaled, language, 4)}${prefix === '' ? '' : `\u00a0${prefix}`}`;
  };
  return {
    title: texts.axis[chart](baseline),
    hint: texts.hint,
    domain,
    ticks: ticks.map((value) => ({ value, label: label(value) })),
    minor,
    ...(chart === 'speedup' ? { reference: { value: 1, label: baseline } } : {}),
  };
}

function noticesOf(competitors: readonly Competitor[], baseline: Competitor | undefined, texts: FigureTexts): string[] {
  const notices: string[] = [];
  const setups = competitors.map(({ setup }) => setup);
  const fields = differingFields(setups).filter((field) => field !== 'steps');
  const precisions = new Set(competitors.map(({ result }) => result.variant.precision));
  const differing = [...fields.map((field) => texts.fields[field]), ...(precisions.size > 1 ? [texts.fields.precision] : [])];
  // What variants of one run differ in was asked for, and stands on their rows.
  const ofOneRun = competitors.every(({ run }) => run === competitors[0]?.run);
  if (differing.length > 0 && !ofOneRun) notices.push(texts.differs(differing));
  const untrusted = competitors.filter(({ ranked, result }) => !ranked && result.samples.length > 0);
  if (untrusted.length > 0)
    notices.push(
      texts.untrusted(untrusted.map(({ label, mark }) => (mark === undefined ? label : `${label} (${texts.marks[mark].toLowerCase()})`))),
    );
  if (baseline !== undefined && !baseline.ranked && competitors.some(({ ranked }) => ranked)) {
    notices.push(texts.unrankedBaseline(baseline.label));
  }
  const software = competitors.filter(({ result }) => result.adapter?.type === 'software');
  if (software.length > 0) notices.push(texts.softwareNotice([...new Set(software.map(({ result }) => result.variant.kernel))]));
  return [...notices, ...gpuNotices(competitors, texts)];
}

function captionOf(
  chart: FigureChart,
  rows: readonly FigureRow[],
  runs: readonly RunRecord[],
  session: Session,
  language: Language,
  texts: FigureTexts,
): string {
  const drawn = rows.reduce((sum, { dots }) => sum + dots.length, 0);
  const measured = rows.reduce((sum, { dots, sampleCount }) => sum + (dots.length > 0 ? sampleCount : 0), 0);
  const rounds = rangeText(rows.filter(({ interval }) => interval !== undefined).map((row) => row.rounds));
  return [
    texts.captionDots[chart],
    drawn < measured ? texts.captionDecimated(formatInteger(drawn, language), formatInteger(measured, language)) : '',
    rounds === '' ? '' : texts.captionInterval[chart](rounds),
    ...provenance(
      runs,
      session,
      rows.some(({ ranked }) => ranked),
      texts,
    ),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

/** Of each run in which the processor was slower than usual for a time, how often that was. */
function slowedNotices(runs: readonly RunRecord[], language: Language): string[] {
  return runs.flatMap((run) => {
    const slowed = slowedRounds(run).length;
    return slowed === 0 ? [] : [CONDITIONS_TEXTS[language].slowedSamples(slowed, run.conditions?.length ?? 0)];
  });
}

export function buildFigure(chart: FigureChart, { session, runIds, language }: FigureInput): Figure {
  const texts = FIGURE_TEXTS[language];
  const asked = [...new Set(runIds)].flatMap((id) => session.runs.find((run) => run.id === id) ?? []);
  const { runs, competitors } = drawnOf(asked, session, language, texts);
  const baseline = baselineOf(competitors, session);
  const rows = buildRows(chart, competitors, baseline, language, texts);
  const anySlowed = rows.some(({ dots }) => dots.some(({ slowed }) => slowed));
  const exercise = runs[0]?.request.exercise;
  const lesson = exercise === undefined ? undefined : findExercise(exercise);
  const baselineLabel = baseline?.label ?? texts.noBaseline;
  const grids = new Map(
    competitors.map(({ run, result }) => {
      const { grid } = settingsOf(run.request, result.variant);
      return [formatGrid(grid, 'en'), grid] as const;
    }),
  );
  return {
    chart,
    language,
    title: lesson === undefined ? texts.titles[chart] : `${lesson.id} ${lesson.title[language]} — ${texts.titles[chart]}`,
    subtitle: subtitleOf(
      runs,
      competitors.map(({ setup }) => setup),
    ),
    notices: [...noticesOf(competitors, baseline, texts), ...slowedNotices(runs, language)],
    conclusion: concludeFigure(competitors, baseline, language, texts),
    caption: captionOf(chart, rows, runs, session, language, texts),
    axis: buildAxis(chart, rows, baselineLabel, language, texts),
    columns: { rate: texts.columnRate, ratio: texts.columnRatio(baselineLabel) },
    key: {
      title: texts.keyTitle,
      dot: texts.keyDot[chart],
      ...(anySlowed ? { slowed: texts.keySlowed } : {}),
      median: texts.keyMedian[chart],
      interval: texts.keyInterval[chart],
    },
    ...(baseline?.ranked === true ? { baseline: baseline.label } : {}),
    rows,
    ...(exercise === undefined ? {} : { exercise }),
    grids: [...grids.values()],
  };
}
