import { expect, test } from 'vitest';
import { fixtureRun, fixtureSession } from '../../electron/shared/figures/figure.fixture.ts';
import type { RunRequest } from '../../electron/shared/run.ts';
import { DEFAULT_CONVENTION } from '../../kernels/model.ts';
import { estimatedSeconds, pacesFrom, variantsToTry } from './estimate.ts';

const square = (side: number) => ({ rows: side, cols: side });
const request: RunRequest = {
  ...{ convention: DEFAULT_CONVENTION, grid: square(1000), steps: 100, rounds: 2 },
  ...{ display: false, flushSubnormals: true, pin: false, keepField: false },
  variants: [{ kernel: 'autovec' }, { kernel: 'threads_rows' }],
};
const empty = { ...fixtureSession(fixtureRun({ variants: [{ kernel: 'simd', rate: 1e9 }] })), runs: [] };

test('what nobody has measured or tried takes nobody knows how long', () => {
  expect(estimatedSeconds(empty, request)).toBeNull();
  expect(estimatedSeconds(empty, request, { 'autovec f32': { cellsPerSecond: 1e9, threads: 1 } })).toBeNull();
});

test('steps that were tried tell it, for another grid and other threads too', () => {
  const paces = pacesFrom(request, [1e-3, 5e-4], 4);
  expect(paces).toEqual({
    'autovec f32': { cellsPerSecond: 1e9, threads: 4 },
    'threads_rows f32': { cellsPerSecond: 2e9, threads: 4 },
  });
  // 0.1 s and 0.05 s a round, with a tenth more; 0.15 s for what a round costs besides.
  expect(estimatedSeconds(empty, request, paces)).toBeCloseTo(2 * (0.15 + 0.11 + 0.15 + 0.055), 6);
  const alone = { ...request, variants: [{ kernel: 'threads_rows', threads: 2 }] };
  expect(estimatedSeconds(empty, alone, paces)).toBeCloseTo(2 * (0.15 + 0.11), 6);
  const measured = fixtureSession(fixtureRun({ variants: [{ kernel: 'autovec', rate: 1e8 }] }));
  const slower = estimatedSeconds(measured, request, paces)!;
  expect(slower).toBeGreaterThan(2 * estimatedSeconds(empty, request, paces)!);
});

test('of a sweep one point of each kernel and precision is tried, the middle of its work', () => {
  const sizes = [64, 4096, 512].map((side) => ({ kernel: 'simd', grid: square(side) }));
  const wide = { kernel: 'simd', precision: 'f64' as const, grid: square(64) };
  expect(variantsToTry({ ...request, variants: [...sizes, wide] })).toEqual([sizes[2], wide]);
});
