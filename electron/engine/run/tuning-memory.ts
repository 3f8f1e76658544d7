/**
 * The tunings found on this machine, in `tuning.json` of the data folder. What was found holds for the processor, the
 * adapter with its driver, the build of the addon, and grids of about the same size.
 */
import { join } from 'node:path';
import { z } from 'zod';
import { ISAS } from '../../../kernels/kernel.ts';
import { PRECISION_IDS, STENCIL_IDS } from '../../../kernels/model.ts';
import { variantSchema } from '../../shared/run.ts';
import { readJson, writeJson } from '../json-file.ts';

const MOST_TUNINGS = 1000;

const circumstancesSchema = z.object({
  cpu: z.string(),
  logicalCores: z.union([z.number(), z.literal('unknown')]),
  /** Compiler and flags of the addon, and the app's version. */
  build: z.string(),
  kernel: z.string(),
  precision: z.enum(PRECISION_IDS),
  isa: z.enum(ISAS).optional(),
  /** Its name and driver. */
  adapter: z.string().optional(),
  threads: z.number(),
  /** ⌊log₂ cells⌉. */
  gridClass: z.number(),
  periodic: z.boolean(),
  stencil: z.enum(STENCIL_IDS),
  /** Steps of the longest sweep tried: a short run leaves longer ones out. */
  longestSweep: z.number(),
});
export type Circumstances = z.infer<typeof circumstancesSchema>;

const tuningSchema = z.object({ circumstances: circumstancesSchema, parameters: variantSchema.shape.parameters });
type Parameters = z.infer<typeof tuningSchema>['parameters'];

const NAMES = Object.keys(circumstancesSchema.shape) as (keyof Circumstances)[];
const same = (one: Circumstances, other: Circumstances): boolean => NAMES.every((name) => one[name] === other[name]);

export class TuningMemory {
  readonly #path: string;

  constructor(folder: string) {
    this.#path = join(folder, 'tuning.json');
  }

  recall(circumstances: Circumstances): Parameters | undefined {
    return this.#read().find((tuning) => same(tuning.circumstances, circumstances))?.parameters;
  }

  /** A tuning that cannot be written is looked for again, and no reason to refuse the run. */
  remember(circumstances: Circumstances, parameters: Parameters): void {
    const others = this.#read().filter((tuning) => !same(tuning.circumstances, circumstances));
    try {
      writeJson(this.#path, [{ circumstances, parameters }, ...others].slice(0, MOST_TUNINGS));
    } catch (error) {
      console.error('The tuning was not written:', error);
    }
  }

  /** How many there were; what is open in a run is then sought again. Throws `cannot-write`. */
  forget(): number {
    const { length } = this.#read();
    if (length > 0) writeJson(this.#path, []);
    return length;
  }

  #read() {
    return readJson(this.#path, z.array(tuningSchema)) ?? [];
  }
}
