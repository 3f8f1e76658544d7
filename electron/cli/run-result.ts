/** A finished run as the table that people read and the entries that scripts read. */
import { findKernel } from '../../kernels/catalog.ts';
import { clocksOf } from '../shared/clocks.ts';
import type { RunDocument, VariantDocument } from '../shared/documents.ts';
import { energyOf } from '../shared/energy.ts';
import { ENERGY_WORDS, energySentence, energyText } from '../shared/energy-words.ts';
import { gpuNotices } from '../shared/figures/gpu-notices.ts';
import { FIGURE_TEXTS } from '../shared/figures/texts.ts';
import type { Machine } from '../shared/machine.ts';
import type { Plot } from '../shared/plots/plot.ts';
import { qualityOf } from '../shared/quality.ts';
import { type ItemText, itemText, QUALITY_WORDS, qualityLine } from '../shared/quality-words.ts';
import type { RunRecord, VariantResult } from '../shared/run.ts';
import { slowedRounds } from '../shared/throttling.ts';
import { isTrusted, rateRatio } from '../shared/trusted.ts';
import { formatInterval, formatNumber, formatRatio, formatSeconds } from '../shared/units.ts';
import { variantLabels } from '../shared/variants.ts';
import { sentenceOf } from './failure.ts';
import { rankCells, undecidedLines } from './ranks.ts';
import { type Column, textTable } from './table.ts';
import type { Terminal } from './terminal.ts';

function slowedPart(run: RunRecord, variant: number): Pick<VariantDocument, 'slowedRounds'> {
  const slowed = slowedRounds(run).flatMap(({ entry, round }) => (entry === variant ? [round] : []));
  return slowed.length === 0 ? {} : { slowedRounds: slowed };
}

function qualityDocument(run: RunRecord, machine: Machine): RunDocument['quality'] {
  const { grade, items } = qualityOf(run, machine);
  return {
    grade,
    items: items.map((judged) => {
      const [en, fr] = [itemText(judged, 'en'), itemText(judged, 'fr')];
      const both = (pick: (text: ItemText) => string | undefined) => ({ en: pick(en) ?? '', fr: pick(fr) ?? '' });
      return {
        item: judged.item,
        grade: judged.grade,
        ...(judged.grade !== 'unknown' && { value: both(({ value }) => value) }),
        reason: both(({ reason }) => reason),
        ...(en.remedy !== undefined && { remedy: both(({ remedy }) => remedy) }),
      };
    }),
  };
}

function variantDocuments(run: RunRecord): VariantDocument[] {
  const { variants: _, ...settings } = run.request;
  return run.variants
    .map((result, variant) => ({ result, variant, clocks: clocksOf(result) }))
    .map(({ result, variant, clocks }) => ({
      kernel: result.variant.kernel,
      backend: result.backend,
      ...(result.adapter && { adapter: result.adapter }),
      request: { ...settings, variant: result.variant },
      status: result.status,
      samples: result.samples,
      ...(clocks && { clocks }),
      ...(result.observations && { observations: result.observations }),
      ...(result.summary && { summary: result.summary }),
      ...(result.verification && { verification: result.verification }),
      ...slowedPart(run, variant),
      energy: energyOf(run, variant),
      ...(result.field && { field: result.field }),
      ...(result.trouble && { trouble: result.trouble }),
    }));
}

/** What a document says of a run. */
export const runParts = (run: RunRecord, machine: Machine): Pick<RunDocument, 'runs' | 'control' | 'quality' | 'conditions'> => ({
  runs: variantDocuments(run),
  ...(run.control && { control: run.control }),
  quality: qualityDocument(run, machine),
  ...(run.conditions && { conditions: run.conditions }),
});

const isBroken = ({ variant }: VariantResult): boolean => findKernel(variant.kernel)?.broken === true;

/** What is wrong on purpose has only to run. */
export const allAsExpected = (run: RunRecord): boolean =>
  run.status === 'done' && run.variants.every((result) => isTrusted(result) || (isBroken(result) && result.status === 'done'));

export const allTrusted = (run: RunRecord): boolean => run.status === 'done' && run.variants.every(isTrusted);

/** Times faster than the base, both verified; else nothing: a wrong kernel has no speed to compare. */
function speedup(run: RunRecord, result: VariantResult, base: VariantResult | undefined, terminal: Terminal): string {
  if (base === undefined || !isTrusted(result) || !isTrusted(base)) return '';
  const ratio = rateRatio({ run, result }, { run, result: base });
  return ratio === undefined ? '' : formatRatio(base === result ? 1 : ratio.median, terminal.language);
}

function verifiedCell({ verification }: VariantResult, terminal: Terminal): string {
  if (verification === undefined) return '';
  if (verification.status === 'passed') return terminal.word('yes');
  const error = verification.maxAbsError === null ? 'NaN' : formatNumber(verification.maxAbsError, terminal.language, 2);
  return `${terminal.word('no')} (${error})`;
}

/** The interval's two ends alone; the median has a column of its own. */
const ends = (text: string): string => text.slice(text.indexOf('(') + 1, -1);

/** What to know of the experiment before its result: its grade, and of what is not good the remedy. */
export function printQuality(run: RunRecord, machine: Machine, terminal: Terminal): void {
  const quality = qualityOf(run, machine);
  terminal.print(qualityLine(quality, terminal.language));
  for (const judged of quality.items) {
    const { remedy, name } = itemText(judged, terminal.language);
    if (remedy !== undefined) terminal.print(`  ${QUALITY_WORDS[terminal.language].labelled(name, remedy)}`);
  }
  terminal.print('');
}

/** What the column of energies includes, or why there is none. */
export function printEnergy(run: RunRecord, terminal: Terminal): void {
  terminal.print(
    energySentence(
      run.variants.map((_, variant) => energyOf(run, variant)),
      terminal.language,
    ),
  );
}

export interface TableOptions {
  /** The kernel that the others are divided by; the first unless told. */
  readonly baseKernel?: string;
  /** Charts of the run: what their tables have beside stands here in place of the ratio. */
  readonly plots?: readonly Plot[];
}

/** What the tables of charts have beside, by variant. */
function detailsOf(plots: readonly Plot[]): { heading: string; cells: ReadonlyMap<number, string> }[] {
  return plots.flatMap((plot) => {
    if (plot.kind !== 'lines') return [];
    const points = plot.series.flatMap((series) => series.points);
    return (plot.columns ?? []).map((heading, at) => ({
      heading,
      cells: new Map(points.map(({ variant, more }) => [variant, more?.[at]?.text ?? ''])),
    }));
  });
}

/**
 * Each kernel's median time per step, interval, rate, times the base and rank, or what its charts add, and verification;
 * then which of them could not be told from the base.
 */
export function runTable(run: RunRecord, terminal: Terminal, { baseKernel, plots }: TableOptions = {}): string {
  const { language } = terminal;
  const base = baseKernel === undefined ? run.variants[0] : run.variants.find(({ variant }) => variant.kernel === baseKernel);
  const labels = variantLabels(run.request.variants);
  const details = detailsOf(plots ?? []);
  const compared = details.length === 0;
  const ratio = { heading: terminal.word(baseKernel === undefined ? 'timesFirst' : 'timesBaseline'), align: 'right' } as const;
  const ranks = run.variants.length > 1 ? rankCells(run) : undefined;
  const energies = run.variants.map((_, variant) => energyOf(run, variant));
  const withEnergy = energies.some((energy) => 'source' in energy);
  const columns: Column[] = [
    { heading: terminal.word('kernel') },
    { heading: terminal.word('medianPerStep'), align: 'right' },
    { heading: terminal.word('interval'), align: 'right' },
    { heading: terminal.word('rate'), align: 'right' },
    ...(compared
      ? [ratio, ...(ranks ? [{ heading: terminal.word('rank') }] : [])]
      : details.map(({ heading }): Column => ({ heading, align: 'right' }))),
    ...(withEnergy ? [{ heading: ENERGY_WORDS[language].heading, align: 'right' as const }] : []),
    { heading: terminal.word('verified') },
  ];
  const rows = run.variants.map((result, index) => {
    const software = result.adapter?.type === 'software' ? ` (${terminal.word('softwareGpu')})` : '';
    const label = `${labels[index] ?? result.variant.kernel}${software}`;
    const { summary } = result;
    const beside = compared
      ? [speedup(run, result, base, terminal), ...(ranks ? [ranks.get(result) ?? ''] : [])]
      : details.map(({ cells }) => cells.get(index) ?? '');
    const energy = withEnergy ? [energyText(energies[index]!, language)] : [];
    if (summary === undefined)
      return [label, terminal.word('notMeasured'), '', '', ...beside.map(() => ''), ...energy, verifiedCell(result, terminal)];
    return [
      label,
      formatSeconds(summary.secondsPerStep.median, language),
      ends(formatInterval(summary.secondsPerStep, language, 'seconds')),
      formatNumber(summary.cellsPerSecond / 1e6, language),
      ...beside,
      ...energy,
      verifiedCell(result, terminal),
    ];
  });
  // Charts say themselves what they cannot tell apart.
  const undecided = plots === undefined ? undecidedLines(run, labels, base, terminal) : [];
  return [textTable(columns, rows), ...undecided].join('\n');
}

/** What to know of the GPU's results besides the table, a line each. */
export function printGpuNotices(run: RunRecord, terminal: Terminal): void {
  const labels = variantLabels(run.request.variants);
  const results = run.variants.map((result, index) => ({ run, result, label: labels[index] ?? result.variant.kernel }));
  for (const notice of gpuNotices(results, FIGURE_TEXTS[terminal.language])) terminal.print(notice);
}

/** Says on standard error what went wrong with each kernel. */
export function noteTroubles(run: RunRecord, terminal: Terminal): void {
  for (const { variant, trouble } of run.variants) {
    if (trouble !== undefined) terminal.note(`${variant.kernel}: ${sentenceOf(trouble, terminal.language)}`);
  }
}
