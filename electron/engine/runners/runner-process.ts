/**
 * One backend's child process, started when first needed and supervised from then on. A driver may crash it, a kernel may
 * hang it and a person may kill it: whatever was asked of it then fails with `runner-died` or `runner-silent`, and the
 * next request gets a fresh child. So does the request after trouble with the GPU or with memory, since what a driver
 * holds in a process is only given back with the process. Nothing is retried here: a round that died is a finding.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Backend } from '../../../kernels/kernel.ts';
import type { Grid } from '../../../kernels/model.ts';
import type { BackendReport, KernelJob } from '../../runner/backend.ts';
import type { CeilingsJob, FromRunner, MeasuredRate, RoundJob, ToRunner, VerifyJob } from '../../runner/protocol.ts';
import type { FrameView } from '../../shared/frame.ts';
import type { Verification } from '../../shared/run.ts';
import { TroubleError } from '../../shared/trouble.ts';
import { type CeilingsProgress, type RoundMessage, type RoundResult, type Runner, SPENDS_RUNNER } from './runner.ts';
import { runnerEnvironment } from './runner-environment.ts';

/** Silence before a runner is given up, beside the time of one very slow step. */
const SILENCE_SECONDS = 60;
/** Slower than any kernel of ours on any machine worth running on. */
const SLOWEST_CELLS_PER_SECOND = 1e6;
const CANCEL_SECONDS = 5;
/** For a child to end itself once its channel is closed. */
const END_MILLISECONDS = 1000;
const FIRST_BACK_OFF_MILLISECONDS = 250;
const LONGEST_BACK_OFF_MILLISECONDS = 5000;
const STDERR_CHARACTERS = 4000;
/** After the exit, how long the channel may still hold messages of a child that has died. */
const LAST_MESSAGES_MILLISECONDS = 500;

export interface RunnerProcessOptions {
  readonly entry: string;
  readonly resourceRoot: string;
  /** Variables to add to the cleaned environment, asked for at each start. */
  readonly environment?: () => Promise<Record<string, string> | null>;
  readonly silenceSeconds?: number;
  readonly cancelSeconds?: number;
}

/** What the child is busy with. */
interface Exchange {
  cancelled: boolean;
  receive(message: FromRunner): void;
  fail(error: TroubleError): void;
  /** Restarts the wait for a sign of life. */
  heard(): void;
}

interface Child {
  readonly process: ChildProcess;
  stderr: string;
  /** What it said of its own end. */
  fault?: string;
}

function silenceSeconds(base: number, grid: Grid): number {
  return base + (grid.rows * grid.cols) / SLOWEST_CELLS_PER_SECOND;
}

/** Whether the child that says this is of no more use: its driver has failed it, or what it looked for once is missing. */
function isSpentAfter(message: FromRunner): boolean {
  if (message.type === 'trouble') return SPENDS_RUNNER.has(message.trouble.code);
  return message.type === 'probed' && !message.report.kernels.some(({ available }) => available);
}

/** Ends the child. It ends itself when the channel closes; the kill is for one that cannot. */
async function endOf({ process: child }: Child): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  if (child.connected) child.disconnect();
  if (await Promise.race([exited.then(() => true), sleep(END_MILLISECONDS, false)])) return;
  child.kill('SIGKILL');
  await exited;
}

export class RunnerProcess implements Runner {
  readonly #backend: Backend;
  readonly #options: RunnerProcessOptions;
  #child: Child | undefined;
  #exchange: Exchange | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  /** The end of the child before this one, when it was replaced: two at once might not find the memory. */
  #ending: Promise<void> = Promise.resolve();
  /** Deaths since the last request that was answered. */
  #deaths = 0;
  #closed = false;

  constructor(backend: Backend, options: RunnerProcessOptions) {
    this.#backend = backend;
    this.#options = options;
  }

  /** Of the living child; undefined between two. */
  get pid(): number | undefined {
    return this.#child?.process.pid;
  }

  async probe(): Promise<BackendReport> {
    const answer = await this.#ask({ type: 'probe' }, this.#silence, 'probed');
    return answer.report;
  }

  async bytesNeeded(job: KernelJob): Promise<number> {
    const answer = await this.#ask({ type: 'size', job }, this.#silence, 'sized');
    return answer.bytes;
  }

  async round(job: RoundJob, onMessage: (message: RoundMessage) => void): Promise<RoundResult> {
    const { field, state } = await this.#ask({ type: 'round', job }, silenceSeconds(this.#silence, job.grid), 'roundDone', onMessage);
    return { field, ...(state !== undefined && { state }) };
  }

  async verify(job: VerifyJob): Promise<Verification> {
    const answer = await this.#ask({ type: 'verify', job }, silenceSeconds(this.#silence, job.grid), 'verifyDone');
    return answer.verification;
  }

  async ceilings(job: CeilingsJob, onProgress: (progress: CeilingsProgress) => void): Promise<readonly (MeasuredRate | null)[]> {
    const answer = await this.#ask({ type: 'ceilings', job }, this.#silence, 'ceilingsDone', onProgress);
    return answer.rates;
  }

  cancel(): void {
    const exchange = this.#exchange;
    if (exchange === undefined || exchange.cancelled) return;
    exchange.cancelled = true;
    this.#send({ type: 'cancel' });
    const patience = setTimeout(() => this.#exchange === exchange && this.#kill(), 1000 * (this.#options.cancelSeconds ?? CANCEL_SECONDS));
    patience.unref();
  }

  pullFrame(view: FrameView): void {
    this.#send({ type: 'pullFrame', view });
  }

  /** Ends the child at once; what was asked of it fails. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([this.#ending, this.#child && endOf(this.#child)]);
  }

  get #silence(): number {
    return this.#options.silenceSeconds ?? SILENCE_SECONDS;
  }

  /** Sends one request after those before it and waits for the answer of the given type. */
  #ask<T extends FromRunner['type'], M extends RoundMessage | CeilingsProgress>(
    message: ToRunner,
    silence: number,
    type: T,
    onMessage: (message: M) => void = () => {},
  ): Promise<Extract<FromRunner, { type: T }>> {
    const turn = this.#queue.then(() => this.#exchangeOne(message, silence, type, onMessage));
    this.#queue = turn.catch(() => {});
    return turn;
  }

  async #exchangeOne<T extends FromRunner['type'], M extends RoundMessage | CeilingsProgress>(
    request: ToRunner,
    silence: number,
    type: T,
    onMessage: (message: M) => void,
  ): Promise<Extract<FromRunner, { type: T }>> {
    let timer: NodeJS.Timeout | undefined;
    const answered = Promise.withResolvers<Extract<FromRunner, { type: T }>>();
    // The rejection may come before anything awaits it.
    answered.promise.catch(() => {});
    const exchange: Exchange = {
      cancelled: false,
      fail: (error) => answered.reject(exchange.cancelled ? new TroubleError({ code: 'cancelled' }) : error),
      heard: () => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          exchange.fail(new TroubleError({ code: 'runner-silent', backend: this.#backend, seconds: silence }));
          this.#kill();
        }, 1000 * silence);
      },
      receive: (message) => {
        exchange.heard();
        if (isSpentAfter(message)) this.#retire();
        if (message.type === type) answered.resolve(message as Extract<FromRunner, { type: T }>);
        else if (message.type === 'trouble') exchange.fail(new TroubleError(message.trouble));
        else onMessage(message as M);
      },
    };
    this.#exchange = exchange;
    try {
      await this.#startIfNeeded();
      if (exchange.cancelled) throw new TroubleError({ code: 'cancelled' });
      exchange.heard();
      this.#send(request);
      const answer = await answered.promise;
      this.#deaths = 0;
      return answer;
    } finally {
      clearTimeout(timer);
      this.#exchange = undefined;
    }
  }

  #send(message: ToRunner): void {
    // A channel that closes meanwhile is told by the exit; the callback keeps it from becoming an `error` event.
    if (this.#child?.process.connected) this.#child.process.send(message, () => {});
  }

  #kill(): void {
    this.#child?.process.kill('SIGKILL');
  }

  /** Lets the child go, between two requests; the next one starts another. */
  #retire(): void {
    if (this.#child === undefined) return;
    this.#ending = endOf(this.#child);
    this.#child = undefined;
  }

  async #startIfNeeded(): Promise<void> {
    if (this.#child !== undefined) return;
    if (this.#deaths > 1) await sleep(Math.min(FIRST_BACK_OFF_MILLISECONDS * 2 ** (this.#deaths - 2), LONGEST_BACK_OFF_MILLISECONDS));
    await this.#ending;
    const added = await this.#options.environment?.();
    if (this.#closed) throw new TroubleError({ code: 'runner-died', backend: this.#backend, detail: 'closed' });
    const { entry, resourceRoot } = this.#options;
    const spawned = fork(entry, [this.#backend, resourceRoot], {
      execPath: process.execPath,
      execArgv: [],
      serialization: 'advanced',
      env: { ...runnerEnvironment(process.env), ...added },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      windowsHide: true,
    });
    const child: Child = { process: spawned, stderr: '' };
    this.#child = child;
    spawned.stderr?.setEncoding('utf8').on('data', (text: string) => {
      child.stderr = (child.stderr + text).slice(-STDERR_CHARACTERS);
    });
    spawned.on('message', (message) => this.#receive(child, message as FromRunner));
    spawned.on('error', (error) => this.#died(child, error.message));
    spawned.on('exit', (code, signal) => this.#drained(child).then(() => this.#died(child, signal ?? `exit code ${code}`)));
  }

  #receive(child: Child, message: FromRunner): void {
    // Its last words are told with its death, so that nothing more is asked of it meanwhile.
    if (message.type === 'trouble' && message.last)
      child.fault = 'detail' in message.trouble ? message.trouble.detail : message.trouble.code;
    else if (this.#child === child) this.#exchange?.receive(message);
  }

  /** The last messages of a dead child, which hold finished samples, may still wait in the channel. */
  async #drained({ process }: Child): Promise<void> {
    if (!process.connected) return;
    const patience = new AbortController();
    const disconnected = new Promise((resolve) => process.once('disconnect', resolve));
    await Promise.race([disconnected, sleep(LAST_MESSAGES_MILLISECONDS, undefined, { signal: patience.signal }).catch(() => {})]);
    patience.abort();
  }

  #died(child: Child, how: string): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    this.#deaths++;
    // What is killed from outside says nothing: its last line is about something else.
    const said = how === 'SIGKILL' ? '' : child.stderr.trim().split('\n').at(-1);
    const lastWords = child.fault?.split('\n')[0] ?? said;
    const detail = lastWords ? `${how}: ${lastWords}` : how;
    this.#exchange?.fail(new TroubleError({ code: 'runner-died', backend: this.#backend, detail }));
  }
}
