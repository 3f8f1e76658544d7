/** When the state of a WebGPU kernel crosses between the host's memory and the GPU's. */
import type { ParameterValues } from './kernel.ts';

/**
 * `once`: uploaded before the timed steps and read after them. The others cross inside what is timed. `per-step`: u and v
 * before and after every step. `per-image`: an image of V after every `stepsPerImage` steps, which the next ones wait
 * for. `async`: the same image, brought back while the next steps go on.
 */
export const TRANSFERS = ['once', 'per-image', 'per-step', 'async'] as const;
export type Transfer = (typeof TRANSFERS)[number];

/** `once` for kernels that have no such parameter. */
export const transferOf = ({ transfer }: ParameterValues): Transfer => TRANSFERS.find((known) => known === transfer) ?? 'once';

export const DEFAULT_STEPS_PER_IMAGE = 32;

/** Steps between two crossings; undefined where the state crosses once. */
export function stepsPerTransfer(parameters: ParameterValues): number | undefined {
  switch (transferOf(parameters)) {
    case 'once':
      return undefined;
    case 'per-step':
      return 1;
    default:
      return Number(parameters.stepsPerImage ?? DEFAULT_STEPS_PER_IMAGE);
  }
}
