/** What all plots say around their drawing: title, set-up, warnings, provenance. */

import { findKernel } from '../../../kernels/catalog.ts';
import type { SweepAxis } from '../../../kernels/exercise.ts';
import { LEAST_ROUNDS } from '../../../kernels/relation.ts';
import { findExercise } from '../../../kernels/syllabus.ts';
import type { Language } from '../contract.ts';
import { provenance } from '../figures/caption.ts';
import { type Competitor, everyCompetitor } from '../figures/competitors.ts';
import type { FigureMark } from '../figures/figure.ts';
import { gpuNotices } from '../figures/gpu-notices.ts';
import { differingFields } from '../figures/setup.ts';
import { subtitleOf } from '../figures/subtitle.ts';
import { FIGURE_TEXTS, type FigureTexts } from '../figures/texts.ts';
import { type RunRecord, settingsOf } from '../run.ts';
import type { Session } from '../session.ts';
import { formatGrid, formatInteger } from '../units.ts';
import { axisValue } from './axes.ts';
import type { PlotChart, PlotFrame } from './plot.ts';
import { PLOT_TEXTS, type PlotTexts } from './texts.ts';

/** What every builder of a plot is given. */
export interface PlotContext {
  readonly chart: PlotChart;
  readonly session: Session;
  readonly runs: readonly RunRecord[];
  /** Every variant of the runs that is not hidden. */
  readonly competitors: readonly Competitor[];
  /** The hidden ones too: what looks and turns are counted by. */
  readonly everyone: readonly Competitor[];
  readonly language: Language;
  readonly texts: PlotTexts;
  readonly figureTexts: FigureTexts;
}

export function contextOf(chart: PlotChart, session: Session, runs: readonly RunRecord[], language: Language): PlotContext {
  const figureTexts = FIGURE_TEXTS[language];
  const everyone = everyCompetitor(runs, session, language, figureTexts);
  const competitors = everyone.filter(({ hidden }) => !hidden);
  return { chart, session, runs, competitors, everyone, language, texts: PLOT_TEXTS[language], figureTexts };
}

export const markOf = ({ mark }: Competitor, { figureTexts }: PlotContext): FigureMark | undefined =>
  mark === undefined ? undefined : { kind: mark, text: figureTexts.marks[mark] };

/** A place on an axis in words: "512²", "1080 × 1920", "4 threads", "blockRows = 64". */
export function placeText(axis: SweepAxis, competitor: Competitor, context: PlotContext): string {
  const { texts, language } = context;
  if (axis.of === 'cells') return gridText(competitor, language);
  const value = axisValue(axis, competitor);
  if (value === undefined) return '';
  return axis.of === 'threads' ? texts.threads(value) : `${axis.name}\u00a0=\u00a0${tickText(axis, competitor, context)}`;
}

export function gridText({ run, result }: Competitor, language: Language): string {
  const { grid } = settingsOf(run.request, result.variant);
  return grid.rows === grid.cols ? `${formatInteger(grid.rows, language)}²` : formatGrid(grid, language);
}

/** The same place on a tick, whose axis says what it is. */
export function tickText(axis: SweepAxis, competitor: Competitor, { language }: PlotContext): string {
  if (axis.of === 'cells') return gridText(competitor, language);
  const word = axis.of === 'parameter' ? competitor.result.variant.parameters[axis.name] : undefined;
  return typeof word === 'string' ? word : formatInteger(axisValue(axis, competitor) ?? 0, language);
}

/** "Rows of a block (blockRows)". */
export function axisTitle(axis: SweepAxis, competitors: readonly Competitor[], { texts, language }: PlotContext): string {
  if (axis.of !== 'parameter') return texts.axes[axis.of];
  const parameters = competitors.flatMap(({ result }) => findKernel(result.variant.kernel)?.parameters ?? []);
  const title = parameters.find(({ name }) => name === axis.name)?.title[language];
  return title === undefined ? axis.name : `${title} (${axis.name})`;
}

/** More names than this in one sentence are nobody's to read. */
const MOST_NAMES = 5;

export function someOf(labels: readonly string[], texts: PlotTexts): readonly string[] {
  if (labels.length <= MOST_NAMES) return labels;
  return [...labels.slice(0, MOST_NAMES - 1), texts.andOthers(labels.length - MOST_NAMES + 1)];
}

/** Solid on a plot, and what its conclusion is drawn from. */
export const isTrustedPoint = ({ trusted, mark }: Competitor): boolean => trusted && mark === undefined;

/** Measured, and not to be trusted; what still runs is so for now, and no news. */
export const isUnranked = (competitor: Competitor): boolean =>
  competitor.result.samples.length > 0 && !isTrustedPoint(competitor) && competitor.mark !== 'running' && competitor.mark !== 'waiting';

/** How a drawing tells what is unranked. */
const MANNER: Readonly<Partial<Record<PlotChart, 'hatched' | 'alike'>>> = { 'heat-map': 'hatched', timeline: 'alike', conditions: 'alike' };

function noticesOf(drawn: readonly Competitor[], axes: readonly SweepAxis[], context: PlotContext): string[] {
  const { chart, texts, figureTexts, competitors } = context;
  const moving = axes.some(({ of }) => of === 'cells') ? ['steps', 'grid'] : ['steps'];
  const setups = drawn.map(({ setup }) => setup);
  const fields = differingFields(setups).filter((field) => !moving.includes(field));
  const precisions = new Set(drawn.map(({ result }) => result.variant.precision));
  const differing = [...fields.map((field) => figureTexts.fields[field]), ...(precisions.size > 1 ? [figureTexts.fields.precision] : [])];
  // What variants of one run differ in was asked for, and stands in their labels.
  const ofOneRun = drawn.every(({ run }) => run === drawn[0]?.run);
  const marked = ({ label, mark }: Competitor) => (mark === undefined ? label : `${label} (${figureTexts.marks[mark].toLowerCase()})`);
  const unranked = drawn.filter(isUnranked);
  const without = competitors.filter(({ result, mark }) => result.samples.length === 0 && mark !== 'running' && mark !== 'waiting');
  const software = [
    ...new Set(drawn.filter(({ result }) => result.adapter?.type === 'software').map(({ result }) => result.variant.kernel)),
  ];
  return [
    ...(differing.length > 0 && !ofOneRun ? [texts.differs(differing)] : []),
    ...(unranked.length > 0 ? [texts.unranked[MANNER[chart] ?? 'hollow'](someOf(unranked.map(marked), texts))] : []),
    ...(without.length > 0 ? [texts.withoutResult(someOf(without.map(marked), texts))] : []),
    ...(software.length > 0 ? [figureTexts.softwareNotice(software)] : []),
    ...gpuNotices(drawn, figureTexts, (items) => someOf(items, texts)),
  ];
}

export interface FrameParts {
  readonly axes: readonly SweepAxis[];
  readonly drawn: readonly Competitor[];
  readonly notices?: readonly string[];
  readonly conclusion: readonly string[];
  readonly caption: readonly string[];
}

/** A lesson that is called like its chart is named once. */
const lessonTitle = (id: string, lesson: string, chart: string): string =>
  lesson === chart ? `${id} ${lesson}` : `${id} ${lesson} — ${chart}`;

export function frameOf(context: PlotContext, { axes, drawn, notices = [], conclusion, caption }: FrameParts): PlotFrame {
  const { chart, language, runs, session, texts, figureTexts } = context;
  const exercise = runs[0]?.request.exercise;
  const lesson = exercise === undefined ? undefined : findExercise(exercise);
  const grids = new Map(
    drawn.map(({ run, result }) => {
      const { grid } = settingsOf(run.request, result.variant);
      return [`${grid.rows} ${grid.cols}`, grid] as const;
    }),
  );
  const measured = drawn.some(({ result }) => result.samples.length > 0);
  const trusted = drawn.filter(isTrustedPoint);
  const tooFew = trusted.some(({ secondsPerStep }) => secondsPerStep.length < LEAST_ROUNDS);
  const words = !measured ? [figureTexts.nothingMeasured] : trusted.length === 0 ? [figureTexts.nothingTrusted] : conclusion;
  return {
    chart,
    language,
    title: lesson === undefined ? texts.titles[chart] : lessonTitle(lesson.id, lesson.title[language], texts.titles[chart]),
    subtitle: subtitleOf(
      runs,
      drawn.map(({ setup }) => setup),
    ),
    notices: [...noticesOf(drawn, axes, context), ...notices],
    conclusion: [tooFew ? texts.tooFewRounds : '', ...words].filter((sentence) => sentence !== '').join(' '),
    caption: [
      ...caption,
      ...provenance(
        runs,
        session,
        drawn.some(({ ranked }) => ranked),
        figureTexts,
      ),
    ]
      .filter((sentence) => sentence !== '')
      .join(' '),
    ...(exercise === undefined ? {} : { exercise }),
    grids: [...grids.values()],
    rows: drawn.map((competitor) => {
      const mark = markOf(competitor, context);
      return {
        runId: competitor.run.id,
        variant: competitor.index,
        kernel: competitor.result.variant.kernel,
        label: competitor.label,
        ...(mark === undefined ? {} : { mark }),
        ranked: competitor.ranked,
        sampleCount: competitor.result.samples.length,
      };
    }),
  };
}
