/**
 * The set-up of a variant in words: what every figure prints, and what must agree before two results may be compared.
 * Precision is told on the row where rows differ in it.
 */
import { STENCILS } from '../../../kernels/model.ts';
import type { Language } from '../contract.ts';
import type { Machine } from '../machine.ts';
import { type RunRecord, settingsOf, type Variant } from '../run.ts';
import type { Session } from '../session.ts';
import { formatBytes, formatGrid, formatInteger, formatNumber } from '../units.ts';
import { SEPARATOR } from './figure.ts';
import type { FigureTexts, SetupField } from './texts.ts';

export type Setup = Readonly<Record<Exclude<SetupField, 'precision'>, string>>;

/** Fields in which two rows must agree before one is divided by the other. */
const COMPARABLE: readonly (keyof Setup)[] = ['grid', 'stencil', 'boundary', 'seed', 'constants', 'subnormals', 'machine'];

function machineText(machine: Machine | undefined, language: Language, texts: FigureTexts): string {
  if (machine === undefined) return texts.unknownProcessor;
  const known = (value: string | number) => value !== 'unknown' && value !== 'none' && value !== '';
  return [
    known(machine.cpu) ? machine.cpu : texts.unknownProcessor,
    known(machine.logicalCores) ? texts.cores(String(machine.logicalCores)) : '',
    typeof machine.memoryBytes === 'number' ? texts.memory(formatBytes(machine.memoryBytes, language)) : '',
    known(machine.os) ? machine.os : '',
    known(machine.virtualisation) ? machine.virtualisation : '',
  ]
    .filter((part) => part !== '')
    .join(SEPARATOR);
}

/** The adapters that ran something, each once, in the order of the runs. */
export function adapterNames(runs: readonly RunRecord[]): string[] {
  return [...new Set(runs.flatMap(({ variants }) => variants.flatMap(({ adapter }) => adapter?.name ?? [])))];
}

export function setupOf(run: RunRecord, variant: Variant, session: Session, language: Language, texts: FigureTexts): Setup {
  const { rounds } = run.request;
  const { convention, grid, steps, flushSubnormals } = settingsOf(run.request, variant);
  const number = (value: number) => formatNumber(value, language, 6);
  const { a, b } = STENCILS[convention.stencil];
  return {
    grid: texts.cells(formatGrid(grid, language)),
    steps: texts.steps(formatInteger(steps, language), formatInteger(rounds, language)),
    stencil: texts.stencil(convention.stencil, number(a), number(b)),
    boundary: texts.boundary(convention.boundary),
    seed: texts.seed(convention.seed),
    constants: [
      `Du\u00a0${number(convention.diffusionU)}`,
      `Dv\u00a0${number(convention.diffusionV)}`,
      `F\u00a0${number(convention.feed)}`,
      `k\u00a0${number(convention.kill)}`,
      `dt\u00a0${number(convention.dt)}`,
    ].join(SEPARATOR),
    subnormals: texts.subnormals(flushSubnormals),
    machine: machineText(session.machines[run.machine], language, texts),
  };
}

/** What stands against dividing one by the other. */
export const setupObstacles = (a: Setup, b: Setup): (keyof Setup)[] => COMPARABLE.filter((field) => a[field] !== b[field]);

export const comparable = (a: Setup, b: Setup): boolean => setupObstacles(a, b).length === 0;

/** Fields in which the set-ups are not all the same. */
export function differingFields(setups: readonly Setup[]): (keyof Setup)[] {
  const first = setups[0];
  if (first === undefined) return [];
  return (Object.keys(first) as (keyof Setup)[]).filter((field) => setups.some((setup) => setup[field] !== first[field]));
}
