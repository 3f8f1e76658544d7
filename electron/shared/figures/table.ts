/**
 * The numbers behind a chart, for other programs. The CSV is tidy: one row is one sample, every factor a column, units
 * in the header, names and decimal dots the same in every language. Samples that may not be ranked carry their mark.
 * Of what was observed along a run, one row is one observation.
 */
import type { ChartId } from '../../../kernels/exercise.ts';
import type { RoundCondition } from '../conditions.ts';
import { joulesPerBillion } from '../energy.ts';
import type { Machine } from '../machine.ts';
import { cellsOf, type Observation, type RunRecord, type Sample, settingsOf, type VariantResult, type VariantSettings } from '../run.ts';
import { JSON_SCHEMA_VERSION, type Session } from '../session.ts';
import { clockOf, loopOf, slowedSamples } from '../throttling.ts';
import { intensityOf } from '../under-roofs.ts';
import { type CsvValue, csvText } from './csv.ts';
import type { FigureMark } from './figure.ts';

/** A variant with what a chart says of it. */
interface TableRow {
  readonly runId: number;
  readonly variant: number;
  readonly kernel: string;
  readonly label: string;
  readonly mark?: FigureMark;
  readonly ranked: boolean;
}

/** Any chart, of which the table needs only the variants. */
interface Chart {
  readonly chart: ChartId;
  readonly rows: readonly TableRow[];
}

interface Context {
  readonly session: Session;
  readonly run: RunRecord;
  readonly machine: Machine | undefined;
  readonly result: VariantResult;
  readonly settings: VariantSettings;
  readonly row: TableRow;
}

type Columns<C> = readonly (readonly [name: string, value: (context: C) => CsvValue])[];

/** Columns but for the tuning parameters, in order: name with unit in brackets, and the value. */
const VARIANT_COLUMNS: Columns<Context> = [
  ['session', ({ session }) => session.id],
  ['run', ({ run }) => run.id],
  ['started_at', ({ run }) => run.startedAt],
  ['order_seed', ({ run }) => run.orderSeed],
  ['machine', ({ run }) => run.machine],
  ['exercise', ({ run }) => run.request.exercise],
  ['variant', ({ row }) => row.variant],
  ['label', ({ row }) => row.label],
  ['kernel', ({ row }) => row.kernel],
  ['backend', ({ result }) => result.backend],
  ['isa', ({ result }) => result.variant.isa],
  ['threads [1]', ({ result }) => result.variant.threads],
  ['precision', ({ result }) => result.variant.precision],
  ['adapter', ({ result }) => result.adapter?.name],
  ['adapter_type', ({ result }) => result.adapter?.type],
  ['mark', ({ row }) => row.mark?.kind],
  ['ranked', ({ row }) => row.ranked],
  ['verification', ({ result }) => result.verification?.status],
  ['max_abs_error [1]', ({ result }) => result.verification?.maxAbsError],
  ['tolerance [1]', ({ result }) => result.verification?.tolerance],
  ['flop_per_cell [FLOP]', (context) => intensityOf(context)?.flopsPerCell],
  ['bytes_per_cell [B]', (context) => intensityOf(context)?.bytesPerCell],
  ['intensity [FLOP/B]', (context) => intensityOf(context)?.value],
  ['rows [cells]', ({ settings }) => settings.grid.rows],
  ['cols [cells]', ({ settings }) => settings.grid.cols],
  ['stencil', ({ settings }) => settings.convention.stencil],
  ['boundary', ({ settings }) => settings.convention.boundary],
  ['seed', ({ settings }) => settings.convention.seed],
  ['diffusion_u [1]', ({ settings }) => settings.convention.diffusionU],
  ['diffusion_v [1]', ({ settings }) => settings.convention.diffusionV],
  ['feed [1]', ({ settings }) => settings.convention.feed],
  ['kill [1]', ({ settings }) => settings.convention.kill],
  ['dt [1]', ({ settings }) => settings.convention.dt],
  ['steps_per_round [1]', ({ settings }) => settings.steps],
  ['rounds_asked [1]', ({ run }) => run.request.rounds],
  ['flush_subnormals', ({ settings }) => settings.flushSubnormals],
  ['pin', ({ settings }) => settings.pin],
  ['warm_up', ({ settings }) => settings.warmUp],
  ['display', ({ run }) => run.request.display],
  ['cpu', ({ machine }) => machine?.cpu],
  ['logical_cores [1]', ({ machine }) => machine?.logicalCores],
  ['memory [B]', ({ machine }) => machine?.memoryBytes],
  ['os', ({ machine }) => machine?.os],
  ['virtualisation', ({ machine }) => machine?.virtualisation],
  ['compiler', ({ machine }) => machine?.compiler],
  ['app_version', ({ machine, session }) => machine?.appVersion ?? session.appVersion],
];

/** Which turn of its round, the first being 0; of runs that tell. */
const placeIn = (round: readonly number[] | undefined, entry: number): number | undefined => {
  const place = round?.indexOf(entry) ?? -1;
  return place < 0 ? undefined : place;
};

/** A control's samples are of the same variant, measured a second time in the round. */
const SAMPLE_COLUMNS: Columns<Context & { readonly sample: Sample; readonly control: boolean }> = [
  ['control', ({ control }) => control],
  ['round', ({ sample }) => sample.round],
  ['place_in_round', ({ run, row, sample, control }) => placeIn(run.order[sample.round], control ? run.variants.length : row.variant)],
  ['batch', ({ sample }) => sample.index],
  ['steps [1]', ({ sample }) => sample.steps],
  ['seconds [s]', ({ sample }) => sample.seconds],
  ['gpu_seconds [s]', ({ sample }) => sample.gpuSeconds],
  ['steps_per_submit [1]', ({ sample }) => sample.stepsPerSubmit],
  ['cell_updates_per_second [1/s]', ({ settings, sample }) => (cellsOf(settings.grid) * sample.steps) / sample.seconds],
];

/** What the machine was like around the round of a sample, after it where it was read twice. */
const CONDITION_COLUMNS: Columns<{
  readonly condition: RoundCondition | undefined;
  readonly slowed: boolean | undefined;
  readonly run: RunRecord;
  readonly settings: VariantSettings;
}> = [
  ['clock [Hz]', ({ condition, run }) => condition && clockOf(condition, run)],
  ['measured_speed [1/s]', ({ condition }) => condition && loopOf(condition)],
  ['temperature [°C]', ({ condition }) => condition?.after.celsius ?? condition?.before.celsius],
  ['power_source', ({ condition }) => condition?.after.power ?? condition?.before.power],
  ['throttled', ({ slowed }) => slowed],
  ['other_load [1]', ({ condition }) => condition?.otherLoad],
  ['round_energy [J]', ({ condition }) => condition?.energy?.joules],
  [
    'round_energy_per_billion_cell_updates [J]',
    ({ condition, settings }) => condition?.energy && joulesPerBillion(condition.energy, cellsOf(settings.grid)),
  ],
  ['round_energy_source', ({ condition }) => condition?.energy?.source],
];

const OBSERVATION_COLUMNS: Columns<{ readonly observation: Observation }> = [
  ['round', ({ observation }) => observation.round],
  ['step [1]', ({ observation }) => observation.step],
  ['observed', ({ observation }) => observation.name],
  ['value [1]', ({ observation }) => observation.value],
];

function contextsOf(chart: Chart, session: Session): Context[] {
  return chart.rows.flatMap((row) => {
    const run = session.runs.find(({ id }) => id === row.runId);
    const result = run?.variants[row.variant];
    if (run === undefined || result === undefined) return [];
    const settings = settingsOf(run.request, result.variant);
    return [{ session, run, machine: session.machines[run.machine], result, settings, row }];
  });
}

function table<C extends Context>(contexts: readonly C[], own: Columns<C>): string {
  const columns = [...VARIANT_COLUMNS, ...own];
  const parameters = [...new Set(contexts.flatMap(({ result }) => Object.keys(result.variant.parameters)))].sort();
  const header = [...columns.map(([name]) => name), ...parameters.map((name) => `parameter ${name}`)];
  const rows = contexts.map((context) => [
    ...columns.map(([, value]) => value(context)),
    ...parameters.map((name) => context.result.variant.parameters[name]),
  ]);
  return csvText([header, ...rows]);
}

/** The observations of a chart of them, else every sample of its variants. */
export function chartCsv(chart: Chart, session: Session): string {
  const contexts = contextsOf(chart, session);
  if (chart.chart === 'observations') {
    const observations = contexts.flatMap((context) =>
      (context.result.observations ?? []).map((observation) => ({ ...context, observation })),
    );
    return table(observations, OBSERVATION_COLUMNS);
  }
  return table(samplesOf(contexts), [...SAMPLE_COLUMNS, ...CONDITION_COLUMNS]);
}

/** Samples of several sessions one below the other, the name of each in front. */
export function sessionsCsv(parts: readonly { readonly name: string; readonly chart: Chart; readonly session: Session }[]): string {
  const samples = parts.flatMap(({ name, chart, session }) => samplesOf(contextsOf(chart, session)).map((sample) => ({ ...sample, name })));
  return table(samples, [['session', ({ name }) => name], ...SAMPLE_COLUMNS, ...CONDITION_COLUMNS]);
}

/** Every sample of the variants, those that the drawing left out for their number included. */
function samplesOf(contexts: readonly Context[]) {
  const slowed = new Map([...new Set(contexts.map(({ run }) => run))].map((run) => [run, slowedSamples(run)]));
  return contexts.flatMap((context) => {
    const isSlowed = slowed.get(context.run)!;
    const { control } = context.run;
    const second = control?.variant === context.row.variant ? control.samples : [];
    const rowsOf = (list: readonly Sample[], isControl: boolean) => {
      const entry = isControl ? context.run.variants.length : context.row.variant;
      const conditions = new Map(context.run.conditions?.flatMap((each) => (each.variant === entry ? [[each.round, each] as const] : [])));
      return list.map((sample) => {
        const condition = conditions.get(sample.round);
        return { ...context, sample, control: isControl, condition, slowed: condition && isSlowed(entry, sample) };
      });
    };
    return [...rowsOf(context.result.samples, false), ...rowsOf(second, true)];
  });
}

/** The chart as drawn, with the raw runs and machines that it was made of. */
export function chartJson(chart: Chart, session: Session): string {
  const runIds = new Set(chart.rows.map(({ runId }) => runId));
  const runs = session.runs.filter(({ id }) => runIds.has(id));
  const document = {
    schemaVersion: JSON_SCHEMA_VERSION,
    session: { id: session.id, createdAt: session.createdAt, appVersion: session.appVersion },
    figure: chart,
    /** `runs[].machine` is an index into it. */
    machines: session.machines,
    runs,
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}
