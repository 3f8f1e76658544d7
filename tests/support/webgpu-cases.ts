/** What the tests of the WebGPU backend do with it, in the process that has the GPU. Troubles come back as data. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BackendReport, KernelInstance, KernelJob, StepTime } from '../../electron/runner/backend.ts';
import { listAdapters } from '../../electron/runner/webgpu/adapters.ts';
import { createWebgpuBackend, type WebgpuBackend } from '../../electron/runner/webgpu/backend.ts';
import { FMA } from '../../electron/runner/webgpu/ceiling-kernels.ts';
import { loadDawn } from '../../electron/runner/webgpu/dawn.ts';
import { openDevice } from '../../electron/runner/webgpu/device.ts';
import type { FrameView } from '../../electron/shared/frame.ts';
import { makeFrame } from '../../electron/shared/frame-make.ts';
import { asTrouble, type Trouble } from '../../electron/shared/trouble.ts';
import { findKernel } from '../../kernels/catalog.ts';
import type { ParameterValue } from '../../kernels/kernel.ts';
import { type Convention, DEFAULT_CONVENTION, type Field, type Grid, seedField } from '../../kernels/model.ts';
import { referenceRun } from '../../kernels/reference.ts';
import { differenceOfFields } from './largest-difference.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const backend = createWebgpuBackend(ROOT);

export interface CaseJob {
  readonly kernel: string;
  readonly grid: Grid;
  readonly convention?: Partial<Convention>;
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  readonly adapter?: string;
}

function jobOf({ kernel, grid, convention, parameters, adapter }: CaseJob): KernelJob {
  return {
    variant: { kernel, precision: 'f32', threads: 1, parameters: { ...parameters }, ...(adapter === undefined ? {} : { adapter }) },
    convention: { ...DEFAULT_CONVENTION, seed: 'patch', ...convention },
    grid,
    flushSubnormals: true,
    pin: false,
  };
}

const troubleOf = (promise: Promise<unknown>): Promise<Trouble | null> => promise.then(() => null, asTrouble);

export function probe(): Promise<BackendReport> {
  return backend.probe();
}

/** Largest difference from the reference after the given numbers of steps, one call of `step` each; null when not a number. */
export function differenceFromReference(request: CaseJob, stepCalls: readonly number[]): Promise<number | null> {
  return differenceOn(backend, request, stepCalls);
}

/**
 * The same of a kernel of halves whose text says f32 wherever it says f16: what it computes beside the rounding, its padded
 * rows included, where no adapter has halves.
 */
export async function differenceWithoutHalves(request: CaseJob, stepCalls: readonly number[]): Promise<number | null> {
  const { storage: _, gpu, ...kernel } = findKernel(request.kernel)!;
  const root = await mkdtemp(join(tmpdir(), 'gslab-single-'));
  try {
    const source = await readFile(join(ROOT, kernel.source), 'utf8');
    await mkdir(join(root, dirname(kernel.source)), { recursive: true });
    await writeFile(join(root, kernel.source), source.replace('enable f16;', '').replaceAll(/\bf16\b/g, 'f32'));
    const { state: _, features: __, ...host } = { ...gpu, rowMultiple: 2 };
    return await differenceOn(createWebgpuBackend(root, loadDawn, [{ ...kernel, gpu: host }]), request, stepCalls);
  } finally {
    await rm(root, { recursive: true });
  }
}

async function differenceOn(on: WebgpuBackend, request: CaseJob, stepCalls: readonly number[]): Promise<number | null> {
  const job = jobOf(request);
  const instance = await on.open(job);
  const start = seedField(job.grid, job.convention.seed, 'f32');
  await instance.load(start);
  for (const steps of stepCalls) await instance.step(steps);
  const field = await instance.read();
  await instance.close();
  const steps = stepCalls.reduce((sum, each) => sum + each, 0);
  return differenceOfFields(field, reference(job, start, steps));
}

/** Of the convention's seed, by what it depends on: the kernels share conventions and grids. */
const references = new Map<string, Field>();

function reference({ grid, convention }: KernelJob, start: Field, steps: number): Field {
  const key = JSON.stringify([grid, convention, steps]);
  let field = references.get(key);
  if (field === undefined) {
    field = referenceRun(start, grid, convention, steps);
    references.set(key, field);
  }
  return field;
}

/**
 * The frames of a run at its seed and after each call of `step`, one by the instance, undefined where it leaves it to a
 * read, and one of what is read.
 */
export async function framesOfRun(
  request: CaseJob,
  stepCalls: readonly number[],
  view: FrameView,
  framesOnSoftware: boolean,
): Promise<{ readonly made: Uint8Array | undefined; readonly expected: Uint8Array }[]> {
  const job = jobOf(request);
  const ofFrames = createWebgpuBackend(ROOT, loadDawn, undefined, framesOnSoftware);
  const instance = await ofFrames.open(job);
  await instance.load(seedField(job.grid, job.convention.seed, 'f32'));
  const frames: { made: Uint8Array | undefined; expected: Uint8Array }[] = [];
  for (const steps of [0, ...stepCalls]) {
    if (steps > 0) await instance.step(steps);
    const place = { runId: 4, variant: 2, round: 1, step: steps };
    const made = await instance.frame?.(view, place);
    frames.push({ made, expected: makeFrame(await instance.read(), job.grid, view, place) });
  }
  await instance.close();
  ofFrames.destroyDevices();
  return frames;
}

/** What one call of `step` says it spent its time on. */
export async function timeOf(request: CaseJob, steps: number): Promise<StepTime> {
  const job = jobOf(request);
  const instance = await backend.open(job);
  await instance.load(seedField(job.grid, job.convention.seed, 'f32'));
  const time = await instance.step(steps);
  await instance.close();
  return time;
}

/** The trouble that opening ends in. */
export function troubleOfOpening(request: CaseJob, resourceRoot = ROOT): Promise<Trouble | null> {
  return troubleOf(createWebgpuBackend(resourceRoot).open(jobOf(request)));
}

const ENDLESS = 1_000_000_000;

async function interrupted(request: CaseJob, interrupt: (instance: KernelInstance) => void) {
  const job = jobOf(request);
  const instance = await backend.open(job);
  await instance.load(seedField(job.grid, job.convention.seed, 'f32'));
  setTimeout(() => interrupt(instance), 50);
  const trouble = await troubleOf(instance.step(ENDLESS));
  return { instance, trouble };
}

/** Cancels a run without end; `again` is whether the same instance steps after a new `load`. */
export async function cancelEndlessRun(
  request: CaseJob,
): Promise<{ trouble: Trouble | null; nextStep: Trouble | null; again: Trouble | null }> {
  const { instance, trouble } = await interrupted(request, (running) => running.cancel());
  const nextStep = await troubleOf(instance.step(1));
  await instance.load(seedField(request.grid, 'patch', 'f32'));
  const again = await troubleOf(instance.step(1));
  await instance.close();
  return { trouble, nextStep, again };
}

/** Loses the device in the middle of a run without end, and opens another instance. */
export async function loseDeviceInMidRun(request: CaseJob): Promise<{ trouble: Trouble | null; next: number | null }> {
  const { instance, trouble } = await interrupted(request, () => backend.destroyDevices());
  await instance.close();
  return { trouble, next: await differenceFromReference(request, [5]) };
}

/** Two invalid commands and a lost device in a row: what is kept, and how often it is told. */
export async function watchSeveralErrors(): Promise<{ told: number; trouble: Trouble | undefined }> {
  const dawn = await loadDawn();
  const { adapters } = await listAdapters(dawn);
  const watched = await openDevice(adapters[0]!);
  let told = 0;
  watched.onTrouble = () => told++;
  for (let again = 0; again < 2; again++)
    watched.device.createBuffer({ size: 16, usage: dawn.GPUBufferUsage.MAP_READ | dawn.GPUBufferUsage.STORAGE });
  await watched.device.queue.onSubmittedWorkDone();
  watched.device.destroy();
  await watched.device.lost;
  return { told, trouble: watched.trouble };
}

/** What one step of a micro-kernel of the first adapter does, and that it takes time; or why it does not run. */
export async function ceiling(kind: 'copy' | 'gpu-fma', adapter: string): Promise<{ workPerStep: number; seconds: number } | Trouble> {
  try {
    const opened = await backend.openCeiling!({ kind, adapter });
    const { seconds } = await opened.step(2);
    await opened.close();
    return { workPerStep: opened.workPerStep, seconds };
  } catch (error) {
    return asTrouble(error);
  }
}

/** What the multiplying and adding kernel leaves of `u` after so many rounds, v being 0 or not. */
export async function multipliedAndAdded(u: readonly number[], rounds: number): Promise<number[]> {
  const grid = { rows: 1, cols: u.length };
  const own = createWebgpuBackend(ROOT, loadDawn, [FMA]);
  const instance = await own.open(
    jobOf({ kernel: FMA.id, grid, convention: { boundary: DEFAULT_CONVENTION.boundary }, parameters: { rounds } }),
  );
  await instance.load({ u: Float32Array.from(u), v: Float32Array.from(u, (_, at) => at) });
  await instance.step(1);
  const field = await instance.read();
  await instance.close();
  own.destroyDevices();
  return [...field.u];
}

/** Leaves an instance open, with work on its way, for the process to end under. */
export async function leaveWorkRunning(request: CaseJob): Promise<void> {
  const job = jobOf(request);
  const instance = await backend.open(job);
  await instance.load(seedField(job.grid, job.convention.seed, 'f32'));
  instance.step(ENDLESS).catch(() => undefined);
}
