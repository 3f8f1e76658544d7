/** `--adapter` of the commands that choose the kernels themselves: what runs on it, and a run on it. */
import { findKernel } from '../../kernels/catalog.ts';
import { missingFeatures } from '../shared/adapters.ts';
import type { Availability, Hello } from '../shared/contract.ts';
import { expected } from '../shared/expectation.ts';
import type { RunRequest } from '../shared/run.ts';
import { badValue } from './option-values.ts';

export const ADAPTER_OPTION = ['--adapter <id>', 'GPU adapter, as gslab doctor names it'] as const;

/** Without an adapter, what runs on any; with one, kernels that need what it lacks do not run. */
export function kernelsOn({ kernels, adapters }: Pick<Hello, 'kernels' | 'adapters'>, id: string | undefined): Availability[] {
  if (id === undefined) return kernels;
  const usable = adapters.filter((adapter) => adapter.usable);
  const adapter = usable.find((each) => each.id === id);
  if (adapter === undefined) throw badValue('--adapter', expected.oneOf(usable.map((each) => each.id)), id);
  return kernels.map((entry) => {
    const missing = missingFeatures(findKernel(entry.kernel) ?? {}, adapter);
    if (missing.length === 0 || !entry.available) return entry;
    return { kernel: entry.kernel, available: false, reason: 'feature-missing', detail: missing.join(', ') };
  });
}

export function onAdapter(request: RunRequest, id: string | undefined): RunRequest {
  if (id === undefined) return request;
  const isGpu = (kernel: string) => findKernel(kernel)?.backend === 'webgpu';
  return { ...request, variants: request.variants.map((variant) => (isGpu(variant.kernel) ? { ...variant, adapter: id } : variant)) };
}

/**
 * Where the processor plays the GPU's part, GPU kernels but those of `contenders` are left out. It does on the adapter asked
 * for, else the preferred one, else the first.
 */
export function onRealGpu(
  kernels: readonly Availability[],
  { adapters, preferences }: Pick<Hello, 'adapters' | 'preferences'>,
  id: string | undefined,
  contenders: readonly string[],
): Availability[] {
  const usable = adapters.filter((adapter) => adapter.usable);
  const adapter = [id, preferences.adapter].map((wanted) => usable.find((each) => each.id === wanted)).find(Boolean) ?? usable[0];
  return kernels.map((entry) => {
    const isGpu = findKernel(entry.kernel)?.backend === 'webgpu';
    if (!isGpu || !entry.available || adapter?.type !== 'software' || contenders.includes(entry.kernel)) return entry;
    return { kernel: entry.kernel, available: false, reason: 'software-gpu', detail: adapter.name };
  });
}
