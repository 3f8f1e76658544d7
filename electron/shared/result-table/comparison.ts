/**
 * A row beside the baseline: the one that a person has pinned, of whatever run, else that of the row's own run. Divided by the
 * same rule as in every chart; where that gives no number, what stands against it.
 */
import type { MeasuredRatio } from '../../../kernels/exercise.ts';
import { pinnedBaseline } from '../annotations.ts';
import { baselineOf } from '../baseline.ts';
import { areRivals, ratioOfRates } from '../figures/competitors.ts';
import type { MarkKind } from '../figures/figure.ts';
import { type Setup, setupObstacles } from '../figures/setup.ts';
import type { RunRecord } from '../run.ts';
import type { Session } from '../session.ts';
import { centreOfRateRatio } from '../trusted.ts';
import type { ResultRow } from './result-row.ts';

export type RowComparison =
  | { readonly kind: 'baseline' }
  /** `inTurn`: measured in the rounds of one run, where what slows the machine slows both. */
  | { readonly kind: 'ratio'; readonly over: ResultRow; readonly ratio: MeasuredRatio; readonly inTurn: boolean }
  /** Measured under another set-up, on another grid or machine among them. */
  | { readonly kind: 'other-setup'; readonly over: ResultRow; readonly fields: readonly (keyof Setup)[] }
  /** The row itself may not be ranked. */
  | { readonly kind: 'unranked'; readonly mark: MarkKind | undefined }
  /** The baseline may not be. */
  | { readonly kind: 'no-baseline'; readonly over?: ResultRow }
  | { readonly kind: 'nothing-measured' };

/** What each row is compared with, found once for all of them. */
export class Baselines {
  /** What a person has pinned, where the session has it. */
  readonly pinned: ResultRow | undefined;
  readonly #ofRun = new Map<RunRecord, ResultRow | undefined>();
  readonly #known = new WeakMap<ResultRow, RowComparison>();

  constructor(rows: readonly ResultRow[], session: Pick<Session, 'annotations' | 'baseline'>) {
    const place = pinnedBaseline(session);
    this.pinned = place && rows.find(({ run, index }) => run.id === place.runId && index === place.variant);
    for (const [run, own] of Map.groupBy(rows, (row) => row.run)) {
      const result = baselineOf(run);
      this.#ofRun.set(
        run,
        own.find((row) => row.result === result),
      );
    }
  }

  over(row: ResultRow): ResultRow | undefined {
    return this.pinned ?? this.#ofRun.get(row.run);
  }

  /** Its interval takes a while to find: asked for again, it is remembered. */
  compare(row: ResultRow): RowComparison {
    const known = this.#known.get(row) ?? comparisonOf(row, this.over(row));
    this.#known.set(row, known);
    return known;
  }

  /** The ratio without its interval, which thousands of rows are sorted by. */
  centre(row: ResultRow): number | undefined {
    const over = this.over(row);
    if (over === row) return row.ranked ? 1 : undefined;
    return over?.ranked && row.ranked && areRivals(row, over) ? centreOfRateRatio(row, over) : undefined;
  }
}

function comparisonOf(row: ResultRow, over: ResultRow | undefined): RowComparison {
  if (over === row) return { kind: 'baseline' };
  if (row.result.samples.length === 0) return { kind: 'nothing-measured' };
  if (!row.ranked) return { kind: 'unranked', mark: row.mark };
  if (over?.ranked !== true) return { kind: 'no-baseline', ...(over && { over }) };
  if (!areRivals(row, over)) return { kind: 'other-setup', over, fields: setupObstacles(row.setup, over.setup) };
  const ratio = ratioOfRates(row, over);
  return ratio === undefined ? { kind: 'nothing-measured' } : { kind: 'ratio', over, ratio, inTurn: row.run === over.run };
}
