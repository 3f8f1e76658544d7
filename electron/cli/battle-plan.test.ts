import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CALIBRATION_GRID, GRID_LADDER, planBattle } from './battle-plan.ts';

const cells = CALIBRATION_GRID.rows * CALIBRATION_GRID.cols;
/** Seconds per step on the calibration grid of kernels with these rates. */
const kernels = (...cellsPerSecond: number[]) => cellsPerSecond.map((rate) => cells / rate);

describe('the battle’s size', () => {
  it('is the school’s image on a laptop with a software GPU', () => {
    const plan = planBattle(kernels(120e6, 205e6, 250e6, 440e6, 800e6, 150e6, 27e6, 27e6));
    expect(plan.grid).toEqual({ rows: 1080, cols: 1920 });
    expect(plan.steps).toBeGreaterThanOrEqual(16);
  });

  it('is the smallest grid and at least one step, however slow the machine', () => {
    expect(planBattle([1000])).toEqual({ grid: GRID_LADDER[0], steps: 1, rounds: 5 });
  });

  it('is the largest grid when everything is fast', () => {
    expect(planBattle(kernels(50e9)).grid).toEqual(GRID_LADDER.at(-1));
  });

  it('never plans more than it may take where a single step fits, and never shrinks when the machine gets faster', () => {
    const rate = fc.double({ min: 1e6, max: 1e11, noNaN: true });
    fc.assert(
      fc.property(fc.array(rate, { minLength: 1, maxLength: 10 }), fc.double({ min: 1, max: 20, noNaN: true }), (rates, factor) => {
        const budget = 40;
        const plan = planBattle(kernels(...rates), budget);
        const planned = plan.grid.rows * plan.grid.cols;
        const seconds = rates.reduce((sum, each) => sum + (plan.rounds * plan.steps * planned) / each, 0);
        if (plan.steps > 1) expect(seconds).toBeLessThanOrEqual(budget * 1.000001);
        const faster = planBattle(kernels(...rates.map((each) => each * factor)), budget);
        expect(faster.grid.rows).toBeGreaterThanOrEqual(plan.grid.rows);
      }),
    );
  });
});
