/**
 * The one contract between a client (window, command line, test) and the engine. Requests and answers are JSON
 * over the WebSocket, checked on both sides by these schemas; frames are binary (`frame.ts`).
 *
 *   client → engine   { id, method, params }
 *   engine → client   { id, result } | { id, trouble } | { event, data }
 *   frame             client calls `pullFrame`; the answer is one binary message when the next frame exists
 */
import { z } from 'zod';
import { CHART_IDS } from '../../kernels/exercise.ts';
import { BACKENDS, ISAS } from '../../kernels/kernel.ts';
import { annotationChangeSchema, annotationSchema, resultPlaceSchema } from './annotations.ts';
import { ceilingsSchema } from './ceilings.ts';
import { presentConditionsSchema, roundConditionSchema } from './conditions.ts';
import { PRESET_IDS } from './figures/presets.ts';
import { SPECIES } from './frame.ts';
import { machineSchema } from './machine.ts';
import {
  adapterSchema,
  fieldSummarySchema,
  MAX_CLEAR_SECONDS,
  MAX_ROUNDS,
  observationSchema,
  runRecordSchema,
  runRequestSchema,
  sampleSchema,
  summarySchema,
  variantSchema,
  variantStatusSchema,
  verificationSchema,
} from './run.ts';
import { sessionInfoSchema, sessionSchema } from './session.ts';
import { troubleSchema, unavailableReasonSchema } from './trouble.ts';

export const LANGUAGES = ['en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];
export const THEMES = ['dark', 'light', 'projector'] as const;
export type Theme = (typeof THEMES)[number];

export const EXPORT_FORMATS = ['svg', 'pdf', 'png', 'csv', 'json', 'ipynb'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const path = z.string().min(1).max(4096);

export const preferencesSchema = z.object({
  language: z.enum(LANGUAGES),
  theme: z.enum(THEMES),
  /** Id of the adapter chosen by hand, or `auto`. */
  adapter: z.string().max(200),
  /** How figures were last exported. */
  figure: z
    .object({ format: z.enum(EXPORT_FORMATS), preset: z.enum(PRESET_IDS), grey: z.boolean(), scale: z.number().min(1).max(4) })
    .optional(),
});
export type Preferences = z.infer<typeof preferencesSchema>;

/** Whether a kernel runs here, and with what. */
export const availabilitySchema = z.object({
  kernel: z.string(),
  available: z.boolean(),
  reason: unavailableReasonSchema.optional(),
  detail: z.string().optional(),
  /** Instruction sets compiled in and supported by this processor, narrowest first. */
  isas: z.array(z.enum(ISAS)).optional(),
});
export type Availability = z.infer<typeof availabilitySchema>;

export const helloSchema = z.object({
  appVersion: z.string(),
  /** `desktop` shells have their own file dialogs. */
  machine: machineSchema,
  adapters: z.array(adapterSchema),
  kernels: z.array(availabilitySchema),
  preferences: preferencesSchema,
  session: sessionInfoSchema,
  /** What this machine can do at most, where that has been measured. */
  ceilings: ceilingsSchema.optional(),
  /** The run in progress when a client connects. */
  activeRun: z.number().int().optional(),
  /** It is held. */
  paused: z.literal(true).optional(),
});
export type Hello = z.infer<typeof helloSchema>;

export const exportRequestSchema = z.object({
  chart: z.enum(CHART_IDS),
  format: z.enum(EXPORT_FORMATS),
  runs: z.array(z.number().int()).min(1).max(1000),
  language: z.enum(LANGUAGES),
  /** Of a picture: where it goes, and so how large it is. */
  preset: z.enum(PRESET_IDS),
  grey: z.boolean(),
  /** Times 144 pixels an inch of a PNG. */
  scale: z.number().min(1).max(4),
});
export type ExportRequest = z.infer<typeof exportRequestSchema>;

/** Which view of its runs a figure is. */
export const viewSchema = exportRequestSchema.pick({ chart: true, runs: true, language: true, preset: true, grey: true });
export type View = z.infer<typeof viewSchema>;

/** What the engine answers to a file that was handed to it: where its session is, and of a figure which view to open. */
export const uploadedSchema = sessionInfoSchema.extend({ view: viewSchema.optional() });
export type Uploaded = z.infer<typeof uploadedSchema>;

export const COMPARISON_FORMATS = ['svg', 'pdf', 'png', 'csv'] as const satisfies readonly ExportFormat[];
const comparisonExportSchema = exportRequestSchema
  .pick({ language: true, preset: true, grey: true, scale: true })
  .extend({ a: path, b: path, format: z.enum(COMPARISON_FORMATS) });
export type ComparisonExportRequest = z.infer<typeof comparisonExportSchema>;

export const TABLE_FORMATS = ['csv', 'json'] as const satisfies readonly ExportFormat[];
export type TableFormat = (typeof TABLE_FORMATS)[number];

const exportedFileSchema = z.object({ fileName: z.string(), mediaType: z.string(), base64: z.string() });

const nothing = z.object({});

const frameView = (longestSide: number) => ({
  species: z.enum(SPECIES),
  maxRows: z.number().int().min(1).max(longestSide),
  maxCols: z.number().int().min(1).max(longestSide),
  low: z.number(),
  high: z.number(),
});

export const METHODS = {
  hello: { params: nothing, result: helloSchema },
  startRun: { params: runRequestSchema, result: z.object({ runId: z.number().int() }) },
  /**
   * Takes a run that has ended up again: what its order has left, measured anew where it was cut short, then `rounds` more;
   * or more until every comparison with the baseline and of the ranking is decided or `untilClear.seconds` have passed.
   * Refused on another machine than the run's.
   */
  continueRun: {
    params: z
      .object({
        runId: z.number().int(),
        rounds: z.number().int().min(1).max(MAX_ROUNDS).optional(),
        untilClear: z.object({ seconds: z.number().min(1).max(MAX_CLEAR_SECONDS) }).optional(),
      })
      .refine(({ rounds, untilClear }) => rounds === undefined || untilClear === undefined),
    result: nothing,
  },
  cancelRun: { params: z.object({ runId: z.number().int() }), result: nothing },
  /** Holds the run in progress as soon as the turn that is being measured has ended; nothing when it is another run. */
  pauseRun: { params: z.object({ runId: z.number().int() }), result: nothing },
  /** Lets a run that is held go on. */
  resumeRun: { params: z.object({ runId: z.number().int() }), result: nothing },
  /** Roughly the seconds per step of each variant, not verified and not kept: what a run will take. Refused with `busy` while anything else is measured. */
  paceOf: { params: runRequestSchema, result: z.object({ secondsPerStep: z.array(z.number().positive()) }) },
  /**
   * Ends the search for the fastest tuning, and with it the start of the run that it is for, or the look at a pace; nothing
   * where none goes on.
   */
  cancelTuning: { params: nothing, result: nothing },
  /** What this machine is like now, within about a third of a second. Not to be asked while a run goes on. */
  presentConditions: { params: nothing, result: presentConditionsSchema },
  /** Refused with `busy` while anything else is measured. Answers when all is measured; what cannot be is left out. */
  measureCeilings: { params: nothing, result: ceilingsSchema },
  /** Ends the measurement of ceilings with `cancelled`; nothing where none goes on. */
  cancelCeilings: { params: nothing, result: nothing },
  /** The whole open session. */
  getSession: { params: nothing, result: z.object({ info: sessionInfoSchema, session: sessionSchema }) },
  newSession: { params: nothing, result: sessionInfoSchema },
  /** Of a figure its runs, in a session of their own. */
  openSession: { params: z.object({ path }), result: uploadedSchema },
  /** Writes the open session under a new path and goes on there. Refuses to replace a file unless told. */
  saveSessionAs: { params: z.object({ path, replace: z.boolean() }), result: sessionInfoSchema },
  /** Sessions of the app's folder and recently opened ones, newest first. */
  listSessions: { params: nothing, result: z.array(sessionInfoSchema.extend({ modifiedAt: z.iso.datetime(), bytes: z.number() })) },
  /** A second session, read only, for comparison. */
  readSession: { params: z.object({ path }), result: z.object({ info: sessionInfoSchema, session: sessionSchema }) },
  setNotes: { params: z.object({ notes: z.string().max(100_000) }), result: nothing },
  /** Names a result, notes something on it, leaves it out of charts and exports, or takes that back. */
  annotate: { params: z.object({ at: resultPlaceSchema, change: annotationChangeSchema }), result: nothing },
  /** The result that all others are compared with; without one every run has its own again. */
  pinBaseline: { params: z.object({ baseline: resultPlaceSchema.optional() }), result: nothing },
  setExerciseDone: { params: z.object({ exercise: z.string().max(32), done: z.boolean() }), result: nothing },
  setPreferences: { params: preferencesSchema, result: preferencesSchema },
  /** Source text of a kernel, as it runs. */
  kernelSource: { params: z.object({ kernel: z.string().max(64) }), result: z.object({ path: z.string(), text: z.string() }) },
  exportChart: { params: exportRequestSchema, result: exportedFileSchema },
  /** Every chart of the runs, a file for each, in one archive. */
  exportAllCharts: { params: exportRequestSchema.omit({ chart: true }), result: exportedFileSchema },
  /** The roofline of two sessions, by their paths. */
  exportComparison: { params: comparisonExportSchema, result: exportedFileSchema },
  /** The table of results, all of it without what is hidden, or the rows that are given. */
  exportTable: {
    params: z.object({
      format: z.enum(TABLE_FORMATS),
      language: z.enum(LANGUAGES),
      rows: z.array(resultPlaceSchema).max(100_000).optional(),
      hidden: z.boolean(),
    }),
    result: exportedFileSchema,
  },
  /** The state after the last step of a variant that kept it, as a frame; absent where none is kept. */
  finalField: {
    params: z.object({ runId: z.number().int(), variant: z.number().int().min(0), ...frameView(1024) }),
    result: z.object({ base64: z.string().optional() }),
  },
  /** Asks for the next frame of the run; answered by one binary message, or by none when the run ends. */
  pullFrame: {
    params: z.object(frameView(8192)),
    result: nothing,
  },
} as const satisfies Record<string, { params: z.ZodType; result: z.ZodType }>;

export type Method = keyof typeof METHODS;
export type Params<M extends Method> = z.infer<(typeof METHODS)[M]['params']>;
export type Result<M extends Method> = z.infer<(typeof METHODS)[M]['result']>;

const ofVariant = { runId: z.number().int(), variant: z.number().int() };

export const EVENTS = {
  /** Before a run: the fastest tuning of a kernel is being looked for on this machine. */
  tuning: z.object({ kernel: z.string(), fraction: z.number().min(0).max(1) }),
  /** The search has ended, without `parameters` where it failed or was cancelled. */
  tuned: z.object({ kernel: z.string(), seconds: z.number().nonnegative(), parameters: variantSchema.shape.parameters.optional() }),
  /** At most ten a second while ceilings are measured. */
  ceilingsProgress: z.object({ fraction: z.number().min(0).max(1), secondsLeft: z.number().nonnegative() }),
  /** The measurement has ended, without `ceilings` where it failed or was cancelled. */
  ceilingsMeasured: z.object({ ceilings: ceilingsSchema.optional() }),
  runStarted: z.object({ run: runRecordSchema }),
  /** At most ten a second. `secondsLeft` is absent while nothing is known of the speed. */
  runProgress: z.object({
    ...ofVariant,
    /** The variant is being measured for the second time in this round. */
    control: z.literal(true).optional(),
    /** The run may end before: as soon as its comparisons are decided. */
    atMost: z.literal(true).optional(),
    phase: z.enum(['verifying', 'warming', 'running']),
    round: z.number().int(),
    step: z.number().int(),
    fraction: z.number().min(0).max(1),
    secondsLeft: z.number().optional(),
  }),
  variantVerified: z.object({ ...ofVariant, verification: verificationSchema }),
  samples: z.object({ ...ofVariant, samples: z.array(sampleSchema) }),
  controlSamples: z.object({ runId: z.number().int(), samples: z.array(sampleSchema) }),
  /** A round more than asked for at first: its order. */
  roundAdded: z.object({ runId: z.number().int(), order: z.array(z.number().int()) }),
  /** The run is held once the turn in progress has ended, or goes on. */
  runPaused: z.object({ runId: z.number().int(), paused: z.boolean() }),
  observation: z.object({ ...ofVariant, observation: observationSchema }),
  /** Once a round has ended, however it did. */
  roundCondition: z.object({ runId: z.number().int(), condition: roundConditionSchema }),
  /** After each round, and once more when the variant ends. */
  variantUpdated: z.object({
    ...ofVariant,
    status: variantStatusSchema,
    trouble: troubleSchema.optional(),
    summary: summarySchema.optional(),
    field: fieldSummarySchema.optional(),
  }),
  runFinished: z.object({ run: runRecordSchema }),
  sessionChanged: sessionInfoSchema,
  /** Of a result of the open session; without `annotation` where nothing is left set. */
  annotated: z.object({ at: resultPlaceSchema, annotation: annotationSchema.optional() }),
  baselinePinned: z.object({ baseline: resultPlaceSchema.optional() }),
  kernelsChanged: z.object({ kernels: z.array(availabilitySchema), adapters: z.array(adapterSchema) }),
} as const satisfies Record<string, z.ZodType>;

export type EventName = keyof typeof EVENTS;
export type EventData<E extends EventName> = z.infer<(typeof EVENTS)[E]>;

export const requestMessageSchema = z.object({ id: z.number().int().min(0), method: z.string(), params: z.unknown() });
export const replyMessageSchema = z.union([
  z.object({ id: z.number().int(), result: z.unknown() }),
  z.object({ id: z.number().int(), trouble: troubleSchema }),
  z.object({ event: z.string(), data: z.unknown() }),
]);

/** Which runner runs a kernel of a backend. */
export const runnerBackendSchema = z.enum(BACKENDS);
