import { expect, test } from 'vitest';
import type { RunRecord } from '../../electron/shared/run.ts';
import type { Session } from '../../electron/shared/session.ts';
import { DEFAULT_CONVENTION } from '../../kernels/model.ts';
import { applyRunEvents } from './run-events.ts';
import { chartInFront, chartsFor, shownRun } from './shown-run.ts';

const variant = { kernel: 'autovec', precision: 'f32' as const, threads: 1, parameters: {} };
const run = (id: number, exercise?: string): RunRecord => ({
  id,
  startedAt: '2026-01-01T00:00:00.000Z',
  status: 'running',
  request: {
    convention: DEFAULT_CONVENTION,
    grid: { rows: 8, cols: 8 },
    steps: 10,
    rounds: 2,
    display: false,
    flushSubnormals: true,
    pin: false,
    keepField: false,
    variants: [variant, variant],
    ...(exercise === undefined ? {} : { exercise }),
  },
  orderSeed: 1,
  order: [
    [0, 1],
    [1, 0],
  ],
  machine: 0,
  variants: [0, 1].map(() => ({ variant, backend: 'native' as const, status: 'waiting' as const, samples: [] })),
});
const empty: Session = {
  id: 's',
  createdAt: '2026-01-01T00:00:00.000Z',
  appVersion: '0',
  notes: '',
  machines: [],
  runs: [],
  ceilings: [],
  exercisesDone: [],
};
const sample = (index: number) => ({ round: 0, index, steps: 5, seconds: 0.1 });

test('a run grows by its events, in order, and the session before is untouched', () => {
  const started = applyRunEvents(empty, [{ name: 'runStarted', data: { run: run(1) } }]);
  const measured = applyRunEvents(started, [
    { name: 'samples', data: { runId: 1, variant: 1, samples: [sample(0)] } },
    { name: 'samples', data: { runId: 1, variant: 1, samples: [sample(1), sample(2)] } },
    { name: 'variantVerified', data: { runId: 1, variant: 0, verification: { status: 'failed', maxAbsError: null, tolerance: 5e-6 } } },
    { name: 'variantUpdated', data: { runId: 1, variant: 1, status: 'done' } },
  ]);
  expect(started.runs[0]?.variants[1]?.samples).toEqual([]);
  expect(measured.runs[0]?.variants[1]).toMatchObject({ status: 'done', samples: [sample(0), sample(1), sample(2)] });
  expect(measured.runs[0]?.variants[0]).toMatchObject({ status: 'waiting', verification: { status: 'failed' } });
});

test('what the machine was like is kept round after round', () => {
  const condition = (round: number) => ({ round, variant: 0, begin: round, end: round + 1, before: {}, after: {} });
  const started = applyRunEvents(empty, [{ name: 'runStarted', data: { run: run(1) } }]);
  const told = [0, 1].map((round) => ({ name: 'roundCondition' as const, data: { runId: 1, condition: condition(round) } }));
  expect(applyRunEvents(started, told).runs[0]?.conditions).toEqual([condition(0), condition(1)]);
  expect(started.runs[0]?.conditions).toBeUndefined();
});

test('the finished run replaces the growing one, and events of a closed session change nothing', () => {
  const finished = { ...run(1), status: 'done' as const };
  const after = applyRunEvents(applyRunEvents(empty, [{ name: 'runStarted', data: { run: run(1) } }]), [
    { name: 'runFinished', data: { run: finished } },
  ]);
  expect(after.runs).toEqual([finished]);
  expect(applyRunEvents(empty, [{ name: 'samples', data: { runId: 7, variant: 0, samples: [sample(0)] } }]).runs).toEqual([]);
});

test('a page shows the run going on, else the one picked, else its newest, and never one of another page', () => {
  const session = { ...empty, runs: [run(1, 'C02'), run(2, 'C02'), run(3, 'C04'), run(4)] };
  const idle = { session, activeRun: null, shownRuns: {} };
  expect(shownRun(idle, 'C02')?.id).toBe(2);
  expect(shownRun({ ...idle, shownRuns: { C02: 1 } }, 'C02')?.id).toBe(1);
  expect(shownRun({ ...idle, activeRun: 3, shownRuns: { C02: 1 } }, 'C02')?.id).toBe(1);
  expect(shownRun({ ...idle, activeRun: 1 }, 'C02')?.id).toBe(1);
  expect(shownRun(idle, 'workbench')?.id).toBe(4);
  expect(shownRun(idle, 'G02')).toBeUndefined();
});

test('the results have the chart in front that was chosen, else that of the lesson, where the run has it', () => {
  const none = { shownCharts: {} };
  expect(chartInFront(chartsFor(undefined), none, 'workbench')).toBe('timings');
  expect(chartInFront(['timings', 'speedup', 'scaling'], none, 'C18')).toBe('scaling');
  expect(chartInFront(chartsFor(run(1, 'C18')), none, 'C18')).toBe('timings');
  const chosen = { shownCharts: { C18: 'speedup', C02: 'histogram' } } as const;
  expect(chartInFront(['timings', 'speedup', 'scaling'], chosen, 'C18')).toBe('speedup');
  expect(chartInFront(['timings', 'speedup'], chosen, 'C02')).toBe('timings');
});

test('samples of the control go to the control, and a round more to the order', () => {
  const controlled: RunRecord = { ...run(1), control: { variant: 1, samples: [] } };
  const started = applyRunEvents(empty, [{ name: 'runStarted', data: { run: controlled } }]);
  const { runs } = applyRunEvents(started, [
    { name: 'controlSamples', data: { runId: 1, samples: [sample(0), sample(1)] } },
    { name: 'roundAdded', data: { runId: 1, order: [2, 0, 1] } },
  ]);
  expect(runs[0]!.control).toEqual({ variant: 1, samples: [sample(0), sample(1)] });
  expect(runs[0]!.variants.map(({ samples }) => samples)).toEqual([[], []]);
  expect(runs[0]).toMatchObject({
    order: [
      [0, 1],
      [1, 0],
      [2, 0, 1],
    ],
    request: { rounds: 3 },
  });
  const without = applyRunEvents(applyRunEvents(empty, [{ name: 'runStarted', data: { run: run(1) } }]), [
    { name: 'controlSamples', data: { runId: 1, samples: [sample(0)] } },
  ]);
  expect(without.runs[0]!.control).toBeUndefined();
});
