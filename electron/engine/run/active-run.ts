/** A run in progress: who takes turns in it, which turns are left, and how long they will take. */
import { findKernel } from '../../../kernels/catalog.ts';
import type { RoundJob } from '../../runner/protocol.ts';
import {
  type ResolvedRequest,
  type RunRecord,
  type Sample,
  settingsOf,
  type VariantResult,
  type VariantSettings,
} from '../../shared/run.ts';
import { summarise } from '../../shared/statistics.ts';
import type { Trouble } from '../../shared/trouble.ts';
import type { RoundWatch } from '../conditions/round-watch.ts';
import type { Runner } from '../runners/runner.ts';
import type { Turn } from '../session/store.ts';
import { RemainingTime } from './remaining-time.ts';
import { longerOrder } from './round-order.ts';

/** An entry of the order, as far as it has come: a variant, or the control after the last of them. */
interface Competitor {
  /** The variant that it runs. */
  readonly variant: number;
  readonly isControl: boolean;
  status: VariantResult['status'];
  turnsLeft: number;
  /** Since the run was started or taken up again. The control is verified with its twin. */
  isVerified: boolean;
  readonly hasField: boolean;
  readonly samples: Sample[];
}

/** What is known of a run that is taken up again. */
export interface Past {
  readonly finished: readonly Turn[];
  readonly hasField: (variant: number) => boolean;
}

const NO_PAST: Past = { finished: [], hasField: () => false };

/** As told with the progress of a run. */
interface Estimate {
  readonly fraction: number;
  readonly secondsLeft?: number;
  readonly atMost?: true;
}

export class ActiveRun {
  readonly id: number;
  readonly competitors: readonly Competitor[];
  readonly time: RemainingTime;
  /** Seconds for which rounds may be added until every comparison is decided. */
  readonly clearSeconds: number | undefined;
  readonly #orderSeed: number;
  /** When it was started, by `performance.now()`, whose zero is this process's. */
  readonly #startedAt: number;
  readonly #control: RunRecord['control'];
  #request: ResolvedRequest;
  #order: number[][];
  #pending: Turn[];
  /** When the first round was added until clear. */
  #clearBegan: number | undefined;
  /** Rounds to add before the comparisons are judged again. */
  roundsAhead = 0;
  cancelled = false;
  /** The session can no longer be written: the run cannot go on. */
  storeTrouble?: Trouble;
  progressAt = Number.NEGATIVE_INFINITY;
  /** Where the turn in progress is. */
  runner?: Runner | undefined;
  watch?: RoundWatch | undefined;
  /** Settles when a run that is held may go on. */
  held?: PromiseWithResolvers<void> | undefined;

  constructor(run: RunRecord, { finished, hasField }: Past = NO_PAST, clearSeconds?: number) {
    this.id = run.id;
    this.#request = run.request;
    this.#order = run.order;
    this.#orderSeed = run.orderSeed;
    this.#startedAt = performance.now() - Math.max(0, Date.now() - Date.parse(run.startedAt));
    this.#control = run.control && { variant: run.control.variant, samples: [] };
    this.clearSeconds = clearSeconds;
    const done = new Set(finished.map(({ round, entry }) => `${round} ${entry}`));
    this.#pending = this.#order.flatMap((entries, round) =>
      entries.map((entry) => ({ round, entry })).filter(({ entry }) => !done.has(`${round} ${entry}`)),
    );
    const turns = Map.groupBy(this.#pending, ({ entry }) => entry);
    const competitor = (entry: number, variant: number, samples: readonly Sample[]): Competitor => {
      const turnsLeft = turns.get(entry)?.length ?? 0;
      const isControl = entry === run.variants.length;
      const failed = run.variants[entry]?.status === 'failed';
      return {
        ...{ variant, isControl, turnsLeft: failed ? 0 : turnsLeft, samples: [...samples] },
        status: failed ? 'failed' : turnsLeft === 0 ? 'done' : 'waiting',
        ...{ isVerified: isControl, hasField: isControl || hasField(variant) },
      };
    };
    this.competitors = [
      ...run.variants.map(({ samples }, variant) => competitor(variant, variant, samples)),
      ...(run.control === undefined ? [] : [competitor(run.variants.length, run.control.variant, run.control.samples)]),
    ];
    this.time = new RemainingTime(this.competitors.map((each) => ({ steps: this.settingsOf(each).steps, turnsLeft: each.turnsLeft })));
  }

  get request(): ResolvedRequest {
    return this.#request;
  }

  /** What of its record changes as rounds are added. */
  get extension(): Pick<RunRecord, 'request' | 'order' | 'control'> {
    return { request: this.#request, order: this.#order, ...(this.#control && { control: this.#control }) };
  }

  get rounds(): number {
    return this.#order.length;
  }

  get secondsSinceStart(): number {
    return (performance.now() - this.#startedAt) / 1000;
  }

  get ends(): boolean {
    return this.cancelled || this.storeTrouble !== undefined;
  }

  get canGoOn(): boolean {
    return this.competitors.some(({ status, isControl }) => status !== 'failed' && !isControl);
  }

  settingsOf({ variant }: Pick<Competitor, 'variant'>): VariantSettings {
    return settingsOf(this.request, this.request.variants[variant]!);
  }

  /** Of an entry that has not failed. */
  get hasTurn(): boolean {
    while (this.#pending.length > 0 && this.competitors[this.#pending[0]!.entry]!.status === 'failed') this.#pending.shift();
    return this.#pending.length > 0;
  }

  /** Where there is one. */
  takeTurn(): Turn {
    return this.#pending.shift()!;
  }

  /** The same round for the same run, whenever it is added. Returns its order. */
  addRound(): number[] {
    const round = this.rounds;
    this.#order = longerOrder(this.#order, this.competitors.length, round + 1, this.#orderSeed);
    this.#request = { ...this.#request, rounds: round + 1 };
    const added = this.#order[round]!;
    for (const entry of added) {
      const competitor = this.competitors[entry]!;
      if (competitor.status === 'failed') continue;
      if (competitor.status === 'done') competitor.status = 'waiting';
      competitor.turnsLeft++;
      this.time.addTurn(entry);
      this.#pending.push({ round, entry });
    }
    return added;
  }

  /** Whether one more round until clear ends in time, as far as rounds so far tell. Time counts from the first such round. */
  get hasTimeForRound(): boolean {
    this.#clearBegan ??= this.time.elapsed;
    return this.#clearSecondsSpent + (this.time.secondsPerRound ?? 0) <= (this.clearSeconds ?? 0);
  }

  get estimate(): Estimate {
    const { fraction, secondsLeft, elapsed } = this.time;
    if (this.clearSeconds === undefined) return { fraction, ...(secondsLeft !== undefined && { secondsLeft }) };
    const before = this.#clearBegan === undefined ? (secondsLeft ?? 0) : 0;
    const atMost = before + Math.max(0, this.clearSeconds - this.#clearSecondsSpent);
    return { fraction: elapsed / Math.max(elapsed + atMost, Number.MIN_VALUE), secondsLeft: atMost, atMost: true };
  }

  job({ round, entry }: Turn): RoundJob {
    const competitor = this.competitors[entry]!;
    const { keepField, display } = this.request;
    const variant = this.request.variants[competitor.variant]!;
    return {
      ...{ runId: this.id, variantIndex: competitor.variant, round, variant, display },
      ...this.settingsOf(competitor),
      verify: !competitor.isVerified,
      wantField: keepField && !competitor.hasField && competitor.turnsLeft === 1,
    };
  }

  summary(entry: number) {
    const competitor = this.competitors[entry]!;
    const variant = this.request.variants[competitor.variant]!;
    return summarise(findKernel(variant.kernel)!, variant, this.settingsOf(competitor), competitor.samples);
  }

  get #clearSecondsSpent(): number {
    return this.#clearBegan === undefined ? 0 : this.time.elapsed - this.#clearBegan;
  }
}
