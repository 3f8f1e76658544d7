/**
 * A runner child for tests of its supervision: the real service over a backend with the fault that the environment names.
 * The product never starts this file.
 */
import { writeSync } from 'node:fs';
import type { FromRunner, ToRunner } from '../../electron/runner/protocol.ts';
import { serveRunner } from '../../electron/runner/serve.ts';
import { createReferenceBackend } from './reference-backend.ts';

const fault = process.env.GSLAB_TEST_FAULT ?? 'none';
const send = (message: FromRunner) => void process.send?.(message, () => {});

const backend = createReferenceBackend({
  sleepPerStep: fault === 'none' ? 0.001 : 0.01,
  ...((fault === 'deaf-to-cancel' || fault === 'step-fails') && { fault }),
});
const service = serveRunner(async () => {
  if (fault === 'crash-at-probe') process.kill(process.pid, 'SIGSEGV');
  if (fault === 'killed-at-probe') {
    writeSync(process.stderr.fd, 'a driver hums along\n');
    process.kill(process.pid, 'SIGKILL');
  }
  if (fault === 'exit-at-probe') {
    console.error('the driver said no');
    process.exit(7);
  }
  return backend;
}, send);

process.on('message', (message) => {
  if (fault === 'silent') return;
  service.receive(message as ToRunner);
});
process.on('disconnect', () => process.exit(0));
if (fault === 'last-words') {
  process.once('message', () => {
    process.send?.({ type: 'trouble', trouble: { code: 'internal', detail: 'a fault\n  at some line' }, last: true }, () =>
      process.exit(1),
    );
  });
}
