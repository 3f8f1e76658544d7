/** The records of a run, from the request to the summary: what travels between processes and what a session keeps. */
import { z } from 'zod';
import { CAUSE_IDS, RUNG_IDS } from '../../kernels/cause.ts';
import { ISAS } from '../../kernels/kernel.ts';
import { BOUNDARY_IDS, type Convention, type Grid, PRECISION_IDS, SEED_IDS, STENCIL_IDS, type StencilId } from '../../kernels/model.ts';
import { roundConditionSchema } from './conditions.ts';
import { troubleSchema, unavailableReasonSchema } from './trouble.ts';

/** Longest side of a grid; the cells are bounded by memory, told before allocation. */
export const MAX_SIDE = 1_000_000;
export const MAX_STEPS = 1_000_000_000;
export const MAX_ROUNDS = 1000;
export const MAX_THREADS = 1024;
/** Longest time that rounds are added for. */
export const MAX_CLEAR_SECONDS = 3600;
/** Of a run: a map of two parameters has hundreds. */
export const MAX_VARIANTS = 1000;

const finite = z.number().refine(Number.isFinite);

export const conventionSchema = z.object({
  stencil: z.enum(STENCIL_IDS as [StencilId, ...StencilId[]]),
  boundary: z.enum(BOUNDARY_IDS),
  seed: z.enum(SEED_IDS),
  precision: z.enum(PRECISION_IDS),
  diffusionU: finite,
  diffusionV: finite,
  feed: finite,
  kill: finite,
  dt: finite,
});

export const gridSchema = z.object({
  rows: z.number().int().min(1).max(MAX_SIDE),
  cols: z.number().int().min(1).max(MAX_SIDE),
});

/** Where a round's images go: nowhere, to disk while the steps wait, or to disk while they go on. */
export const WRITINGS = ['none', 'inline', 'overlapped'] as const;
const imagesSchema = z.object({ every: z.number().int().min(1).max(MAX_STEPS), writing: z.enum(WRITINGS) });
export type Images = z.infer<typeof imagesSchema>;

/**
 * What is read off the state along a run, outside the timed region: the largest difference of v from what f64
 * computes from the same start; or how many values of u and v are subnormal.
 */
export const OBSERVABLES = ['difference', 'subnormals'] as const;
export const MAX_OBSERVATIONS = 10_000;
const observeSchema = z.object({ what: z.enum(OBSERVABLES), every: z.number().int().min(1).max(MAX_STEPS) });
export type Observe = z.infer<typeof observeSchema>;

/** What one variant of a run may set for itself, so that a run can compare and sweep it; absent, the run's own holds. */
const ownSettings = {
  grid: gridSchema.optional(),
  steps: z.number().int().min(1).max(MAX_STEPS).optional(),
  stencil: z.enum(STENCIL_IDS as [StencilId, ...StencilId[]]).optional(),
  flushSubnormals: z.boolean().optional(),
  pin: z.boolean().optional(),
  /** False: timed from the first step on, with cold caches and whatever else a start costs. */
  warmUp: z.boolean().optional(),
  /** An image of V after every so many steps, which are then a sample, with all that they cost. */
  images: imagesSchema.optional(),
  /** Observed at the seed and after every so many steps, where a batch then ends. */
  observe: observeSchema.optional(),
};

/** One competitor of a run: a kernel with everything that tunes it, resolved before it is stored. */
export const variantSchema = z.object({
  ...ownSettings,
  kernel: z.string().max(64),
  precision: z.enum(PRECISION_IDS),
  /** Native kernels: the instruction set that runs. */
  isa: z.enum(ISAS).optional(),
  /** Threads of the team; 1 for kernels that have none. */
  threads: z.number().int().min(1).max(MAX_THREADS),
  /** WebGPU kernels: the adapter's id in this machine's list. */
  adapter: z.string().max(200).optional(),
  parameters: z.record(z.string().max(64), z.union([finite, z.string().max(64)])),
});
export type Variant = z.infer<typeof variantSchema>;

/** What a client asks for; absent tuning means the kernel's defaults on this machine. */
export const variantRequestSchema = variantSchema.partial().required({ kernel: true });
export type VariantRequest = z.infer<typeof variantRequestSchema>;

const variantIndex = z.number().int().min(0);

/** Why a cost ladder does not change a cause. */
const unchangedSchema = z.object({
  cause: z.enum(CAUSE_IDS),
  reason: z.discriminatedUnion('why', [
    /** The state has not what would be taken away. */
    z.object({ why: z.literal('without') }),
    /** The kernel has no switch for it. */
    z.object({ why: z.literal('no-switch'), kernel: z.string().max(64) }),
    /** There is nothing narrower than what the state runs with. */
    z.object({ why: z.literal('narrowest') }),
    z.object({ why: z.literal('one-processor') }),
    /** The system ties no thread to a processor. */
    z.object({ why: z.literal('system') }),
    /** The processor plays the part of a GPU. */
    z.object({ why: z.literal('software-gpu'), adapter: z.string().max(400) }),
    z.object({ why: z.literal('unavailable'), kernel: z.string().max(64), reason: unavailableReasonSchema, detail: z.string().max(400) }),
    z.object({
      why: z.literal('convention'),
      kernel: z.string().max(64),
      what: z.enum(['boundary', 'stencil', 'precision']),
      received: z.string().max(64),
    }),
  ]),
});
export type Unchanged = z.infer<typeof unchangedSchema>;

/** What a run that asks what costs what compares: variants by their index, the state that it starts from being the first. */
export const ladderSchema = z.object({
  /** In each, `to` is `from` with one cause changed. In the school's order. */
  changes: z.array(z.object({ cause: z.enum(CAUSE_IDS), from: variantIndex, to: variantIndex })),
  /** From the very naive program up, each rung adding to the one before. */
  climb: z.array(z.object({ rung: z.enum(RUNG_IDS), variant: variantIndex })).optional(),
  /** What is not changed here, and why. */
  unchanged: z.array(unchangedSchema),
});
export type Ladder = z.infer<typeof ladderSchema>;

const runSettings = {
  convention: conventionSchema,
  grid: gridSchema,
  /** Steps of each round, from the seed. */
  steps: z.number().int().min(1).max(MAX_STEPS),
  rounds: z.number().int().min(1).max(MAX_ROUNDS),
  /** Whether frames are made between batches when a client asks for them. */
  display: z.boolean(),
  /** FTZ/DAZ in every kernel thread. */
  flushSubnormals: z.boolean(),
  pin: z.boolean(),
  /** The exercise that defined it. */
  exercise: z.string().max(32).optional(),
  /** What the trainee predicted: the ratio `of` ÷ `over`. */
  prediction: z.object({ of: z.string(), over: z.string(), ratio: finite }).optional(),
  /** What the trainee predicted on the roofline: the rate of one variant, by its index. */
  predictedRate: z.object({ variant: z.number().int().min(0), cellsPerSecond: z.number().positive() }).optional(),
  /** False: no variant is measured twice in every round. */
  control: z.boolean().optional(),
  /**
   * Rounds were added to it after a look at those that it had, by a person or until everything was clear: its ratios have the
   * intervals of one who looks more than once.
   */
  repeatedLooks: z.literal(true).optional(),
  ladder: ladderSchema.optional(),
  /** Keep the final field of each variant in the session. */
  keepField: z.boolean(),
};

export const runRequestSchema = z.object({ ...runSettings, variants: z.array(variantRequestSchema).min(1).max(MAX_VARIANTS) });
export type RunRequest = z.infer<typeof runRequestSchema>;

/** The request as it ran: every variant complete. */
export const resolvedRequestSchema = z.object({ ...runSettings, variants: z.array(variantSchema).min(1).max(MAX_VARIANTS) });
export type ResolvedRequest = z.infer<typeof resolvedRequestSchema>;

/** Below, nothing is concluded from a run. */
const FEWEST_CONTROLLED_ROUNDS = 3;

/** Whether one of its variants is measured twice in every round: not in a run that compares nothing, or was asked not to. */
export const hasControl = ({
  control,
  variants,
  rounds,
}: Pick<RunRequest, 'control' | 'rounds'> & { readonly variants: readonly unknown[] }) =>
  control !== false && variants.length > 1 && rounds >= FEWEST_CONTROLLED_ROUNDS;

/** What a variant of a run ran under: its own settings, and the run's for the rest. */
export interface VariantSettings {
  /** With the variant's precision. */
  readonly convention: Convention;
  readonly grid: Grid;
  readonly steps: number;
  readonly flushSubnormals: boolean;
  readonly pin: boolean;
  readonly warmUp: boolean;
  readonly images?: Images;
  readonly observe?: Observe;
}

export function settingsOf(request: Omit<ResolvedRequest, 'variants'>, variant: Variant): VariantSettings {
  const { convention, grid, steps, flushSubnormals, pin } = request;
  return {
    convention: { ...convention, precision: variant.precision, stencil: variant.stencil ?? convention.stencil },
    grid: variant.grid ?? grid,
    steps: variant.steps ?? steps,
    flushSubnormals: variant.flushSubnormals ?? flushSubnormals,
    pin: variant.pin ?? pin,
    warmUp: variant.warmUp ?? true,
    ...(variant.images && { images: variant.images }),
    ...(variant.observe && { observe: variant.observe }),
  };
}

export const cellsOf = ({ rows, cols }: Grid): number => rows * cols;

/** Seconds of one batch of steps; nothing but stepping is inside. */
export const sampleSchema = z.object({
  round: z.number().int().min(0),
  index: z.number().int().min(0),
  steps: z.number().int().min(1),
  /** Wall time by a monotonic clock. On a GPU the batch ends when the queue's work is done. */
  seconds: z.number().positive(),
  /** GPU kernels with timestamp queries: the time of the batch's passes together. */
  gpuSeconds: z.number().nonnegative().optional(),
  /** GPU kernels: steps that went in one submit, where they were fewer than asked for. */
  stepsPerSubmit: z.number().int().min(1).optional(),
});
export type Sample = z.infer<typeof sampleSchema>;

/** What a round spent its time on, where that is recorded. */
export const SPAN_KINDS = ['compile', 'upload', 'steps', 'download', 'read', 'write'] as const;

export const spanSchema = z.object({
  round: z.number().int().min(0),
  what: z.enum(SPAN_KINDS),
  /** Which image, or which crossing of the state, it belongs to, the first being 0. */
  image: z.number().int().min(0),
  /** Seconds since the first span of the round. */
  begin: z.number().nonnegative(),
  end: z.number().nonnegative(),
});
export type Span = z.infer<typeof spanSchema>;

export const observationSchema = z.object({
  round: z.number().int().min(0),
  /** Steps taken since the seed. */
  step: z.number().int().min(0).max(MAX_STEPS),
  name: z.enum(OBSERVABLES),
  /** Null where the state held what is no number. */
  value: z.number().nonnegative().nullable(),
});
export type Observation = z.infer<typeof observationSchema>;

export const verificationSchema = z.object({
  status: z.enum(['passed', 'failed']),
  /** Null when the kernel produced a value that is no number. */
  maxAbsError: z.number().nullable(),
  tolerance: z.number(),
});
export type Verification = z.infer<typeof verificationSchema>;

export const fieldSummarySchema = z.object({
  step: z.number().int(),
  meanU: z.number().nullable(),
  meanV: z.number().nullable(),
  minU: z.number().nullable(),
  maxU: z.number().nullable(),
  minV: z.number().nullable(),
  maxV: z.number().nullable(),
});
export type FieldSummary = z.infer<typeof fieldSummarySchema>;

export const intervalSchema = z.object({ median: z.number(), low: z.number(), high: z.number() });
/** Centre and 95 % interval over rounds: the median of a measured value; of a ratio see paired-ratio.ts. */
export type Interval = z.infer<typeof intervalSchema>;

/** Rates follow from `secondsPerStep.median`, the grid and the declared cost. */
export const summarySchema = z.object({
  rounds: z.number().int(),
  secondsPerStep: intervalSchema,
  cellsPerSecond: z.number(),
  bytesPerSecond: z.number(),
  flopsPerSecond: z.number(),
});
export type Summary = z.infer<typeof summarySchema>;

export const adapterSchema = z.object({
  /** Stable name of the adapter in this machine's list, e.g. `vulkan:0`. */
  id: z.string(),
  name: z.string(),
  backend: z.string(),
  type: z.enum(['gpu', 'software']),
  driver: z.string(),
  usable: z.boolean(),
  reason: z.string().optional(),
  /** Cells of the largest grid that its buffers hold. */
  largestCells: z.number().optional(),
  /** Smallest difference seen between two of its timestamps, in seconds. */
  timestampSeconds: z.number().positive().optional(),
  features: z.array(z.string()),
});
export type Adapter = z.infer<typeof adapterSchema>;

export const variantStatusSchema = z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']);

/** Everything known of one variant of a run. */
export const variantResultSchema = z.object({
  variant: variantSchema,
  backend: z.enum(['native', 'webgpu', 'javascript']),
  adapter: adapterSchema.optional(),
  status: variantStatusSchema,
  trouble: troubleSchema.optional(),
  verification: verificationSchema.optional(),
  samples: z.array(sampleSchema),
  /** Of variants with images and of those on a GPU. */
  spans: z.array(spanSchema).optional(),
  /** Of variants that are observed. */
  observations: z.array(observationSchema).optional(),
  summary: summarySchema.optional(),
  field: fieldSummarySchema.optional(),
});
export type VariantResult = z.infer<typeof variantResultSchema>;

/**
 * One variant of the run measured a second time in every round, at a place of its own in the order: how far the same
 * competitor seems to be from itself is what no difference of this run can be told from.
 */
export const controlSchema = z.object({
  /** Index into the run's variants. */
  variant: z.number().int().min(0),
  samples: z.array(sampleSchema),
});
export type Control = z.infer<typeof controlSchema>;

export const runStatusSchema = z.enum(['running', 'done', 'failed', 'cancelled', 'interrupted']);

export const runRecordSchema = z.object({
  id: z.number().int(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().optional(),
  status: runStatusSchema,
  request: resolvedRequestSchema,
  /** Seed of the random order, and the order itself, round after round: variant indices, and their number for the control. */
  orderSeed: z.number().int(),
  order: z.array(z.array(z.number().int())),
  /** Index into the session's machines. */
  machine: z.number().int(),
  variants: z.array(variantResultSchema),
  control: controlSchema.optional(),
  /** Of every round that ended, the control's too, in the order in which they were carried out. */
  conditions: z.array(roundConditionSchema).optional(),
});
export type RunRecord = z.infer<typeof runRecordSchema>;
