/**
 * The real GPU runner over a driver with the fault that the environment names, for tests of what a fault costs. The GPU,
 * its device and its errors are real; only the moment is chosen. The product never starts this file.
 */
import type { FromRunner, ToRunner } from '../../electron/runner/protocol.ts';
import { serveRunner } from '../../electron/runner/serve.ts';
import { createWebgpuBackend } from '../../electron/runner/webgpu/backend.ts';
import { type Dawn, loadDawn } from '../../electron/runner/webgpu/dawn.ts';

export const GPU_FAULTS = [
  'none',
  /** Adapters are listed, and no device is given out for a run. */
  'refuses-device',
  /** The next buffer after the verification is as large as none can be. */
  'out-of-memory',
  /** A command that is not valid, while a batch is running. */
  'invalid-command',
  /** The device goes while a batch is running. */
  'loses-device',
  /** The process goes while a buffer is being mapped. */
  'killed-while-mapping',
] as const;
export type GpuFault = (typeof GPU_FAULTS)[number];

const fault = process.env.GSLAB_TEST_FAULT as GpuFault;
const BATCHES_BEFORE = 3;
/** Into a batch, which lasts at least 25 ms. */
const MILLISECONDS_INTO_BATCH = 5;

let device: GPUDevice | undefined;
let phase: 'before' | 'verified' | 'measuring' = 'before';

/** What `make` returns, changed by `change`. */
function changed<T extends object, Name extends keyof T>(object: T, name: Name, change: (original: T[Name]) => T[Name]): void {
  const original = object[name];
  Object.defineProperty(object, name, { value: change((original as (...words: unknown[]) => unknown).bind(object) as T[Name]) });
}

function watchBuffers(of: GPUDevice): void {
  changed(of, 'createBuffer', (create) => (descriptor) => {
    const size = fault === 'out-of-memory' && phase === 'verified' ? of.limits.maxBufferSize : descriptor.size;
    const buffer = create({ ...descriptor, size });
    changed(buffer, 'mapAsync', (map) => (...words) => {
      const mapping = map(...words);
      if (fault === 'killed-while-mapping' && phase === 'measuring') process.kill(process.pid, 'SIGKILL');
      return mapping;
    });
    return buffer;
  });
}

async function loadFaultyDawn(): Promise<Dawn> {
  const dawn = await loadDawn();
  const gpu: Dawn['gpu'] = (options) =>
    ({
      async requestAdapter(request) {
        const adapter = await dawn.gpu(options).requestAdapter(request);
        if (adapter === null) return null;
        changed(adapter, 'requestDevice', (requestDevice) => async (descriptor) => {
          // Listing an adapter asks for a device without limits of its own.
          if (descriptor?.requiredLimits !== undefined && fault === 'refuses-device') throw new Error('VK_ERROR_INITIALIZATION_FAILED');
          device = await requestDevice(descriptor);
          watchBuffers(device);
          return device;
        });
        return adapter;
      },
    }) as GPU;
  return { ...dawn, gpu };
}

function strike(): void {
  if (fault === 'loses-device') device?.destroy();
  // Only a copy's target may be mapped for reading.
  if (fault === 'invalid-command') device?.createBuffer({ size: 16, usage: 0x1 | 0x80 });
}

function send(message: FromRunner): void {
  if (message.type === 'verified') phase = 'verified';
  if (message.type === 'samples' && message.samples.at(-1)?.index === BATCHES_BEFORE - 1) {
    phase = 'measuring';
    setTimeout(strike, MILLISECONDS_INTO_BATCH);
  }
  process.send?.(message, () => {});
}

const service = serveRunner(async () => createWebgpuBackend(process.argv[3] ?? '', loadFaultyDawn), send);
process.on('message', (message) => service.receive(message as ToRunner));
process.on('disconnect', () => process.exit(0));
