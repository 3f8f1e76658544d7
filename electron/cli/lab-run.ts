/**
 * The command line's way through the engine: a lab on a session that is kept or thrown away, and one run in it from
 * request to record with its progress shown. Ctrl-C cancels what goes on and lets everything close in order; a second
 * one leaves at once.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { APP_VERSION } from '../engine/app-version.ts';
import { Lab } from '../engine/lab.ts';
import type { More } from '../engine/run/queue.ts';
import type { RunRecord, RunRequest } from '../shared/run.ts';
import { formatSeconds } from '../shared/units.ts';
import { variantLabels } from '../shared/variants.ts';
import { cancelled, EXIT, sayingWhatIsKept } from './failure.ts';
import type { Terminal } from './terminal.ts';

/** What a Ctrl-C stops, innermost last. */
const stops: (() => void)[] = [];
let wasInterrupted = false;

function onSignal(): void {
  if (wasInterrupted) process.exit(EXIT.cancelled);
  wasInterrupted = true;
  stops.at(-1)?.();
}

/** Calls `stop` at a Ctrl-C during `work`, which is then to end soon; rejects with `cancelled` in that case. */
export async function interruptible<T>(stop: () => void, work: () => Promise<T>): Promise<T> {
  if (stops.push(stop) === 1) for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, onSignal);
  try {
    const result = await work();
    if (wasInterrupted) throw cancelled();
    return result;
  } finally {
    stops.pop();
    if (stops.length === 0) for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, onSignal);
  }
}

/** A lab on a session that nobody keeps. */
export async function withTemporaryLab<T>(use: (lab: Lab) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'gslab-'));
  try {
    return await sayingWhatIsKept(
      () => false,
      () => withLabAt(join(folder, 'temporary.gslab'), true, use),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A lab on a session that there is; what is measured goes into it. */
export const withLabOf = <T>(path: string, use: (lab: Lab) => Promise<T>): Promise<T> => withLabAt(path, false, use);

/** From before the session's file is made, a Ctrl-C ends the work in order. */
async function withLabAt<T>(path: string, create: boolean, use: (lab: Lab) => Promise<T>): Promise<T> {
  const interruption = Promise.withResolvers<never>();
  const work = async () => {
    const lab = await Lab.open({ appVersion: APP_VERSION, sessionPath: path, create });
    try {
      const using = use(lab);
      // When it loses the race it goes on until the lab is closed under it.
      using.catch(() => undefined);
      return await Promise.race([using, interruption.promise]);
    } finally {
      await lab.close();
    }
  };
  interruption.promise.catch(() => undefined);
  return interruptible(() => interruption.reject(cancelled()), work);
}

/**
 * A lab on a session that is kept under `path` once a run was recorded in it. Every finished sample is there at once;
 * only a file that is being replaced stays what it was until the end.
 */
export async function withKeptLab<T>(path: string, use: (lab: Lab) => Promise<T>): Promise<T> {
  const replaces = existsSync(path);
  const working = replaces ? join(dirname(path), `.${basename(path, '.gslab')}-${randomUUID()}.gslab`) : path;
  let hasRuns = false;
  try {
    const watched = async (lab: Lab) => {
      const leave = lab.events.on('runStarted', () => {
        hasRuns = true;
      });
      try {
        return await use(lab);
      } finally {
        leave();
      }
    };
    return await sayingWhatIsKept(
      () => hasRuns,
      () => withLabAt(working, true, watched),
    );
  } finally {
    if (!hasRuns) rmSync(working, { force: true });
    else if (replaces) renameSync(working, path);
  }
}

/** Runs the request to its end, showing progress. Rejects with `cancelled` after Ctrl-C. */
export function runToEnd(lab: Lab, request: RunRequest, terminal: Terminal): Promise<RunRecord> {
  return toEnd(lab, terminal, async () => (await lab.startRun(request)).runId);
}

/** Takes the run up again, to its end, in the same way. */
export function continueToEnd(lab: Lab, runId: number, more: More, terminal: Terminal): Promise<RunRecord> {
  return toEnd(lab, terminal, async () => {
    await lab.continueRun(runId, more);
    return runId;
  });
}

async function toEnd(lab: Lab, terminal: Terminal, begin: () => Promise<number>): Promise<RunRecord> {
  let labels: string[] = [];
  let rounds = 0;
  const leave = [
    lab.events.on('tuning', ({ kernel, fraction }) => terminal.progress({ label: `${kernel} ${terminal.word('tuning')}`, fraction })),
    lab.events.on('tuned', ({ kernel, parameters, seconds }) => {
      if (parameters === undefined) return;
      const setting = Object.entries(parameters).map((pair) => pair.join(' '));
      terminal.note(`${terminal.labelled('tuned', `${kernel}, ${setting.join(', ')}`)} (${formatSeconds(seconds, terminal.language)})`);
    }),
    lab.events.on('runStarted', ({ run }) => {
      labels = variantLabels(run.request.variants);
      ({ rounds } = run.request);
    }),
    lab.events.on('roundAdded', () => {
      rounds++;
    }),
    lab.events.on('runProgress', ({ variant, control, phase, round, fraction, secondsLeft, atMost }) => {
      const what = phase === 'running' ? `${terminal.word('round')} ${round + 1}/${rounds}` : terminal.word(phase);
      const label = [labels[variant], ...(control ? [terminal.word('control')] : []), what].join(' ');
      terminal.progress({ label, fraction, ...(secondsLeft === undefined ? {} : { secondsLeft }), ...(atMost && { atMost }) });
    }),
  ];
  terminal.beginProgress();
  try {
    const runId = await begin();
    return await interruptible(
      () => lab.cancelRun(runId),
      () => lab.waitForRun(runId),
    );
  } finally {
    for (const off of leave) off();
    terminal.clearProgress();
  }
}
