/** The options that describe a run, with their bounds: what `run` takes, before anything is known of the kernels. */
import type { Command } from 'commander';
import { ISAS, type Isa } from '../../kernels/kernel.ts';
import {
  BOUNDARY_IDS,
  type BoundaryId,
  DEFAULT_CONVENTION,
  DEFAULT_GRID,
  PRECISION_IDS,
  type Precision,
  SEED_IDS,
  type SeedId,
  STENCIL_IDS,
  STEPS_PER_IMAGE,
  type StencilId,
} from '../../kernels/model.ts';
import { USUAL_ROUNDS } from '../../kernels/relation.ts';
import { MAX_ROUNDS, MAX_SIDE, MAX_STEPS, MAX_THREADS, OBSERVABLES, type Observe } from '../shared/run.ts';
import { ADAPTER_OPTION } from './adapter-option.ts';
import { decimalNumber, nameAndValue, observation, oneOf, wholeNumber } from './option-values.ts';

export interface RunOptions {
  readonly rows: number;
  readonly cols: number;
  readonly steps: number;
  readonly rounds: number;
  readonly stencil: StencilId;
  readonly boundary: BoundaryId;
  readonly seed: SeedId;
  readonly precision: Precision;
  readonly du: number;
  readonly dv: number;
  readonly feed: number;
  readonly kill: number;
  readonly dt: number;
  readonly threads?: number;
  readonly isa?: Isa;
  readonly adapter?: string;
  readonly param?: Readonly<Record<string, string>>;
  readonly observe?: Observe;
  readonly flush: boolean;
  readonly pin: boolean;
  readonly control: boolean;
}

/** Far beyond where the scheme is stable, and still finite numbers: instability may be looked at. */
const LARGEST_DIFFUSION = 10;
const LARGEST_STEP = 100;

export function addRunOptions(command: Command): Command {
  const { diffusionU, diffusionV, feed, kill, dt, stencil, boundary, seed, precision } = DEFAULT_CONVENTION;
  return command
    .option('--rows <number>', 'rows of the grid', wholeNumber('--rows', 1, MAX_SIDE), DEFAULT_GRID.rows)
    .option('--cols <number>', 'columns of the grid', wholeNumber('--cols', 1, MAX_SIDE), DEFAULT_GRID.cols)
    .option('--steps <number>', 'steps of each round', wholeNumber('--steps', 1, MAX_STEPS), STEPS_PER_IMAGE)
    .option('--rounds <number>', 'independent rounds', wholeNumber('--rounds', 1, MAX_ROUNDS), USUAL_ROUNDS)
    .option('--stencil <id>', STENCIL_IDS.join(', '), oneOf('--stencil', STENCIL_IDS), stencil)
    .option('--boundary <id>', BOUNDARY_IDS.join(', '), oneOf('--boundary', BOUNDARY_IDS), boundary)
    .option('--seed <id>', SEED_IDS.join(', '), oneOf('--seed', SEED_IDS), seed)
    .option('--precision <id>', PRECISION_IDS.join(', '), oneOf('--precision', PRECISION_IDS), precision)
    .option('--du <number>', 'diffusion of u', decimalNumber('--du', 0, LARGEST_DIFFUSION), diffusionU)
    .option('--dv <number>', 'diffusion of v', decimalNumber('--dv', 0, LARGEST_DIFFUSION), diffusionV)
    .option('--feed <number>', 'feed rate F', decimalNumber('--feed', 0, 1), feed)
    .option('--kill <number>', 'kill rate k', decimalNumber('--kill', 0, 1), kill)
    .option('--dt <number>', 'time step', decimalNumber('--dt', 0, LARGEST_STEP), dt)
    .option('--threads <number>', 'threads of the kernels that have a team', wholeNumber('--threads', 1, MAX_THREADS))
    .option('--isa <id>', `instruction set of the native kernels: ${ISAS.join(', ')}`, oneOf('--isa', ISAS))
    .option(...ADAPTER_OPTION)
    .option('--param <name=value...>', 'tuning parameters, as gslab list shows them', nameAndValue('--param'))
    .option(
      '--observe <what:every>',
      `look at the state of native and WebGPU kernels every so many steps: ${OBSERVABLES.join(', ')}`,
      observation('--observe'),
    )
    .option('--no-flush', 'keep subnormal numbers instead of flushing them to zero')
    .option('--pin', 'pin threads to cores', false)
    .option('--no-control', 'measure no kernel twice in every round, to save its time')
    .option('--no-display', 'make no frames (the command line never does)');
}
