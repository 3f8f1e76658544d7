/**
 * The JSON documents that the command line prints: one per command, checked here on their way out, so that a script
 * which reads them can trust their shape. Every one carries the version of these shapes.
 */
import { z } from 'zod';
import { CAUSE_IDS, RUNG_IDS } from '../../kernels/cause.ts';
import { CHART_IDS } from '../../kernels/exercise.ts';
import { BACKENDS, ISAS } from '../../kernels/kernel.ts';
import { BOUNDARY_IDS, PRECISION_IDS, STENCIL_IDS, type StencilId } from '../../kernels/model.ts';
import { ceilingsSchema } from './ceilings.ts';
import { NOT_COMPARABLE_REASONS } from './compare.ts';
import { SETUP_FIELDS } from './compare-setup.ts';
import { ENERGY_SOURCES, NO_ENERGY_REASONS, roundConditionSchema } from './conditions.ts';
import { LANGUAGES } from './contract.ts';
import { machineSchema } from './machine.ts';
import { ITEM_GRADES, QUALITY_GRADES, QUALITY_ITEMS } from './quality.ts';
import {
  adapterSchema,
  controlSchema,
  fieldSummarySchema,
  gridSchema,
  intervalSchema,
  observationSchema,
  resolvedRequestSchema,
  runRecordSchema,
  sampleSchema,
  summarySchema,
  variantSchema,
  variantStatusSchema,
  verificationSchema,
} from './run.ts';
import { JSON_SCHEMA_VERSION } from './session.ts';
import { troubleSchema, unavailableReasonSchema } from './trouble.ts';
import { verifyCaseSchema } from './verify.ts';

const schemaVersion = z.literal(JSON_SCHEMA_VERSION);
const text = z.object({ en: z.string(), fr: z.string() });
const stencil = z.enum(STENCIL_IDS as [StencilId, ...StencilId[]]);
const boundary = z.enum(BOUNDARY_IDS);
const precision = z.enum(PRECISION_IDS);

/** One kernel of a run. What it did not come to is absent; `trouble` then says why. */
export const variantDocumentSchema = z.object({
  kernel: z.string(),
  backend: z.enum(BACKENDS),
  adapter: adapterSchema.optional(),
  /** The request as it ran, with this kernel's tuning. */
  request: resolvedRequestSchema.omit({ variants: true }).extend({ variant: variantSchema }),
  status: variantStatusSchema,
  samples: z.array(sampleSchema),
  /** Adapters with timestamps: the passes' own time against the wall's over all samples; `disagree` beyond a tenth. */
  clocks: z.object({ wallSeconds: z.number(), gpuSeconds: z.number(), gap: z.number(), disagree: z.boolean() }).optional(),
  observations: z.array(observationSchema).optional(),
  summary: summarySchema.optional(),
  verification: verificationSchema.optional(),
  /** Rounds in which the processor was slowed; their samples stay in the summary. */
  slowedRounds: z.array(z.number().int()).optional(),
  /** For the cell updates of the timed batches, or why it is not known. */
  energy: z.union([
    z.object({ source: z.enum(ENERGY_SOURCES), joulesPerBillion: intervalSchema, rounds: z.number().int() }),
    z.object({ unavailable: z.enum([...NO_ENERGY_REASONS, 'too-short', 'not-read']) }),
  ]),
  /** The state after exactly the requested steps from the seed. */
  field: fieldSummarySchema.optional(),
  trouble: troubleSchema.optional(),
});
export type VariantDocument = z.infer<typeof variantDocumentSchema>;

export const runDocumentSchema = z.object({
  schemaVersion,
  machine: machineSchema,
  runs: z.array(variantDocumentSchema),
  /** One of `runs`, by its index, measured a second time in every round. */
  control: controlSchema.optional(),
  /** To be read before the numbers: how far the machine was in a state in which they mean something. */
  quality: z.object({
    grade: z.enum(QUALITY_GRADES),
    items: z.array(
      z.object({
        item: z.enum(QUALITY_ITEMS),
        grade: z.enum(ITEM_GRADES),
        /** What was measured; absent where nothing was. */
        value: text.optional(),
        reason: text,
        remedy: text.optional(),
      }),
    ),
  }),
  /** What the machine was like around every round, in the order in which they were carried out. */
  conditions: z.array(roundConditionSchema).optional(),
});
export type RunDocument = z.infer<typeof runDocumentSchema>;

export const sweepDocumentSchema = runDocumentSchema.extend({
  over: z.array(z.object({ name: z.string(), values: z.array(z.union([z.number(), z.string()])) })),
  /** What the charts of the sweep say. */
  conclusion: text,
});
export type SweepDocument = z.infer<typeof sweepDocumentSchema>;

export const ladderDocumentSchema = runDocumentSchema.extend({
  /** `from` and `to` are indices into `runs`, the first of which is the state that the ladder starts from. */
  changes: z.array(
    z.object({
      cause: z.enum(CAUSE_IDS),
      module: text,
      exercise: z.string(),
      from: z.number().int(),
      to: z.number().int(),
      /** Time per step of `to` ÷ that of `from`; absent where one of them has no verified result. */
      times: intervalSchema.optional(),
      verdict: z.enum(['longer', 'shorter', 'no-difference', 'cannot-tell']).optional(),
      sentence: text,
    }),
  ),
  climb: z.array(z.object({ rung: z.enum(RUNG_IDS), variant: z.number().int(), sentence: text })),
  unchanged: z.array(z.object({ cause: z.enum(CAUSE_IDS), sentence: text })),
  conclusion: text,
});
export type LadderDocument = z.infer<typeof ladderDocumentSchema>;

const skippedSchema = z.object({ kernel: z.string(), reason: unavailableReasonSchema, detail: z.string() });
export type SkippedKernel = z.infer<typeof skippedSchema>;

export const battleDocumentSchema = runDocumentSchema.extend({
  baseline: z.string(),
  skipped: z.array(skippedSchema),
  /** Paths of what was written. */
  session: z.string(),
  plots: z.array(z.string()),
});
export type BattleDocument = z.infer<typeof battleDocumentSchema>;

export const exerciseDocumentSchema = runDocumentSchema.extend({
  exercise: z.string(),
  skipped: z.array(skippedSchema),
  relation: z.enum(['held', 'not-held', 'unclear', 'not-measured']),
  conclusion: text,
});
export type ExerciseDocument = z.infer<typeof exerciseDocumentSchema>;

const parameterSchema = z.union([
  z.object({ name: z.string(), default: z.number(), min: z.number(), max: z.number() }),
  z.object({ name: z.string(), default: z.string(), choices: z.array(z.string()) }),
]);

export const listDocumentSchema = z.object({
  schemaVersion,
  kernels: z.array(
    z.object({
      id: z.string(),
      backend: z.enum(BACKENDS),
      available: z.boolean(),
      /** Wrong on purpose, for a lesson. */
      broken: z.literal(true).optional(),
      reason: unavailableReasonSchema.optional(),
      detail: z.string().optional(),
      precisions: z.array(precision),
      boundaries: z.array(boundary),
      stencils: z.array(stencil),
      isas: z.array(z.enum(ISAS)).optional(),
      parameters: z.array(parameterSchema),
    }),
  ),
  exercises: z.array(z.object({ id: z.string(), day: z.number().int(), title: text, kernels: z.array(z.string()) })),
});
export type ListDocument = z.infer<typeof listDocumentSchema>;

export const verifyDocumentSchema = z.object({
  schemaVersion,
  cases: z.array(verifyCaseSchema),
  /** Kernels that are wrong on purpose, and in how many of their cases that was found. */
  broken: z.array(z.object({ kernel: z.string(), cases: z.number().int(), wrong: z.number().int() })),
  skipped: z.array(skippedSchema),
});
export type VerifyDocument = z.infer<typeof verifyDocumentSchema>;

export const doctorDocumentSchema = z.object({
  schemaVersion,
  machine: machineSchema,
  adapters: z.array(adapterSchema),
  kernels: z.array(
    z.object({ kernel: z.string(), available: z.boolean(), reason: unavailableReasonSchema.optional(), detail: z.string().optional() }),
  ),
  /** Measured now, or as remembered; absent where they never were. */
  ceilings: ceilingsSchema.optional(),
  /** What to fix, as sentences of the chosen language. */
  advice: z.array(z.string()),
});
export type DoctorDocument = z.infer<typeof doctorDocumentSchema>;

/** What all charts say; what else a kind of chart is drawn from stands beside it. */
const figureSchema = z.looseObject({
  chart: z.enum(CHART_IDS),
  language: z.enum(LANGUAGES),
  title: z.string(),
  subtitle: z.array(z.string()),
  notices: z.array(z.string()),
  conclusion: z.string(),
  caption: z.string(),
  grids: z.array(gridSchema),
  rows: z.array(
    z.looseObject({ runId: z.number().int(), variant: z.number().int(), kernel: z.string(), label: z.string(), ranked: z.boolean() }),
  ),
});

/** What `export` writes as JSON: a chart as it is drawn, with the raw runs and machines that it was made of. */
export const figureDocumentSchema = z.object({
  schemaVersion,
  session: z.object({ id: z.string(), createdAt: z.iso.datetime(), appVersion: z.string() }),
  figure: figureSchema,
  /** `runs[].machine` is an index into it. */
  machines: z.array(machineSchema),
  runs: z.array(runRecordSchema),
});

const comparedResultSchema = z.object({
  runId: z.number().int(),
  index: z.number().int(),
  name: z.string().optional(),
  startedAt: z.iso.datetime(),
  variant: variantSchema,
  grid: gridSchema,
  status: variantStatusSchema,
  verified: z.boolean(),
  software: z.boolean(),
  rounds: z.number().int(),
  secondsPerStep: intervalSchema.optional(),
  cellsPerSecond: intervalSchema.optional(),
});
const differenceSchema = z.object({ field: z.enum(SETUP_FIELDS), a: z.array(z.string()), b: z.array(z.string()) });

export const compareDocumentSchema = z.object({
  schemaVersion,
  a: z.string(),
  b: z.string(),
  /** What differs in how the two were measured: read before any ratio. */
  setup: z.array(differenceSchema),
  rows: z.array(
    z.object({
      kernel: z.string(),
      a: comparedResultSchema,
      b: comparedResultSchema,
      differences: z.array(differenceSchema),
      verdict: z.enum(['faster', 'slower', 'no-difference', 'cannot-tell', 'not-comparable']),
      /** No difference: the share that the interval leaves room for, and the machine's own noise where it was measured. */
      within: z.number().optional(),
      noiseFloor: z.number().optional(),
      /** Cannot tell: about how many more would decide; absent where no sensible number would. */
      moreRounds: z.number().int().optional(),
      reasons: z.array(z.enum(NOT_COMPARABLE_REASONS)),
      /** Cell updates per second of B ÷ those of A. */
      ratio: intervalSchema.optional(),
    }),
  ),
  onlyInA: z.array(comparedResultSchema),
  onlyInB: z.array(comparedResultSchema),
});
export type CompareDocument = z.infer<typeof compareDocumentSchema>;
