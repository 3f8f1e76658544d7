/** The micro-kernels of `native/src/ceilings`, driven like kernels. */
import { TroubleError } from '../../shared/trouble.ts';
import type { Ceiling, CeilingCase } from '../backend.ts';
import { type Addon, type AddonJob, addonTrouble, withinForcedIsa } from './addon.ts';

/** The triad moves bytes; which precision they are of makes no difference to memory. */
const TRIAD_PRECISION = 'f64';

/** What a job has and a micro-kernel does not look at. */
const NO_MODEL = {
  ...({ boundary: 'zero' } as const),
  ...{ a: 0, b: 0, diffusionU: 0, diffusionV: 0, feed: 0, kill: 0, dt: 1 },
  // Where the system puts the threads, as it does those of a run.
  ...{ pin: false, flushSubnormals: true },
};

function unavailable(one: CeilingCase, detail: string): TroubleError {
  return new TroubleError({ code: 'kernel-unavailable', kernel: one.kind, reason: 'isa-missing', detail });
}

function jobOf(addon: Addon, one: CeilingCase): AddonJob {
  const isasOf = (id: string) => withinForcedIsa(addon.info().ceilings.find((ceiling) => ceiling.id === id)?.isas ?? []);
  switch (one.kind) {
    case 'triad': {
      const { threads, streaming, valuesPerThread } = one;
      const isa = isasOf('triad').at(-1);
      if (isa === undefined) throw unavailable(one, 'none');
      const parameters = { stores: streaming ? 'streaming' : 'cached' };
      return { ...NO_MODEL, kernel: 'triad', isa, precision: TRIAD_PRECISION, threads, rows: threads, cols: valuesPerThread, parameters };
    }
    case 'compute': {
      const { unit, precision, operation, threads } = one;
      const isa = isasOf('peak').find((each) => unit === 'scalar' || each === unit);
      if (isa === undefined) throw unavailable(one, unit);
      const parameters = { operation, unit: unit === 'scalar' ? unit : 'vectors' };
      return { ...NO_MODEL, kernel: 'peak', isa, precision, threads, rows: threads, cols: 1, parameters };
    }
    default:
      throw unavailable(one, 'none');
  }
}

/** Rejects with a `TroubleError`. */
export async function openNativeCeiling(addon: Addon | undefined, one: CeilingCase): Promise<Ceiling> {
  if (addon === undefined) throw new TroubleError({ code: 'kernel-unavailable', kernel: one.kind, reason: 'addon-not-built', detail: '' });
  const job = jobOf(addon, one);
  const fail = (error: unknown): never => {
    throw new TroubleError(addonTrouble(error));
  };
  try {
    const workPerStep = addon.ceilingWork(job);
    const instance = new addon.Instance(job);
    return {
      workPerStep,
      step: (steps) => instance.step(steps).then((seconds) => ({ seconds }), fail),
      cancel: () => instance.cancel(),
      close: async () => instance.close(),
    };
  } catch (error) {
    return fail(error);
  }
}
