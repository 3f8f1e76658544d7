/**
 * How far a run is and how long it will take, over all of its entries and rounds. What is known of one is used for those
 * that have not begun, so the first estimates are rough and every later one better.
 */
interface Pace {
  /** Of each turn. */
  readonly steps: number;
  secondsPerStep?: number;
  turnsLeft: number;
}

/** Seeds, warm-up and reading, before any turn has shown what they take. */
const FIRST_GUESS_OF_OVERHEAD_SECONDS = 0.2;

const mean = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;

export class RemainingTime {
  readonly #now: () => number;
  readonly #entries: Pace[];
  #began: number;
  readonly #overheads: number[] = [];
  #current: { readonly entry: number; readonly began: number; step: number } | undefined;
  #heldAt: number | undefined;
  #fraction = 0;

  /** The entries of the order, each with the turns that it has to come; `now` in seconds. */
  constructor(
    entries: readonly { readonly steps: number; readonly turnsLeft: number }[],
    now: () => number = () => performance.now() / 1000,
  ) {
    this.#now = now;
    this.#began = now();
    this.#entries = entries.map((entry) => ({ ...entry }));
  }

  /** Time spent, without that of being held. */
  get elapsed(): number {
    return (this.#heldAt ?? this.#now()) - this.#began;
  }

  /** Between two turns, until `release`. */
  hold(): void {
    this.#heldAt ??= this.#now();
  }

  release(): void {
    if (this.#heldAt === undefined) return;
    this.#began += this.#now() - this.#heldAt;
    this.#heldAt = undefined;
  }

  addTurn(entry: number): void {
    this.#entries[entry]!.turnsLeft++;
  }

  beginTurn(entry: number): void {
    this.#current = { entry, began: this.#now(), step: 0 };
  }

  progress(step: number, secondsPerStep: number | undefined): void {
    if (this.#current === undefined) return;
    this.#current.step = step;
    if (secondsPerStep !== undefined) this.#entries[this.#current.entry]!.secondsPerStep = secondsPerStep;
  }

  /** What failed has no turn left. */
  endTurn(failed: boolean): void {
    if (this.#current === undefined) return;
    const pace = this.#entries[this.#current.entry]!;
    const seconds = this.#now() - this.#current.began;
    if (!failed && pace.secondsPerStep !== undefined) this.#overheads.push(Math.max(0, seconds - pace.steps * pace.secondsPerStep));
    pace.turnsLeft = failed ? 0 : pace.turnsLeft - 1;
    this.#current = undefined;
  }

  /** Undefined while nothing is known of any speed. */
  get secondsLeft(): number | undefined {
    const usual = this.#usual;
    if (usual === undefined) return undefined;
    const overhead = this.#overhead;
    let seconds = 0;
    for (const [index, { steps, secondsPerStep = usual, turnsLeft }] of this.#entries.entries()) {
      seconds += turnsLeft * (overhead + steps * secondsPerStep);
      if (this.#current?.entry === index && turnsLeft > 0) {
        const spentOutside = Math.max(0, this.#now() - this.#current.began - this.#current.step * secondsPerStep);
        seconds -= this.#current.step * secondsPerStep + Math.min(overhead, spentOutside);
      }
    }
    return Math.max(0, seconds);
  }

  /** Of a turn of every entry; undefined while nothing is known of any speed. */
  get secondsPerRound(): number | undefined {
    const usual = this.#usual;
    if (usual === undefined) return undefined;
    return this.#entries.reduce((sum, { steps, secondsPerStep = usual }) => sum + this.#overhead + steps * secondsPerStep, 0);
  }

  /** Of the whole, never going back. */
  get fraction(): number {
    const { secondsLeft, elapsed } = this;
    if (secondsLeft !== undefined)
      this.#fraction = Math.max(this.#fraction, Math.min(1, elapsed / Math.max(elapsed + secondsLeft, Number.MIN_VALUE)));
    return this.#fraction;
  }

  get #usual(): number | undefined {
    return mean(this.#entries.flatMap(({ secondsPerStep }) => (secondsPerStep === undefined ? [] : [secondsPerStep])));
  }

  get #overhead(): number {
    return mean(this.#overheads) ?? FIRST_GUESS_OF_OVERHEAD_SECONDS;
  }
}
