/**
 * Steps between which the state crosses to the host and back, as the parameter `transfer` says (kernels/transfer.ts).
 * Whole planes cross as they lie on the GPU, so that nothing is converted inside the timed region.
 *
 * WebGPU has one queue: a copy takes its turn between two submits. What goes on at once in `async` is therefore the rest
 * of a crossing: waiting for the copy, mapping it, and taking it out into the host's own memory.
 */
import type { Field } from '../../../kernels/model.ts';
import type { Transfer } from '../../../kernels/transfer.ts';
import type { StepSpan } from '../backend.ts';
import type { Dawn } from './dawn.ts';
import { Landing } from './landing.ts';
import type { Rows, StateIndex, States } from './states.ts';

/** The instance that steps between the crossings. */
export interface Stepping {
  /** Resolves once all of these steps are submitted; `done` when they are over. */
  send(steps: number, isLast: boolean): Promise<{ readonly done: Promise<undefined> }>;
  /** The state after all that was sent. */
  readonly current: () => StateIndex;
  /** Ends early for a cancel or trouble; one wait at a time. */
  readonly waitFor: <T>(work: Promise<T>) => Promise<T>;
}

export type Crossing = Exclude<Transfer, 'once'>;

/** A plane of the state in the host's memory. */
interface Brought {
  readonly plane: number;
  readonly bytes: ArrayBuffer;
}

const bytesOf = ({ count, bytesPerRow }: Rows): number => count * bytesPerRow;

export class Transfers {
  readonly #device: GPUDevice;
  readonly #states: States;
  readonly #transfer: Crossing;
  readonly #stepsPerImage: number;
  /** Of `per-step` one for each plane; of images one for each that may be on its way at once. */
  readonly #landings: readonly Landing[];
  /** What the host has of the state as it is now. */
  #brought: readonly Brought[] = [];

  constructor(device: GPUDevice, dawn: Dawn, states: States, transfer: Crossing, stepsPerImage: number) {
    this.#device = device;
    this.#states = states;
    this.#transfer = transfer;
    this.#stepsPerImage = stepsPerImage;
    const planes = states.planes(0);
    const image = planes.at(-1)!;
    const landed = { 'per-step': planes, 'per-image': [image], async: [image, image] }[transfer];
    this.#landings = landed.map((rows) => new Landing(device, dawn, bytesOf(rows)));
  }

  /** Lengths of the stretches that `steps` are cut into. */
  stretches(steps: number): number[] {
    return [...new Set([Math.min(this.#stepsPerImage, steps), steps % this.#stepsPerImage].filter((length) => length > 0))];
  }

  /** After another state was loaded, with nothing on its way any more. */
  async begin(state: StateIndex): Promise<void> {
    this.#brought = [];
    if (this.#transfer === 'per-step') await this.#bringAll(state);
  }

  /** Resolves when no copy is on its way any more, whatever became of it. */
  async settled(): Promise<void> {
    await Promise.all(this.#landings.map(({ free }) => free));
  }

  /** Times are in seconds since the call. */
  async step(steps: number, stepping: Stepping): Promise<StepSpan[]> {
    this.#brought = [];
    const zero = performance.now();
    const clock = () => (performance.now() - zero) / 1000;
    const spans = this.#transfer === 'async' ? await this.#overlapped(steps, stepping, clock) : await this.#inTurn(steps, stepping, clock);
    return spans.sort((one, other) => one.begin - other.begin);
  }

  /** Puts what the host was brought in place of what was just read: what is verified is then the crossing too. */
  overlay(field: Field): void {
    for (const { plane, bytes } of this.#brought) this.#states.decode(plane, bytes, field);
  }

  destroy(): void {
    for (const landing of this.#landings) landing.destroy();
  }

  async #inTurn(steps: number, { send, current, waitFor }: Stepping, clock: () => number): Promise<StepSpan[]> {
    const whole = this.#transfer === 'per-step';
    const spans: StepSpan[] = [];
    for (let image = 0, left = steps; left > 0; image++) {
      const spent = async (what: StepSpan['what'], work: () => Promise<unknown>) => {
        const begin = clock();
        await waitFor(work());
        spans.push({ what, image, begin, end: clock() });
      };
      const stretch = Math.min(this.#stepsPerImage, left);
      left -= stretch;
      if (whole) await spent('upload', () => this.#uploadAll(current()));
      const begin = clock();
      const { done } = await send(stretch, left === 0);
      await waitFor(done);
      spans.push({ what: 'steps', image, begin, end: clock() });
      await spent('download', () => (whole ? this.#bringAll(current()) : this.#bringImage(current(), 0)));
    }
    return spans;
  }

  async #overlapped(steps: number, { send, current, waitFor }: Stepping, clock: () => number): Promise<StepSpan[]> {
    const spans: StepSpan[] = [];
    const onTheirWay: Promise<void>[] = [];
    let idleSince = 0;
    for (let image = 0, left = steps; left > 0; image++) {
      const slot = image % this.#landings.length;
      await waitFor(this.#landings[slot]!.free);
      const stretch = Math.min(this.#stepsPerImage, left);
      left -= stretch;
      const sent = clock();
      const { done } = await send(stretch, left === 0);
      const computed = done.then(() => {
        const begin = Math.max(sent, idleSince);
        idleSince = clock();
        spans.push({ what: 'steps', image, begin, end: idleSince });
        return idleSince;
      });
      const landed = this.#bringImage(current(), slot);
      const both = Promise.all([computed, landed]).then(([begin]) => void spans.push({ what: 'download', image, begin, end: clock() }));
      // Who waits for it is told; until then its failure must not end the process.
      both.catch(() => undefined);
      onTheirWay.push(both);
    }
    await waitFor(Promise.all(onTheirWay));
    return spans;
  }

  #uploadAll(state: StateIndex): Promise<undefined> {
    this.#states.planes(state).forEach((rows, plane) => {
      rows.write(0, rows.count, new Uint8Array(this.#landings[plane]!.bytes));
    });
    // As a blocking copy does it, so that its time is not counted as the step's.
    return this.#device.queue.onSubmittedWorkDone();
  }

  async #bringAll(state: StateIndex): Promise<void> {
    const planes = this.#states.planes(state);
    await Promise.all(planes.map((rows, plane) => this.#landings[plane]!.bring(rows)));
    this.#brought = planes.map((_, plane) => ({ plane, bytes: this.#landings[plane]!.bytes }));
  }

  /** Of V, or of both species where they lie in one texture. */
  async #bringImage(state: StateIndex, slot: number): Promise<void> {
    const planes = this.#states.planes(state);
    const landing = this.#landings[slot]!;
    await landing.bring(planes.at(-1)!);
    this.#brought = [{ plane: planes.length - 1, bytes: landing.bytes }];
  }
}
