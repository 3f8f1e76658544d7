/**
 * What this machine can do at most, measured by micro-kernels of the lab: how fast it moves bytes at each level of its
 * memory, and how fast it computes. The roofs of a roofline; a kernel's rate means little without them.
 */
import { z } from 'zod';
import { ISAS } from '../../kernels/kernel.ts';
import { PRECISION_IDS } from '../../kernels/model.ts';
import { MAX_THREADS } from './run.ts';

export const MEMORY_LEVELS = ['L1', 'L2', 'L3', 'memory'] as const;
export type MemoryLevel = (typeof MEMORY_LEVELS)[number];

const rate = z.number().positive();
/** Tries did not repeat it: other programs were running, and the machine may well do more. */
const unsteady = z.literal(true).optional();
const threads = z.number().int().min(1).max(MAX_THREADS);

/** Triad a = b + s c: two reads and one write a value, all three counted; what a cache fetches before a write is not. */
export const memoryCeilingSchema = z.object({
  level: z.enum(MEMORY_LEVELS),
  /** Each on its own part of the arrays. */
  threads,
  /** With stores that go past the caches. */
  streaming: z.boolean(),
  bytesPerSecond: rate,
  unsteady,
});
export type MemoryCeiling = z.infer<typeof memoryCeilingSchema>;

/** What computes: one value at a time, as the baseline does it, or the vectors of an instruction set. */
export const COMPUTE_UNITS = ['scalar', ...ISAS] as const;
export type ComputeUnit = (typeof COMPUTE_UNITS)[number];

export const COMPUTE_OPERATIONS = ['fma', 'add'] as const;

/**
 * Independent chains in registers; a fused multiply-add counts as two operations, and so do the product and the sum that
 * stand in its place where there is none.
 */
export const computeCeilingSchema = z.object({
  isa: z.enum(COMPUTE_UNITS),
  precision: z.enum(PRECISION_IDS),
  operation: z.enum(COMPUTE_OPERATIONS),
  threads,
  flopsPerSecond: rate,
  unsteady,
});
export type ComputeCeiling = z.infer<typeof computeCeilingSchema>;

export const gpuCeilingSchema = z.object({
  /** The adapter's id in this machine's list. */
  adapter: z.string().max(200),
  name: z.string().max(400),
  type: z.enum(['gpu', 'software']),
  /** Bytes read and bytes written by a copy from buffer to buffer by a kernel. */
  copyBytesPerSecond: rate,
  /** Fused multiply-adds in f32, two operations each. */
  flopsPerSecond: rate,
  unsteady,
});
export type GpuCeiling = z.infer<typeof gpuCeilingSchema>;

export const ceilingsSchema = z.object({
  measuredAt: z.iso.datetime(),
  memory: z.array(memoryCeilingSchema).max(1000),
  compute: z.array(computeCeilingSchema).max(1000),
  gpu: z.array(gpuCeilingSchema).max(100),
});
export type Ceilings = z.infer<typeof ceilingsSchema>;

/** Of a machine of a session, by its index there. */
export const sessionCeilingsSchema = ceilingsSchema.extend({ machine: z.number().int().min(0) });
export type SessionCeilings = z.infer<typeof sessionCeilingsSchema>;
