/**
 * One round, the same for every backend: verify if asked, warm up on a scratch run, reload the seed, then exactly the
 * steps asked for, in timed batches. Only `KernelInstance.step` is timed; frames, messages and reads happen between batches.
 */
import type { Field } from '../../kernels/model.ts';
import type { FrameView } from '../shared/frame.ts';
import { makeFrame } from '../shared/frame-make.ts';
import type { Sample } from '../shared/run.ts';
import type { KernelInstance, KernelJob, RunnerBackend } from './backend.ts';
import { atLeastResolution, nextBatch, Pace, stepsPerSweep, warmUp, wholeSubmits } from './batches.ts';
import { type Crossing, loadSeed, readSummary, summariseField } from './field-bands.ts';
import { timeImages } from './image-steps.ts';
import { nextTurn } from './next-turn.ts';
import { type Observer, withObserver } from './observe.ts';
import type { FromRunner, RoundJob } from './protocol.ts';
import { RoundSpans } from './round-spans.ts';
import { verificationGrid, verificationSteps, verifyKernel } from './verify.ts';
import { withInstance } from './with-instance.ts';

const PROGRESS_MILLISECONDS = 100;

/** The measuring loop's side of the channel to the engine. */
export interface RoundPort {
  send(message: FromRunner): void;
  /** The view that a client waits for, handed out once. */
  takeView(): FrameView | undefined;
}

type Progress = Extract<FromRunner, { type: 'progress' }>;

/** Progress at most ten times a second; a new phase is told at once. */
function progressReporter(port: RoundPort): (phase: Progress['phase'], step: number, secondsPerStep?: number) => void {
  let toldAt = Number.NEGATIVE_INFINITY;
  let toldPhase: Progress['phase'] | undefined;
  return (phase, step, secondsPerStep) => {
    const now = performance.now();
    if (phase === toldPhase && now - toldAt < PROGRESS_MILLISECONDS) return;
    toldAt = now;
    toldPhase = phase;
    port.send({ type: 'progress', phase, step, ...(secondsPerStep !== undefined && { secondsPerStep }) });
  };
}

/** Reads into the same memory each time: fresh pages cost more than the copy. */
function fieldReader(instance: KernelInstance): () => Promise<Field> {
  let field: Field | undefined;
  return async () => {
    field = await instance.read(field);
    return field;
  };
}

/** Makes a frame when one is asked for. */
function frameMaker(instance: KernelInstance, read: () => Promise<Field>, job: RoundJob, port: RoundPort): (step: number) => Promise<void> {
  return async (step) => {
    const view = job.display ? port.takeView() : undefined;
    if (view === undefined) return;
    const place = { runId: job.runId, variant: job.variantIndex, round: job.round, step };
    const bytes = (await instance.frame?.(view, place)) ?? makeFrame(await read(), job.grid, view, place);
    port.send({ type: 'frame', bytes });
  };
}

/** A shorter round is shown at its end alone: a display that is given its start asks again when all is over. */
const SHORT_ROUND_SECONDS = 0.25;

/** Sends a sample after each batch: what has been measured must survive the death of this process. */
async function timeSteps(
  instance: KernelInstance,
  job: RoundJob,
  pace: Pace,
  signal: AbortSignal,
  port: RoundPort,
  observer: Observer | undefined,
  spans: RoundSpans,
  onProgress: (step: number, secondsPerStep: number) => void,
): Promise<void> {
  let done = 0;
  let total = 0;
  const read = fieldReader(instance);
  const offerFrame = frameMaker(instance, read, job, port);
  const observe = async () => {
    if (observer !== undefined && done % observer.every === 0) await observer.observe(done, await read());
  };
  await observe();
  if (!(job.steps * pace.secondsPerStep < SHORT_ROUND_SECONDS)) await offerFrame(done);
  port.send({ type: 'timing' });
  for (let index = 0; done < job.steps; index++) {
    const end = observer === undefined ? job.steps : Math.min(job.steps, done - (done % observer.every) + observer.every);
    const steps = nextBatch(end - done, pace.secondsPerStep, wholeSubmits(job.variant, pace.secondsPerStep));
    const began = performance.now();
    const time = await instance.step(steps);
    const seconds = atLeastResolution(time.seconds);
    done += steps;
    total += seconds;
    pace.add(steps, seconds);
    const { gpuSeconds, stepsPerSubmit } = time;
    const sample: Sample = {
      ...{ round: job.round, index, steps, seconds },
      ...(gpuSeconds !== undefined && { gpuSeconds }),
      ...(stepsPerSubmit !== undefined && { stepsPerSubmit }),
    };
    port.send({ type: 'samples', samples: [sample] });
    spans.stepped(began, time);
    onProgress(done, total / done);
    await nextTurn(signal);
    await observe();
    await offerFrame(done);
  }
}

/** Runs one round and ends with `roundDone`. Rejects with a `TroubleError`, `cancelled` once the signal is set. */
export async function measureRound(backend: RunnerBackend, job: RoundJob, signal: AbortSignal, port: RoundPort): Promise<void> {
  const progress = progressReporter(port);
  const { variant, convention, grid, flushSubnormals, pin } = job;
  const kernelJob: KernelJob = { variant, convention, grid, flushSubnormals, pin };
  if (job.verify) {
    progress('verifying', 0);
    const small = { ...kernelJob, grid: verificationGrid(variant) };
    const steps = verificationSteps(variant, small.grid);
    port.send({ type: 'verified', verification: await verifyKernel(backend, small, steps, signal) });
  }
  progress('warming', 0);
  const { summary, state } = await withInstance(backend, kernelJob, signal, async (instance) => {
    const spans = new RoundSpans(job, instance, port);
    const upload: Crossing = (work) => spans.around('upload', work);
    const download: Crossing = (work) => spans.around('download', work);
    await loadSeed(instance, kernelJob, job.warmUp ? undefined : upload);
    let pace = new Pace();
    if (job.warmUp) {
      pace = await warmUp(instance, stepsPerSweep(variant), signal, (secondsPerStep) => progress('warming', 0, secondsPerStep));
      await loadSeed(instance, kernelJob, upload);
    }
    const onProgress = (step: number, secondsPerStep: number) => progress('running', step, secondsPerStep);
    const { images, observe } = job;
    const time = (observer?: Observer) => timeSteps(instance, job, pace, signal, port, observer, spans, onProgress);
    if (images !== undefined) await timeImages(instance, { ...job, images }, signal, port, onProgress);
    else if (observe !== undefined) await withObserver(backend, { ...job, observe }, signal, port, time);
    else await time();
    if (!job.wantField) return { summary: await readSummary(instance, kernelJob, job.steps, download) };
    const state = await download(() => instance.read());
    return { summary: summariseField(state, grid, job.steps), state };
  });
  port.send({ type: 'roundDone', field: summary, ...(state && { state }) });
}
