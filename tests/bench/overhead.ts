/**
 * What the app costs. The time per step of `autovec`, measured in a real runner child as every run is,
 * against the same kernel in a bare C++ loop compiled on the spot, in interleaved rounds of one process each. The ratio
 * is wanted at 1.03 or below; on a machine that does other work, the interval says how far it can be believed.
 */
import { resolve } from 'node:path';
import { loadAddon } from '../../electron/runner/native/addon.ts';
import type { RoundJob } from '../../electron/runner/protocol.ts';
import { bootstrapRatio, median, randomGenerator } from '../../electron/shared/statistics.ts';
import { DEFAULT_CONVENTION, DEFAULT_GRID } from '../../kernels/model.ts';
import { buildBareLoop } from './bare-loop.ts';
import { RunnerRounds } from './runner-rounds.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const ROUNDS = 15;
const STEPS = 320;
const WARM_UP_STEPS = 64;
const WANTED_RATIO = 1.03;

const print = (line: string) => process.stdout.write(`${line}\n`);

function roundJob(round: number, isa: RoundJob['variant']['isa']): RoundJob {
  return {
    runId: 0,
    variantIndex: 0,
    round,
    variant: { kernel: 'autovec', precision: 'f32', threads: 1, parameters: { flags: 'native' }, isa },
    convention: DEFAULT_CONVENTION,
    grid: DEFAULT_GRID,
    steps: STEPS,
    flushSubnormals: true,
    pin: false,
    warmUp: true,
    display: false,
    verify: false,
    wantField: false,
  };
}

/** Prints both times per step and their ratio; throws when the two disagree about the field. */
export async function benchOverhead(): Promise<void> {
  const loaded = loadAddon(ROOT);
  if (!('addon' in loaded)) throw new Error(`the addon is missing: ${loaded.detail}`);
  const info = loaded.addon.info();
  const isa = info.kernels.find(({ id }) => id === 'autovec')?.isas.at(-1);
  if (isa === undefined) throw new Error('autovec does not run on this processor');

  print(`autovec ${isa}, f32, ${DEFAULT_GRID.rows} × ${DEFAULT_GRID.cols}, ${ROUNDS} rounds of ${STEPS} steps`);
  print(`${info.compiler}, ${info.flags[isa]}`);
  const bare = buildBareLoop(ROOT, info, isa);
  const runner = new RunnerRounds(ROOT);
  const random = randomGenerator(1);
  const appSeconds: number[] = [];
  const bareSeconds: number[] = [];
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const appFirst = random() < 0.5;
      const before = appFirst ? undefined : bare.run(DEFAULT_GRID, WARM_UP_STEPS, STEPS);
      const app = await runner.run(roundJob(round, isa));
      const loop = before ?? bare.run(DEFAULT_GRID, WARM_UP_STEPS, STEPS);
      if (Math.abs(app.meanV - loop.meanV) > 1e-6) throw new Error(`different results: mean v ${app.meanV} and ${loop.meanV}`);
      appSeconds.push(app.secondsPerStep);
      bareSeconds.push(loop.secondsPerStep);
    }
  } finally {
    runner.close();
    bare.remove();
  }

  const cells = DEFAULT_GRID.rows * DEFAULT_GRID.cols;
  const line = (name: string, seconds: readonly number[]) =>
    print(`${name}  ${(median(seconds) * 1e6).toFixed(1)} µs a step, ${(cells / median(seconds) / 1e6).toFixed(0)} Mcell/s`);
  line('in the app', appSeconds);
  line('bare loop ', bareSeconds);
  const ratio = bootstrapRatio(appSeconds, bareSeconds);
  const interval = `95 % interval ${ratio.low.toFixed(3)} to ${ratio.high.toFixed(3)}`;
  const fastest = Math.min(...appSeconds) / Math.min(...bareSeconds);
  print(`fastest rounds: app ÷ bare ${fastest.toFixed(3)}`);
  print(`app ÷ bare  ${ratio.median.toFixed(3)} (${interval}), wanted at most ${WANTED_RATIO}`);
}
