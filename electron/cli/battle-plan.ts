/**
 * Chooses what the battle runs: the largest grid of a ladder, and as many steps, as keep the whole near a minute on
 * this machine. Every kernel gets the same grid and the same steps, so that the rounds stay interleaved and the rows
 * of the table comparable; the slowest kernel therefore decides how large the grid can be.
 */
import type { Grid } from '../../kernels/model.ts';

/** All of 16:9, up to 4K; the third is the image that the school's programs write. */
export const GRID_LADDER: readonly Grid[] = [
  { rows: 270, cols: 480 },
  { rows: 540, cols: 960 },
  { rows: 1080, cols: 1920 },
  { rows: 2160, cols: 3840 },
];
/** What one step per kernel is measured on, before the grid is chosen. */
export const CALIBRATION_GRID: Grid = { rows: 270, cols: 480 };
export const CALIBRATION_STEPS = 8;

/** Fewer than a run usually has: thirty kernels share a minute, and most lie far apart. */
export const BATTLE_ROUNDS = 5;
export const BATTLE_SECONDS = 60;
/** Of the whole, for stepping inside the rounds; starting, verifying and warming up take the rest. */
const STEPPING_PART = 0.6;
/** Fewer steps than this are start-up rather than speed. */
const FEWEST_STEPS = 16;
const MOST_STEPS = 2000;

export interface BattlePlan {
  readonly grid: Grid;
  readonly steps: number;
  readonly rounds: number;
}

const cellsOf = ({ rows, cols }: Grid): number => rows * cols;

/**
 * @param secondsPerStep of each kernel, the baseline first, on the calibration grid; time is taken to grow with the cells.
 * @param wholeSeconds what the battle may take from start to end.
 */
export function planBattle(secondsPerStep: readonly number[], wholeSeconds = BATTLE_SECONDS): BattlePlan {
  const budgetSeconds = STEPPING_PART * wholeSeconds;
  // The baseline, the first of them, is measured twice in every round.
  const [baseline = 0] = secondsPerStep;
  const perCell = secondsPerStep.reduce((sum, seconds) => sum + seconds, baseline) / cellsOf(CALIBRATION_GRID);
  const stepsOn = (grid: Grid) => Math.floor(budgetSeconds / (BATTLE_ROUNDS * perCell * cellsOf(grid)));
  const grid = GRID_LADDER.findLast((candidate) => stepsOn(candidate) >= FEWEST_STEPS) ?? GRID_LADDER[0]!;
  return { grid, steps: Math.min(MOST_STEPS, Math.max(1, stepsOn(grid))), rounds: BATTLE_ROUNDS };
}
