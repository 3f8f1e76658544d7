/** GPU kernels and the copy on one grid, each for about as long in every round. */
import type { Lab } from '../../electron/engine/lab.ts';
import { stepsPerSweep } from '../../electron/runner/batches.ts';
import type { Adapter } from '../../electron/shared/run.ts';
import { median } from '../../electron/shared/statistics.ts';
import { findKernel } from '../../kernels/catalog.ts';
import { defaultParameters } from '../../kernels/kernel.ts';
import { DEFAULT_CONVENTION } from '../../kernels/model.ts';
import { COPY, type CopyCeiling, ROUND_SECONDS } from './copy-ceiling.ts';
import type { Group, Row } from './gpu-results.ts';
import { interleaved, type Subject } from './interleaved.ts';
import { labRounds } from './lab-rounds.ts';

/** Before anything is known; less than the slowest reaches. */
const FIRST_RATE = 10e6;

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** What a row is before it is measured. */
export interface Competitor {
  readonly kernel: string;
  readonly parameters?: Readonly<Record<string, number>>;
}

const nameOf = ({ kernel, parameters = {} }: Competitor): string =>
  [kernel, ...Object.entries(parameters).map(([name, value]) => `${name} ${value}`)].join(' ');

export class GpuMeasurement {
  readonly #lab: Lab;
  readonly #adapter: Adapter;
  readonly #copy: CopyCeiling;
  readonly #latest = new Map<string, number>();

  constructor(lab: Lab, adapter: Adapter, copy: CopyCeiling) {
    this.#lab = lab;
    this.#adapter = adapter;
    this.#copy = copy;
  }

  /** Competitors and the copy on one grid. What does not run stands in its row. */
  async group(side: number, rounds: number, competitors: readonly Competitor[]): Promise<Group> {
    const rows: Row[] = [];
    const subjects: Subject[] = [];
    const troubles = new Map<string, string>();
    for (const competitor of competitors) {
      const name = nameOf(competitor);
      const row = await this.#prepare(competitor, side);
      rows.push(row.row);
      if (row.round === undefined) continue;
      const { round } = row;
      subjects.push({
        name,
        round: () =>
          round().catch((error: unknown) => {
            troubles.set(name, messageOf(error));
            return Number.NaN;
          }),
      });
    }
    const tell = (round: number) => process.stderr.write(`${side} × ${side}: round ${round} of ${rounds}\n`);
    const rates = await interleaved([...subjects, this.#copy], rounds, tell);
    return {
      ...{ side, rounds, copyCellsPerSecond: rates[COPY]! },
      rows: rows.map((row) => {
        const trouble = troubles.get(row.name) ?? row.trouble;
        return trouble === undefined ? { ...row, cellsPerSecond: rates[row.name]! } : { ...row, trouble };
      }),
    };
  }

  /** A first round says how many steps take about as long as a round is to be. */
  async #prepare(competitor: Competitor, side: number): Promise<{ readonly row: Row; readonly round?: () => Promise<number> }> {
    const { kernel, parameters = {} } = competitor;
    const name = nameOf(competitor);
    const request = { kernel, parameters, precision: 'f32', adapter: this.#adapter.id } as const;
    const grid = { rows: side, cols: side };
    const cells = side * side;
    const stepsFor = (seconds: number, rate: number) => Math.max(1, Math.round((seconds * rate) / cells));
    const about = { name, kernel, parameters, cellsPerSecond: [], bytesPerCell: Number.NaN };
    try {
      const declared = findKernel(kernel)!;
      const leastSteps = stepsPerSweep({ ...request, threads: 1, parameters: { ...defaultParameters(declared), ...parameters } });
      const steps = Math.max(leastSteps, stepsFor(ROUND_SECONDS / 4, this.#latest.get(name) ?? FIRST_RATE));
      const trial = await labRounds(this.#lab, request, grid, steps, 1);
      const rate = median(trial.cellsPerSecond);
      this.#latest.set(name, rate);
      const sweep = stepsPerSweep(trial.variant);
      const roundSteps = sweep * Math.ceil(stepsFor(ROUND_SECONDS, rate) / sweep);
      const cost = { precision: 'f32', stencil: DEFAULT_CONVENTION.stencil, parameters: trial.variant.parameters } as const;
      return {
        row: { ...about, bytesPerCell: declared.cost.bytesPerCell(cost), parameters: trial.variant.parameters },
        round: async () => (await labRounds(this.#lab, request, grid, roundSteps, 1)).cellsPerSecond[0]!,
      };
    } catch (error) {
      return { row: { ...about, trouble: messageOf(error) } };
    }
  }
}
