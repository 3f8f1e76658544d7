/** The rows of the table of results: one for each variant of each run of a session, the hidden ones too. */
import { findKernel } from '../../../kernels/catalog.ts';
import type { Annotation, ResultPlace } from '../annotations.ts';
import type { RoundCondition } from '../conditions.ts';
import type { Language } from '../contract.ts';
import { type EnergyPerUpdate, energiesOf, energyOf } from '../energy.ts';
import { type Competitor, everyCompetitor, rateOf } from '../figures/competitors.ts';
import { FIGURE_TEXTS } from '../figures/texts.ts';
import { type Interval, settingsOf, type VariantSettings } from '../run.ts';
import type { Session } from '../session.ts';
import { median } from '../statistics.ts';

/** As in the charts of its own run, so that label and look are the same there. */
export interface ResultRow extends Competitor {
  /** Unique in the session. */
  readonly key: string;
  readonly place: ResultPlace;
  readonly kernel: string;
  readonly settings: VariantSettings;
  /** Cell updates per second. */
  readonly rate?: Interval;
  readonly note?: string;
  /** Of the turns of this variant. */
  readonly conditions: readonly RoundCondition[];
}

export function rowsOfRun(run: Session['runs'][number], session: Session, language: Language): ResultRow[] {
  const set = new Map(
    (session.annotations ?? []).flatMap((each): [number, Annotation][] => (each.runId === run.id ? [[each.variant, each]] : [])),
  );
  const conditions = Map.groupBy(run.conditions ?? [], ({ variant }) => variant);
  return everyCompetitor([run], session, language, FIGURE_TEXTS[language]).map((competitor) => {
    const { index, result } = competitor;
    const rate = rateOf(competitor);
    const note = set.get(index)?.note;
    return {
      ...competitor,
      key: `${run.id}-${index}`,
      place: { runId: run.id, variant: index },
      kernel: result.variant.kernel,
      settings: settingsOf(run.request, result.variant),
      ...(rate && { rate }),
      ...(note !== undefined && { note }),
      conditions: conditions.get(index) ?? [],
    };
  });
}

/** In the order of runs and their variants. */
export const rowsOf = (session: Session, language: Language): ResultRow[] =>
  session.runs.flatMap((run) => rowsOfRun(run, session, language));

/** The median of `energyOfRow` without its interval, which thousands of rows are shown and sorted by. */
export function middleEnergy({ run, index, conditions }: ResultRow): number | undefined {
  if (conditions.length === 0) return undefined;
  const energies = energiesOf({ ...run, conditions: [...conditions] }, index);
  return 'unavailable' in energies ? undefined : median(energies.joulesPerBillion);
}

export const energyOfRow = ({ run, index, conditions }: ResultRow): EnergyPerUpdate =>
  energyOf({ ...run, conditions: [...conditions] }, index);

/** By the declared cost; undefined before a round has ended. */
export const bytesPerSecond = ({ result }: ResultRow): number | undefined => result.summary?.bytesPerSecond;
export const flopsPerSecond = ({ result }: ResultRow): number | undefined => result.summary?.flopsPerSecond;

/** Of each kernel the parameters that its rows do not all have alike, in the order in which the kernel has them. */
export function differingParameters(rows: readonly ResultRow[]): Map<string, readonly string[]> {
  return new Map(
    [...Map.groupBy(rows, ({ kernel }) => kernel)].map(([kernel, own]) => {
      const names = [...new Set(own.flatMap(({ result }) => Object.keys(result.variant.parameters)))];
      const differing = names.filter((name) => new Set(own.map(({ result }) => result.variant.parameters[name])).size > 1);
      const order = findKernel(kernel)?.parameters.map(({ name }) => name) ?? [];
      return [kernel, differing.sort((a, b) => order.indexOf(a) - order.indexOf(b))] as const;
    }),
  );
}
