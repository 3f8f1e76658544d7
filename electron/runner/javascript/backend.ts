/**
 * The JavaScript kernel in a thread of its own, one thread per instance: V8 then compiles the loop for exactly one
 * precision, and closing the instance frees everything.
 *
 * The flush of subnormals cannot be set from JavaScript, so that part of a job has no effect here; nor has pinning.
 */
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { KERNELS } from '../../../kernels/catalog.ts';
import { bytesPerValue, type Field, type FieldArray, type Precision } from '../../../kernels/model.ts';
import { type Trouble, TroubleError } from '../../shared/trouble.ts';
import type { BackendReport, KernelInstance, KernelJob, RunnerBackend, StepTime } from '../backend.ts';
import type { WorkerAnswer, WorkerRequest, WorkerStart } from './worker.ts';

const KERNEL_IDS = KERNELS.filter((kernel) => kernel.backend === 'javascript').map((kernel) => kernel.id);
/** u and v, each twice. */
const STATE_ARRAYS = 4;

export function createJavascriptBackend(): RunnerBackend {
  return {
    probe: async (): Promise<BackendReport> => ({ kernels: KERNEL_IDS.map((kernel) => ({ kernel, available: true })), adapters: [] }),
    open: async (job) => JavascriptInstance.open(job),
    bytesNeeded: ({ grid, convention }) => STATE_ARRAYS * grid.rows * grid.cols * bytesPerValue(convention.precision),
  };
}

/**
 * From source the worker is the file beside this one; bundled it is an entry of its own in the folder of the runner's,
 * which is this file's folder or, when this file became a shared chunk, the one above.
 */
function workerFile(): URL {
  if (import.meta.url.endsWith('.ts')) return new URL('./worker.ts', import.meta.url);
  const bundled = ['./', '../'].map((folder) => new URL(`${folder}javascript-worker.mjs`, import.meta.url));
  return bundled.find((url) => existsSync(url)) ?? bundled[0]!;
}

class JavascriptInstance implements KernelInstance {
  readonly #worker: Worker;
  readonly #states: readonly [Field, Field];
  readonly #cancelled: Int32Array;
  #current: 0 | 1 = 0;
  #death: Trouble | undefined;
  #answer: ((answer: WorkerAnswer | Trouble) => void) | undefined;

  static async open(job: KernelJob): Promise<JavascriptInstance> {
    const { kernel } = job.variant;
    if (!KERNEL_IDS.includes(kernel)) throw new TroubleError({ code: 'unknown-kernel', received: kernel, known: KERNEL_IDS });
    const instance = new JavascriptInstance(job);
    await new Promise<void>((resolve, reject) => {
      instance.#worker.once('online', resolve);
      instance.#worker.once('error', (error) =>
        reject(new TroubleError({ code: 'runner-died', backend: 'javascript', detail: String(error) })),
      );
    });
    return instance;
  }

  private constructor({ grid, convention }: KernelJob) {
    const cells = grid.rows * grid.cols;
    const state = (): Field => ({ u: sharedArray(cells, convention.precision), v: sharedArray(cells, convention.precision) });
    this.#states = [state(), state()];
    this.#cancelled = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const workerData: WorkerStart = { states: this.#states, grid, convention, cancelled: this.#cancelled };
    this.#worker = new Worker(workerFile(), { workerData, execArgv: [] });
    this.#worker.on('message', (answer: WorkerAnswer) => this.#answer?.(answer));
    this.#worker.on('error', (error) => this.#die(String(error)));
    this.#worker.on('exit', (code) => this.#die(`the worker ended with code ${code}`));
  }

  #die(detail: string): void {
    this.#death ??= { code: 'runner-died', backend: 'javascript', detail };
    this.#answer?.(this.#death);
  }

  async load(start: Field): Promise<void> {
    Atomics.store(this.#cancelled, 0, 0);
    this.#current = 0;
    this.#states[0].u.set(start.u);
    this.#states[0].v.set(start.v);
  }

  async step(steps: number): Promise<StepTime> {
    if (this.#death !== undefined) throw new TroubleError(this.#death);
    const answer = await new Promise<WorkerAnswer | Trouble>((resolve) => {
      this.#answer = resolve;
      this.#worker.postMessage({ steps, current: this.#current } satisfies WorkerRequest);
    });
    this.#answer = undefined;
    if ('code' in answer) throw new TroubleError(answer);
    if (answer.seconds === null) throw new TroubleError({ code: 'cancelled' });
    if (steps % 2 === 1) this.#current = this.#current === 0 ? 1 : 0;
    return { seconds: answer.seconds };
  }

  async read(): Promise<Field> {
    const { u, v } = this.#states[this.#current];
    return { u: u.slice(), v: v.slice() };
  }

  cancel(): void {
    Atomics.store(this.#cancelled, 0, 1);
  }

  async close(): Promise<void> {
    this.cancel();
    await this.#worker.terminate();
  }
}

function sharedArray(length: number, precision: Precision): FieldArray {
  try {
    const memory = new SharedArrayBuffer(length * bytesPerValue(precision));
    return precision === 'f32' ? new Float32Array(memory) : new Float64Array(memory);
  } catch (error) {
    throw new TroubleError({ code: 'out-of-memory', detail: error instanceof Error ? error.message : String(error) });
  }
}
