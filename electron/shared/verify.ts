/** One comparison of a kernel with the oracle, as `gslab verify` lists it. */
import { z } from 'zod';
import { ISAS } from '../../kernels/kernel.ts';
import { BOUNDARY_IDS, PRECISION_IDS, STENCIL_IDS, type StencilId } from '../../kernels/model.ts';
import { verificationSchema } from './run.ts';
import { troubleSchema } from './trouble.ts';

export const verifyCaseSchema = verificationSchema.extend({
  kernel: z.string(),
  stencil: z.enum(STENCIL_IDS as [StencilId, ...StencilId[]]),
  boundary: z.enum(BOUNDARY_IDS),
  precision: z.enum(PRECISION_IDS),
  isa: z.enum(ISAS).optional(),
  rows: z.number().int(),
  cols: z.number().int(),
  steps: z.number().int(),
  /** Why there is no error to show, where the kernel did not get that far. */
  trouble: troubleSchema.optional(),
});
export type VerifyCase = z.infer<typeof verifyCaseSchema>;
