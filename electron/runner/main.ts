/**
 * The runner child: `argv` is the backend and the resource root, the rest arrives over the IPC channel (`protocol.ts`).
 *
 * It lives exactly as long as that channel: when the engine goes, however it goes, nothing is left computing. A fault that
 * escapes every task is told as `trouble` and ends the process, since its state can no longer be trusted.
 */
import { setTimeout } from 'node:timers/promises';
import type { Backend } from '../../kernels/kernel.ts';
import { asTrouble } from '../shared/trouble.ts';
import type { RunnerBackend } from './backend.ts';
import type { FromRunner, ToRunner } from './protocol.ts';
import { serveRunner } from './serve.ts';

/** How long a native step may take to see the cancel before the process is ended under it. */
const LAST_WORD_MILLISECONDS = 500;

const LOADERS: Readonly<Record<Backend, (resourceRoot: string) => Promise<RunnerBackend>>> = {
  native: async (resourceRoot) => (await import('./native/backend.ts')).createNativeBackend(resourceRoot),
  webgpu: async (resourceRoot) => (await import('./webgpu/backend.ts')).createWebgpuBackend(resourceRoot),
  javascript: async () => (await import('./javascript/backend.ts')).createJavascriptBackend(),
};

function send(message: FromRunner): void {
  // The callback receives what would otherwise be an `error` event; the engine having gone is told by `disconnect`.
  if (process.connected) process.send?.(message, () => {});
}

function dieOf(error: unknown): void {
  const last: FromRunner = { type: 'trouble', trouble: asTrouble(error), last: true };
  if (!process.connected) process.exit(1);
  process.send?.(last, () => process.exit(1));
}

process.on('uncaughtException', dieOf);
process.on('unhandledRejection', dieOf);

const [backend = '', resourceRoot = ''] = process.argv.slice(2);
const load = LOADERS[backend as Backend];
if (process.send === undefined || load === undefined) {
  console.error('This is the runner of Gray-Scott Lab; the engine starts it with a backend and a folder.');
  process.exit(2);
}

const service = serveRunner(() => load(resourceRoot), send);
process.on('message', (message) => service.receive(message as ToRunner));
process.on('disconnect', async () => {
  const finished = await Promise.race([service.stop().then(() => true), setTimeout(LAST_WORD_MILLISECONDS, false)]);
  // `exit` waits for native threads, which would wait for a kernel that does not return.
  if (finished) process.exit(0);
  else process.kill(process.pid, 'SIGKILL');
});
