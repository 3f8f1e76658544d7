/**
 * The table of results for other programs: a row for each variant of each run, as CSV with units in the header or as JSON,
 * names and decimal dots the same in every language; only what is said in words is of one.
 */
import { z } from 'zod';
import { BACKENDS, ISAS } from '../../../kernels/kernel.ts';
import { BOUNDARY_IDS, PRECISION_IDS, SEED_IDS, STENCIL_IDS, type StencilId } from '../../../kernels/model.ts';
import { pinnedBaseline, type ResultPlace, resultPlaceSchema } from '../annotations.ts';
import { ENERGY_SOURCES } from '../conditions.ts';
import type { Language } from '../contract.ts';
import { type CsvValue, csvText } from '../figures/csv.ts';
import { gridSchema, intervalSchema } from '../run.ts';
import { JSON_SCHEMA_VERSION, type Session } from '../session.ts';
import { Baselines } from './comparison.ts';
import { bytesPerSecond, energyOfRow, flopsPerSecond, type ResultRow, rowsOf } from './result-row.ts';
import { comparisonSentence } from './words.ts';

const entrySchema = z.object({
  ...resultPlaceSchema.shape,
  startedAt: z.iso.datetime(),
  exercise: z.string().optional(),
  kernel: z.string(),
  /** As in the charts: the name that a person gave, else the kernel with what tells it from the others of its run. */
  label: z.string(),
  backend: z.enum(BACKENDS),
  /** Index into `machines`. */
  machine: z.number().int(),
  isa: z.enum(ISAS).optional(),
  adapter: z.string().optional(),
  adapterType: z.enum(['gpu', 'software']).optional(),
  threads: z.number().int(),
  precision: z.enum(PRECISION_IDS),
  grid: gridSchema,
  stencil: z.enum(STENCIL_IDS as [StencilId, ...StencilId[]]),
  boundary: z.enum(BOUNDARY_IDS),
  seed: z.enum(SEED_IDS),
  parameters: z.record(z.string(), z.union([z.number(), z.string()])),
  rounds: z.number().int(),
  cellsPerSecond: intervalSchema.optional(),
  /** Cell updates per second times the declared cost. */
  bytesPerSecond: z.number().optional(),
  flopsPerSecond: z.number().optional(),
  joulesPerBillion: intervalSchema.optional(),
  energySource: z.enum(ENERGY_SOURCES).optional(),
  verification: z.enum(['passed', 'failed']).optional(),
  maxAbsError: z.number().nullable().optional(),
  mark: z.enum(['wrong', 'unverified', 'failed', 'unmeasured', 'cancelled', 'running', 'waiting']).optional(),
  ranked: z.boolean(),
  /** What it is compared with. */
  over: resultPlaceSchema.optional(),
  /** Cell updates per second ÷ those of `over`; absent where the two may not be compared. */
  ratio: intervalSchema.optional(),
  verdict: z.enum(['faster', 'slower', 'no-difference', 'cannot-tell']).optional(),
  /** The verdict, or what stands against one, in words. */
  comparison: z.string(),
  hidden: z.boolean(),
  note: z.string().optional(),
});
type Entry = z.infer<typeof entrySchema>;

export const tableDocumentSchema = z.object({
  schemaVersion: z.literal(JSON_SCHEMA_VERSION),
  session: z.object({ id: z.string(), createdAt: z.iso.datetime(), appVersion: z.string() }),
  /** The result that a person has pinned; without one, rows are compared with the baseline of their own run. */
  baseline: resultPlaceSchema.optional(),
  machines: z.array(z.object({ cpu: z.string() }).loose()),
  rows: z.array(entrySchema),
});

const COLUMNS: readonly (readonly [name: string, value: (entry: Entry) => CsvValue])[] = [
  ['run', ({ runId }) => runId],
  ['variant', ({ variant }) => variant],
  ['started_at', ({ startedAt }) => startedAt],
  ['exercise', ({ exercise }) => exercise],
  ['label', ({ label }) => label],
  ['kernel', ({ kernel }) => kernel],
  ['backend', ({ backend }) => backend],
  ['machine', ({ machine }) => machine],
  ['isa', ({ isa }) => isa],
  ['adapter', ({ adapter }) => adapter],
  ['adapter_type', ({ adapterType }) => adapterType],
  ['threads [1]', ({ threads }) => threads],
  ['precision', ({ precision }) => precision],
  ['rows [cells]', ({ grid }) => grid.rows],
  ['cols [cells]', ({ grid }) => grid.cols],
  ['stencil', ({ stencil }) => stencil],
  ['boundary', ({ boundary }) => boundary],
  ['seed', ({ seed }) => seed],
  ['rounds [1]', ({ rounds }) => rounds],
  ['cell_updates_per_second [1/s]', ({ cellsPerSecond }) => cellsPerSecond?.median],
  ['cell_updates_per_second_low [1/s]', ({ cellsPerSecond }) => cellsPerSecond?.low],
  ['cell_updates_per_second_high [1/s]', ({ cellsPerSecond }) => cellsPerSecond?.high],
  ['baseline_run', ({ over }) => over?.runId],
  ['baseline_variant', ({ over }) => over?.variant],
  ['ratio [1]', ({ ratio }) => ratio?.median],
  ['ratio_low [1]', ({ ratio }) => ratio?.low],
  ['ratio_high [1]', ({ ratio }) => ratio?.high],
  ['verdict', ({ verdict }) => verdict],
  ['comparison', ({ comparison }) => comparison],
  ['bytes_per_second [B/s]', (entry) => entry.bytesPerSecond],
  ['flops_per_second [1/s]', (entry) => entry.flopsPerSecond],
  ['energy [J/Gcell]', ({ joulesPerBillion }) => joulesPerBillion?.median],
  ['energy_low [J/Gcell]', ({ joulesPerBillion }) => joulesPerBillion?.low],
  ['energy_high [J/Gcell]', ({ joulesPerBillion }) => joulesPerBillion?.high],
  ['energy_source', ({ energySource }) => energySource],
  ['verification', ({ verification }) => verification],
  ['max_abs_error [1]', ({ maxAbsError }) => maxAbsError],
  ['mark', ({ mark }) => mark],
  ['ranked', ({ ranked }) => ranked],
  ['hidden', ({ hidden }) => hidden],
  ['note', ({ note }) => note],
];

function entryOf(row: ResultRow, baselines: Baselines, language: Language): Entry {
  const { run, result, settings } = row;
  const { variant, adapter, verification } = result;
  const { convention, grid } = settings;
  const energy = energyOfRow(row);
  const comparison = baselines.compare(row);
  const over = baselines.over(row)?.place;
  const ratio = comparison.kind === 'ratio' ? comparison.ratio : undefined;
  return {
    ...row.place,
    startedAt: run.startedAt,
    ...(run.request.exercise !== undefined && { exercise: run.request.exercise }),
    ...{ kernel: row.kernel, label: row.label, backend: result.backend, machine: run.machine },
    ...(variant.isa && { isa: variant.isa }),
    ...(adapter && { adapter: adapter.name, adapterType: adapter.type }),
    ...{ threads: variant.threads, precision: variant.precision, grid },
    ...{ stencil: convention.stencil, boundary: convention.boundary, seed: convention.seed, parameters: variant.parameters },
    rounds: row.secondsPerStep.length,
    ...(row.rate && { cellsPerSecond: row.rate }),
    bytesPerSecond: bytesPerSecond(row),
    flopsPerSecond: flopsPerSecond(row),
    ...('source' in energy && { joulesPerBillion: energy.joulesPerBillion, energySource: energy.source }),
    ...(verification && { verification: verification.status, maxAbsError: verification.maxAbsError }),
    ...(row.mark && { mark: row.mark }),
    ranked: row.ranked,
    ...(over && { over }),
    ...(ratio && { ratio: { median: ratio.median, low: ratio.low, high: ratio.high }, verdict: ratio.verdict.kind }),
    comparison: comparisonSentence(comparison, language),
    hidden: row.hidden,
    ...(row.note !== undefined && { note: row.note }),
  };
}

export interface TableRequest {
  readonly language: Language;
  /** These and in this order, instead of all. */
  readonly rows?: readonly ResultPlace[] | undefined;
  /** With what is hidden. */
  readonly hidden?: boolean | undefined;
}

function entriesOf(session: Session, { language, rows: asked, hidden = false }: TableRequest): Entry[] {
  const all = rowsOf(session, language);
  const baselines = new Baselines(all, session);
  const places = new Map(all.map((row) => [row.key, row]));
  const chosen = asked === undefined ? all : asked.flatMap(({ runId, variant }) => places.get(`${runId}-${variant}`) ?? []);
  return chosen.filter((row) => hidden || !row.hidden).map((row) => entryOf(row, baselines, language));
}

/** Undefined where no row is left. */
export function tableCsv(session: Session, request: TableRequest): string | undefined {
  const entries = entriesOf(session, request);
  if (entries.length === 0) return undefined;
  const parameters = [...new Set(entries.flatMap((entry) => Object.keys(entry.parameters)))].sort();
  return csvText([
    [...COLUMNS.map(([name]) => name), ...parameters.map((name) => `parameter ${name}`)],
    ...entries.map((entry) => [...COLUMNS.map(([, value]) => value(entry)), ...parameters.map((name) => entry.parameters[name])]),
  ]);
}

/** Undefined where no row is left. */
export function tableJson(session: Session, request: TableRequest): string | undefined {
  const rows = entriesOf(session, request);
  if (rows.length === 0) return undefined;
  const { id, createdAt, appVersion, machines } = session;
  const baseline = pinnedBaseline(session);
  const document = {
    schemaVersion: JSON_SCHEMA_VERSION,
    session: { id, createdAt, appVersion },
    ...(baseline && { baseline }),
    machines,
    rows,
  };
  return `${JSON.stringify(tableDocumentSchema.parse(document), null, 1)}\n`;
}
