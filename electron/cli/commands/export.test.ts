import { expect, test } from 'vitest';
import { chartFiles } from '../../engine/export/chart-files.ts';
import { PLOT_SESSIONS } from '../../shared/plots/plot.fixture.ts';
import { drawableRuns } from './export.ts';

const SETTINGS = { format: 'csv', language: 'en', preset: 'report', grey: false, scale: 1 } as const;

test('charts of two runs that would have one name each have a file', async () => {
  const session = PLOT_SESSIONS['two runs of one sweep']!;
  const files = await chartFiles(session, drawableRuns(session), SETTINGS);
  expect(files.map(({ fileName }) => fileName).sort()).toEqual([
    'simd-histogram-3-grids-run-2.csv',
    'simd-histogram-3-grids.csv',
    'simd-roofline-3-grids.csv',
    'simd-speedup-3-grids.csv',
    'simd-sweep-3-grids-run-2.csv',
    'simd-sweep-3-grids.csv',
    'simd-timings-3-grids.csv',
  ]);
});

test('one chart alone, and the roofline of all runs is one', async () => {
  const session = PLOT_SESSIONS['two runs of one sweep']!;
  const files = await chartFiles(session, drawableRuns(session), SETTINGS, ['roofline']);
  expect(files.map(({ fileName }) => fileName)).toEqual(['simd-roofline-3-grids.csv']);
});

test('runs without samples are not drawn', () => {
  expect(drawableRuns(PLOT_SESSIONS['nothing measured yet']!)).toEqual([]);
});

test('what is hidden is not drawn, be it a run, or so much of one that a chart has nothing left', async () => {
  const session = PLOT_SESSIONS['two runs of one sweep']!;
  const hide = (runId: number, variants: readonly number[]) => variants.map((variant) => ({ runId, variant, hidden: true as const }));
  expect(drawableRuns({ ...session, annotations: hide(1, [0, 1, 2]) })).toEqual([2]);
  const map = PLOT_SESSIONS['blocks, and what they are compared with']!;
  const most = hide(
    1,
    Array.from({ length: 26 }, (_, at) => at),
  );
  const files = await chartFiles({ ...map, annotations: most }, [1], SETTINGS);
  expect(files.map(({ fileName }) => fileName)).not.toContainEqual(expect.stringContaining('heat-map'));
  expect(files.length).toBeGreaterThan(3);
});
