/**
 * What stands on a roofline: every variant of the run that it is of, and of the other runs on the same machine and
 * under the same convention the newest trusted result of each variant.
 */
import { findKernel } from '../../../kernels/catalog.ts';
import { transferOf } from '../../../kernels/transfer.ts';
import type { Competitor } from '../figures/competitors.ts';
import { withNames } from '../figures/labels.ts';
import { FIGURE_TEXTS } from '../figures/texts.ts';
import { type RunRecord, settingsOf, type Variant, type VariantResult } from '../run.ts';
import type { Session } from '../session.ts';
import { variantLabels } from '../variants.ts';
import { isTrustedPoint, type PlotContext } from './frame.ts';

/** Results of other runs beyond this many would hide those of the run that the chart is of. */
const MOST_OTHERS = 20;

/** Precisions stand side by side; the rest of the convention must agree. */
function conventionsOf(run: RunRecord): string[] {
  return run.variants.map(({ variant }) => JSON.stringify({ ...settingsOf(run.request, variant).convention, precision: '' }));
}

/** The run first, then the others that have something to put beside it, the newest first. */
export function rooflineRuns(session: Session, runId: number): number[] {
  const first = session.runs.find(({ id }) => id === runId);
  if (first === undefined) return [];
  const wanted = new Set(conventionsOf(first));
  const others = session.runs.filter(
    (run) => run !== first && run.machine === first.machine && conventionsOf(run).some((convention) => wanted.has(convention)),
  );
  return [runId, ...others.map(({ id }) => id).toReversed()];
}

/** A variant with all that it takes from its run. */
function whole({ run, result: { variant } }: Competitor): Variant {
  const { convention, grid, flushSubnormals, pin, warmUp } = settingsOf(run.request, variant);
  const { steps: _, observe: __, ...rest } = variant;
  return { ...rest, grid, stencil: convention.stencil, flushSubnormals, pin, warmUp };
}

const sorted = (value: object): string => JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
const keyOf = (competitor: Competitor): string => {
  const { parameters, grid, ...rest } = whole(competitor);
  return `${sorted(rest)} ${sorted(parameters)} ${grid?.rows} ${grid?.cols}`;
};

/** Whether a sample holds nothing but steps. */
const isStepsAlone = ({ result: { variant } }: { readonly result: VariantResult }): boolean =>
  variant.images === undefined && transferOf(variant.parameters) === 'once' && variant.warmUp !== false;

const isKnown = ({ result }: { readonly result: VariantResult }): boolean => findKernel(result.variant.kernel) !== undefined;

/** Whether a variant stands on a roofline once it is measured. */
export const hasPlace = (result: VariantResult): boolean => isKnown({ result }) && isStepsAlone({ result });

const isMeasured = ({ result }: Competitor): boolean => result.samples.length > 0;

export interface Choice {
  /** With labels that tell them apart, those of the first run first. */
  readonly chosen: readonly Competitor[];
  /** Of the first run, measured or not. */
  readonly planned: readonly Competitor[];
  /** Of the first run, whose times hold more than steps. */
  readonly otherTimes: readonly Competitor[];
  /** How many results of other runs have no room. */
  readonly leftOut: number;
}

export function choose({ runs, competitors, language }: PlotContext): Choice {
  const [first] = runs;
  const own = competitors.filter((competitor) => competitor.run === first && isKnown(competitor));
  const wanted = new Set(first === undefined ? [] : conventionsOf(first));
  const convention = ({ run, index }: Competitor) => conventionsOf(run)[index]!;
  // Until a variant is measured anew its last result stands.
  const taken = new Set(own.filter(isMeasured).map(keyOf));
  const others: Competitor[] = [];
  for (const competitor of competitors.filter(({ run }) => run !== first && run.machine === first?.machine)) {
    if (!isKnown(competitor) || !isMeasured(competitor) || !isStepsAlone(competitor) || !isTrustedPoint(competitor)) continue;
    if (!wanted.has(convention(competitor)) || taken.has(keyOf(competitor))) continue;
    taken.add(keyOf(competitor));
    others.push(competitor);
  }
  const planned = own.filter(isStepsAlone);
  const chosen = [...planned.filter(isMeasured), ...others.slice(0, MOST_OTHERS)];
  const labels = withNames(
    variantLabels(chosen.map(whole)),
    chosen.map(({ name }) => name),
  );
  const { softwareGpu } = FIGURE_TEXTS[language];
  return {
    chosen: chosen.map((competitor, at) => ({
      ...competitor,
      label: `${labels[at]}${competitor.result.adapter?.type === 'software' ? ` (${softwareGpu})` : ''}`,
    })),
    planned,
    otherTimes: own.filter((competitor) => isMeasured(competitor) && !isStepsAlone(competitor)),
    leftOut: Math.max(0, others.length - MOST_OTHERS),
  };
}
