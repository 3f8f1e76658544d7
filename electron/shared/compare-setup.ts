/**
 * The circumstances of one measurement as a flat table of words, so that two of them are compared field by field and
 * whatever differs can be told before any ratio.
 */
import { type RunRecord, settingsOf, type VariantResult } from './run.ts';
import type { Session } from './session.ts';

/** What may differ between two measurements, in the order in which it is told. */
export const SETUP_FIELDS = [
  'grid',
  'precision',
  'stencil',
  'boundary',
  'seed',
  'diffusionU',
  'diffusionV',
  'feed',
  'kill',
  'dt',
  'threads',
  'isa',
  'adapter',
  'flushSubnormals',
  'pin',
  'cpu',
  'architecture',
  'logicalCores',
  'memoryBytes',
  'os',
  'kernel',
  'virtualisation',
  'power',
  'governor',
  'compiler',
  'node',
  'gpus',
  'appVersion',
] as const;
export type SetupField = (typeof SETUP_FIELDS)[number];

export interface SetupDifference {
  readonly field: SetupField;
  /** Every value of the field in A, and in B, among the results concerned; as stored, in no language. */
  readonly a: readonly string[];
  readonly b: readonly string[];
}

export type Setup = Readonly<Record<SetupField, string>>;

export const CONVENTION_FIELDS = ['stencil', 'boundary', 'seed', 'diffusionU', 'diffusionV', 'feed', 'kill', 'dt'] as const;
/** Where these differ there is no ratio; another thread count or instruction set is what one compares sessions for. */
export const BLOCKING_FIELDS = ['grid', 'precision', ...CONVENTION_FIELDS] as const;

export function setupOf(session: Session, run: RunRecord, { variant, adapter }: VariantResult): Setup {
  const { convention, grid, flushSubnormals, pin } = settingsOf(run.request, variant);
  const machine = session.machines[run.machine];
  const numerics = Object.fromEntries(CONVENTION_FIELDS.map((field) => [field, String(convention[field])])) as Record<
    (typeof CONVENTION_FIELDS)[number],
    string
  >;
  return {
    ...numerics,
    grid: `${grid.rows} × ${grid.cols}`,
    precision: variant.precision,
    threads: String(variant.threads),
    isa: variant.isa ?? '',
    adapter: adapter?.name ?? variant.adapter ?? '',
    flushSubnormals: String(flushSubnormals),
    pin: String(pin),
    cpu: machine?.cpu ?? 'unknown',
    architecture: machine?.architecture ?? 'unknown',
    logicalCores: String(machine?.logicalCores ?? 'unknown'),
    memoryBytes: String(machine?.memoryBytes ?? 'unknown'),
    os: machine?.os ?? 'unknown',
    kernel: machine?.kernel ?? 'unknown',
    virtualisation: machine?.virtualisation ?? 'unknown',
    power: machine?.power ?? 'unknown',
    governor: machine?.governor ?? 'unknown',
    compiler: machine?.compiler ?? 'unknown',
    node: machine?.node ?? 'unknown',
    gpus: machine?.gpus.join(', ') ?? 'unknown',
    appVersion: machine?.appVersion ?? session.appVersion,
  };
}

export const differingFields = (a: Setup, b: Setup): SetupField[] => SETUP_FIELDS.filter((field) => a[field] !== b[field]);
