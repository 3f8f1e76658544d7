/**
 * Answers the engine's messages with a backend, one task at a time and in order. Every task ends in exactly one
 * answer: its own, or `trouble`; nothing is ever thrown out of here.
 */
import type { FrameView } from '../shared/frame.ts';
import { asTrouble } from '../shared/trouble.ts';
import type { RunnerBackend } from './backend.ts';
import { measureCeilings } from './ceilings.ts';
import { measureRound, type RoundPort } from './measure.ts';
import { bytesToObserve } from './observe.ts';
import type { FromRunner, ToRunner } from './protocol.ts';
import { verifyKernel } from './verify.ts';

type Task = Extract<ToRunner, { type: 'probe' | 'size' | 'round' | 'verify' | 'ceilings' }>;

export interface RunnerService {
  receive(message: ToRunner): void;
  /** Cancels what is in progress; resolves when nothing is. */
  stop(): Promise<void>;
}

export function serveRunner(openBackend: () => Promise<RunnerBackend>, send: (message: FromRunner) => void): RunnerService {
  let backend: Promise<RunnerBackend> | undefined;
  let view: FrameView | undefined;
  let queue: Promise<void> = Promise.resolve();
  const unfinished = new Set<AbortController>();
  const port: RoundPort = {
    send,
    takeView: () => {
      const taken = view;
      view = undefined;
      return taken;
    },
  };

  async function perform(task: Task, signal: AbortSignal): Promise<void> {
    backend ??= openBackend();
    const opened = await backend;
    switch (task.type) {
      case 'probe':
        return send({ type: 'probed', report: await opened.probe() });
      case 'size':
        await opened.requireFit?.(task.job);
        return send({ type: 'sized', bytes: opened.bytesNeeded(task.job) + bytesToObserve(opened, task.job) });
      case 'round':
        return measureRound(opened, task.job, signal, port);
      case 'ceilings':
        return send({ type: 'ceilingsDone', rates: await measureCeilings(opened, task.job, signal, { send }) });
      case 'verify': {
        const { id, steps, ...job } = task.job;
        const verification = await verifyKernel(opened, { ...job, flushSubnormals: true, pin: false }, steps, signal);
        return send({ type: 'verifyDone', id, verification });
      }
    }
  }

  async function answer(task: Task, controller: AbortController): Promise<void> {
    try {
      await perform(task, controller.signal);
    } catch (error) {
      send({ type: 'trouble', trouble: asTrouble(error) });
    } finally {
      unfinished.delete(controller);
      // A view asked for during this round is no business of the next one, which may belong to another client.
      view = undefined;
      const opened = await backend?.catch(() => undefined);
      opened?.tidy?.();
    }
  }

  return {
    receive(message) {
      switch (message.type) {
        case 'cancel':
          for (const controller of unfinished) controller.abort();
          return;
        case 'pullFrame':
          view = message.view;
          return;
        default: {
          const controller = new AbortController();
          unfinished.add(controller);
          queue = queue.then(() => answer(message, controller));
        }
      }
    },
    stop() {
      for (const controller of unfinished) controller.abort();
      return queue;
    },
  };
}
