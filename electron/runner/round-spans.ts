/**
 * What a round on a GPU spent its time on besides the steps: compiling, and the state's crossings between host and GPU.
 * Only what a backend tells is recorded; where the state crosses once, its upload and its way back lie around the steps.
 */
import { transferOf } from '../../kernels/transfer.ts';
import type { Span } from '../shared/run.ts';
import type { KernelInstance, StepTime } from './backend.ts';
import type { RoundPort } from './measure.ts';
import type { RoundJob } from './protocol.ts';

/** Of later images nothing is recorded: there are enough for every median, and a session stays small. */
const MOST_IMAGES = 1000;

export class RoundSpans {
  readonly #round: number;
  readonly #port: RoundPort;
  /** What crosses once, around the steps. */
  readonly #around: boolean;
  /** By the clock of `performance.now()`, in milliseconds; set by the first span. */
  #zero: number | undefined;
  readonly #compileSeconds: number;
  #images = 0;

  constructor({ round, variant, images }: RoundJob, { compileSeconds }: KernelInstance, port: RoundPort) {
    this.#round = round;
    this.#port = port;
    // A round with images tells its own.
    this.#around = compileSeconds !== undefined && images === undefined && transferOf(variant.parameters) === 'once';
    // Later rounds find the kernel compiled.
    this.#compileSeconds = round === 0 && images === undefined ? (compileSeconds ?? 0) : 0;
  }

  /** Does what crosses once, and records how long it took. */
  async around<T>(what: 'upload' | 'download', work: () => Promise<T>): Promise<T> {
    if (!this.#around) return work();
    const began = performance.now();
    const result = await work();
    this.#send(began, [{ what, image: 0, begin: 0, end: (performance.now() - began) / 1000 }]);
    return result;
  }

  /** After a call of `step`, which `began` by the clock of `performance.now()`. */
  stepped(began: number, { seconds, spans }: StepTime): void {
    if (spans !== undefined) {
      const first = this.#images;
      this.#images += 1 + Math.max(...spans.map(({ image }) => image));
      const kept = spans.filter(({ image }) => first + image < MOST_IMAGES);
      if (kept.length > 0)
        this.#send(
          began,
          kept.map((span) => ({ ...span, image: first + span.image })),
        );
    } else if (this.#around && this.#images < MOST_IMAGES) {
      this.#send(began, [{ what: 'steps', image: this.#images++, begin: 0, end: seconds }]);
    }
  }

  #send(began: number, spans: readonly Omit<Span, 'round'>[]): void {
    const round = this.#round;
    const compiled: Span[] = [];
    if (this.#zero === undefined) {
      this.#zero = began - 1000 * this.#compileSeconds;
      if (this.#compileSeconds > 0) compiled.push({ round, what: 'compile', image: 0, begin: 0, end: this.#compileSeconds });
    }
    const offset = (began - this.#zero) / 1000;
    const placed = spans.map((span): Span => ({ ...span, round, begin: offset + span.begin, end: offset + span.end }));
    this.#port.send({ type: 'spans', spans: [...compiled, ...placed] });
  }
}
