/**
 * The control of a run: which of its variants is measured twice in every round. Both times are the same competitor, so what
 * seems to differ between them is the machine's own noise.
 */
import { findKernel } from '../../../kernels/catalog.ts';
import { baselineOf } from '../../shared/baseline.ts';
import { hasControl, type ResolvedRequest, type VariantResult } from '../../shared/run.ts';

/** The exercise's baseline, else the first; undefined where there is none. */
export function controlVariantOf(request: ResolvedRequest): number | undefined {
  if (!hasControl(request)) return undefined;
  const variants = request.variants.map(
    (variant): VariantResult => ({ variant, backend: findKernel(variant.kernel)!.backend, status: 'waiting', samples: [] }),
  );
  return variants.indexOf(baselineOf({ request, variants })!);
}
