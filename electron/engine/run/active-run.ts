/** A run in progress: who takes turns in it, which turns are left, and how long they will take. */
import { findKernel } from '../../../kernels/catalog.ts';
import type { RoundJob } from '../../runner/protocol.ts';
import { type ResolvedRequest, type RunRecord, type Sample, settingsOf, type VariantResult } from '../../shared/run.ts';
import { summarise } from '../../shared/statistics.ts';
import type { Trouble } from '../../shared/trouble.ts';
import type { RoundWatch } from '../conditions/round-watch.ts';
import type { Runner } from '../runners/runner.ts';
import type { Turn } from '../session/store.ts';
import { RemainingTime } from './remaining-time.ts';
import { roundOrder } from './round-order.ts';

/** An entry of the order, as far as it has come: a variant, or the control after the last of them. */
interface Competitor {
  /** The variant that it runs. */
  readonly variant: number;
  readonly isControl: boolean;
  status: VariantResult['status'];
  turnsLeft: number;
  /** Since the run was started or taken up again. The control is verified with its twin. */
  isVerified: boolean;
  hasField: boolean;
  readonly samples: Sample[];
}

/** Rounds are added until every comparison is decided. */
export interface UntilClear {
  readonly seconds: number;
  /** Rounds to measure before the comparisons are judged again. */
  roundsAhead: number;
}

/** What a run is taken up with. */
export interface Standing {
  readonly finished: readonly Turn[];
  readonly hasField: (variant: number) => boolean;
}

const AT_THE_START: Standing = { finished: [], hasField: () => false };

export class ActiveRun {
  readonly id: number;
  readonly competitors: readonly Competitor[];
  readonly time: RemainingTime;
  readonly untilClear: UntilClear | undefined;
  readonly #orderSeed: number;
  /** When it was started, by `performance.now()`, whose zero is this process's. */
  readonly #startedAt: number;
  #request: ResolvedRequest;
  #order: number[][];
  #pending: Turn[];
  cancelled = false;
  /** The session can no longer be written: the run cannot go on. */
  storeTrouble?: Trouble;
  progressAt = Number.NEGATIVE_INFINITY;
  /** Where the turn in progress is. */
  runner?: Runner | undefined;
  watch?: RoundWatch | undefined;
  /** Settles when a held run may go on. */
  held: PromiseWithResolvers<void> | undefined;

  constructor(run: RunRecord, { finished, hasField }: Standing = AT_THE_START, untilClear?: { readonly seconds: number }) {
    this.id = run.id;
    this.#request = run.request;
    this.#order = run.order.map((round) => [...round]);
    this.#orderSeed = run.orderSeed;
    this.#startedAt = performance.now() - Math.max(0, Date.now() - Date.parse(run.startedAt));
    this.untilClear = untilClear && { seconds: untilClear.seconds, roundsAhead: 0 };
    const done = new Set(finished.map(({ round, entry }) => `${round} ${entry}`));
    const isAlive = (entry: number) => run.variants[entry]?.status !== 'failed';
    this.#pending = this.#order.flatMap((entries, round) =>
      entries.filter((entry) => isAlive(entry) && !done.has(`${round} ${entry}`)).map((entry) => ({ round, entry })),
    );
    const turnsLeft = (entry: number) => this.#pending.filter((turn) => turn.entry === entry).length;
    const variants = run.variants.map(
      ({ status, samples }, variant): Competitor => ({
        ...{ variant, isControl: false, turnsLeft: turnsLeft(variant), samples: [...samples] },
        status: status === 'failed' ? 'failed' : 'waiting',
        ...{ isVerified: false, hasField: hasField(variant) },
      }),
    );
    const control = run.control && {
      ...{ variant: run.control.variant, isControl: true, turnsLeft: turnsLeft(run.variants.length), samples: [...run.control.samples] },
      ...{ status: 'waiting' as const, isVerified: true, hasField: true },
    };
    this.competitors = control === undefined ? variants : [...variants, control];
    this.time = new RemainingTime(this.competitors.map((each) => ({ steps: this.settingsOf(each).steps, turnsLeft: each.turnsLeft })));
  }

  get request(): ResolvedRequest {
    return this.#request;
  }

  get order(): number[][] {
    return this.#order;
  }

  get secondsSinceStart(): number {
    return (performance.now() - this.#startedAt) / 1000;
  }

  get ends(): boolean {
    return this.cancelled || this.storeTrouble !== undefined;
  }

  settingsOf({ variant }: Pick<Competitor, 'variant'>) {
    return settingsOf(this.request, this.request.variants[variant]!);
  }

  /** The turn to take, of an entry that has not failed. */
  nextTurn(): Turn | undefined {
    let turn = this.#pending.shift();
    while (turn !== undefined && this.competitors[turn.entry]!.status === 'failed') turn = this.#pending.shift();
    return turn;
  }

  /** The same round for the same run, whenever it is added. */
  addRound(): void {
    const round = this.#order.length;
    this.#order.push(roundOrder(this.competitors.length, round + 1, this.#orderSeed)[round]!);
    this.#request = { ...this.#request, rounds: round + 1 };
    for (const entry of this.#order[round]!) {
      const competitor = this.competitors[entry]!;
      if (competitor.status === 'failed') continue;
      competitor.turnsLeft++;
      this.time.addTurn(entry);
      this.#pending.push({ round, entry });
    }
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
}
