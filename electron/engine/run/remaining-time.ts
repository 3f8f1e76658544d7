/**
 * How far a run is and how long it will take, over all of its variants and rounds. What is known of one variant is used
 * for those that have not begun, so the first estimates are rough and every later one better.
 */
interface VariantPace {
  /** Of each round. */
  readonly steps: number;
  secondsPerStep?: number;
  roundsLeft: number;
}

/** Seeds, warm-up and reading, before any round has shown what they take. */
const FIRST_GUESS_OF_OVERHEAD_SECONDS = 0.2;

const mean = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;

export class RemainingTime {
  readonly #now: () => number;
  readonly #variants: VariantPace[];
  readonly #began: number;
  readonly #overheads: number[] = [];
  #current: { readonly variant: number; readonly began: number; step: number } | undefined;
  #fraction = 0;

  /** `steps` of each variant's rounds; `now` in seconds. */
  constructor(steps: readonly number[], rounds: number, now: () => number = () => performance.now() / 1000) {
    this.#now = now;
    this.#began = now();
    this.#variants = steps.map((stepsOfRound) => ({ steps: stepsOfRound, roundsLeft: rounds }));
  }

  beginRound(variant: number): void {
    this.#current = { variant, began: this.#now(), step: 0 };
  }

  progress(step: number, secondsPerStep: number | undefined): void {
    if (this.#current === undefined) return;
    this.#current.step = step;
    if (secondsPerStep !== undefined) this.#variants[this.#current.variant]!.secondsPerStep = secondsPerStep;
  }

  /** The variant has no round left when it failed. */
  endRound(failed: boolean): void {
    if (this.#current === undefined) return;
    const pace = this.#variants[this.#current.variant]!;
    const seconds = this.#now() - this.#current.began;
    if (!failed && pace.secondsPerStep !== undefined) this.#overheads.push(Math.max(0, seconds - pace.steps * pace.secondsPerStep));
    pace.roundsLeft = failed ? 0 : pace.roundsLeft - 1;
    this.#current = undefined;
  }

  /** Undefined while nothing is known of any variant's speed. */
  get secondsLeft(): number | undefined {
    const known = this.#variants.flatMap(({ secondsPerStep }) => (secondsPerStep === undefined ? [] : [secondsPerStep]));
    const usual = mean(known);
    if (usual === undefined) return undefined;
    const overhead = mean(this.#overheads) ?? FIRST_GUESS_OF_OVERHEAD_SECONDS;
    let seconds = 0;
    for (const [index, { steps, secondsPerStep = usual, roundsLeft }] of this.#variants.entries()) {
      seconds += roundsLeft * (overhead + steps * secondsPerStep);
      if (this.#current?.variant === index && roundsLeft > 0) {
        const spentOutside = Math.max(0, this.#now() - this.#current.began - this.#current.step * secondsPerStep);
        seconds -= this.#current.step * secondsPerStep + Math.min(overhead, spentOutside);
      }
    }
    return Math.max(0, seconds);
  }

  /** Of the whole run, never going back. */
  get fraction(): number {
    const { secondsLeft } = this;
    if (secondsLeft !== undefined) {
      const elapsed = this.#now() - this.#began;
      this.#fraction = Math.max(this.#fraction, Math.min(1, elapsed / Math.max(elapsed + secondsLeft, Number.MIN_VALUE)));
    }
    return this.#fraction;
  }
}
