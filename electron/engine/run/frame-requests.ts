/**
 * Clients that wait for a picture of the run in progress. They are served one after another, since each may want
 * another view; whoever still waits when the run ends gets nothing.
 */
import type { FrameView } from '../../shared/frame.ts';
import type { Runner } from '../runners/runner.ts';

interface Waiting {
  readonly view: FrameView;
  readonly resolve: (bytes: Uint8Array | null) => void;
}

export class FrameRequests {
  #waiting: Waiting[] = [];
  #runner: Runner | undefined;

  pull(view: FrameView): Promise<Uint8Array | null> {
    return new Promise((resolve) => {
      this.#waiting.push({ view, resolve });
      if (this.#waiting.length === 1) this.#runner?.pullFrame(view);
    });
  }

  /** A round begins there: what is waited for is asked of it. */
  beginRound(runner: Runner): void {
    this.#runner = runner;
    const [first] = this.#waiting;
    if (first !== undefined) runner.pullFrame(first.view);
  }

  endRound(): void {
    this.#runner = undefined;
  }

  answer(bytes: Uint8Array): void {
    this.#waiting.shift()?.resolve(bytes);
    const [next] = this.#waiting;
    if (next !== undefined) this.#runner?.pullFrame(next.view);
  }

  endRun(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { resolve } of waiting) resolve(null);
  }
}
