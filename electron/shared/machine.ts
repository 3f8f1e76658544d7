/** What is known of the machine that produced a number; what could not be read is `unknown`, never guessed. */
import { z } from 'zod';
import { ISAS } from '../../kernels/kernel.ts';

const known = z.string().max(400);
const count = z.union([z.number(), z.literal('unknown')]);

export const machineSchema = z.object({
  cpu: known,
  vendor: known,
  architecture: known,
  logicalCores: count,
  physicalCores: count,
  /**
   * Of each logical processor, in the system's order, its kind: 0 for the fastest. Empty where all are alike, absent where
   * that is not known.
   */
  coreKinds: z.array(z.number().int().nonnegative()).max(4096).optional(),
  cacheBytes: z.object({ l1d: count, l2: count, l3: count }),
  memoryBytes: count,
  isas: z.array(z.enum(ISAS)),
  os: known,
  kernel: known,
  /** Hypervisor or container in words, `none`, or `unknown`. */
  virtualisation: known,
  power: z.enum(['mains', 'battery', 'unknown']),
  governor: known,
  node: known,
  appVersion: known,
  /** The compiler that built the addon and its flags, as the addon reports. */
  compiler: known,
  gpus: z.array(known),
});
export type Machine = z.infer<typeof machineSchema>;
