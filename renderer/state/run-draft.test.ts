import { expect, test } from 'vitest';
import { SOFTWARE_ADAPTER } from '../../electron/shared/figures/figure.fixture.ts';
import { runRequestSchema } from '../../electron/shared/run.ts';
import { KERNELS } from '../../kernels/catalog.ts';
import { NAMED_CONVENTIONS } from '../../kernels/model.ts';
import { EXERCISES } from '../../kernels/syllabus.ts';
import { refusalOf, refusalsOf } from './refusal.ts';
import {
  conventionOf,
  draftLabels,
  draftProblems,
  exerciseDraft,
  gridOf,
  type RunDraft,
  requestOf,
  withConvention,
  workbenchDraft,
} from './run-draft.ts';

const everything = KERNELS.map(({ id }) => ({ kernel: id, available: true }));
const typed = (draft: RunDraft, numbers: Partial<RunDraft['numbers']>): RunDraft => ({
  ...draft,
  numbers: { ...draft.numbers, ...numbers },
});

test.each(EXERCISES.map((exercise) => [exercise.id, exercise] as const))(
  '%s as the lesson has it is a request of the contract',
  (_, exercise) => {
    const draft = exerciseDraft(exercise);
    expect(draftProblems(draft)).toEqual({});
    const request = requestOf(draft, draft.variants, { exercise: exercise.id });
    expect(runRequestSchema.parse(request)).toEqual(request);
    expect(request.grid).toEqual({ rows: exercise.grid.rows, cols: exercise.grid.cols });
    expect(request.steps).toBe(exercise.steps);
  },
);

test('numbers are typed with comma or dot', () => {
  const draft = typed(workbenchDraft(), { feed: '0,037', kill: '0.06', rows: '1 080' });
  expect(conventionOf(draft)).toMatchObject({ feed: 0.037, kill: 0.06 });
  expect(gridOf(draft)?.rows).toBe(1080);
});

test.each([
  ['rows', '0'],
  ['rows', '-1'],
  ['rows', '2.5'],
  ['rows', 'abc'],
  ['rows', '1e9'],
  ['rows', ''],
  ['threads', '0'],
  ['feed', 'NaN'],
  ['dt', '0'],
] as const)('%s of "%s" is refused in words that name what was typed', (field, text) => {
  const problem = draftProblems(typed(workbenchDraft(), { [field]: text }))[field];
  expect(problem?.received).toBe(text);
  expect(problem?.expected).toMatch(/number from/);
});

test('empty threads leave the number to the engine; typed ones go to threaded kernels only', () => {
  const draft = { ...workbenchDraft(), variants: ['autovec', 'threads_rows'].map((kernel) => ({ kernel, tuning: {} })) };
  expect(requestOf(draft, draft.variants, {}).variants.map(({ threads }) => threads)).toEqual([undefined, undefined]);
  const two = typed(draft, { threads: '2' });
  expect(requestOf(two, two.variants, {}).variants.map(({ threads }) => threads)).toEqual([undefined, 2]);
});

test('a named convention is taken over whole', () => {
  for (const { convention } of Object.values(NAMED_CONVENTIONS))
    expect(conventionOf(withConvention(workbenchDraft(), convention))).toEqual(convention);
});

const here = { kernels: everything, logicalCores: 2, adapters: [], adapter: 'auto' };

test('what a kernel does not declare is refused with what it does', () => {
  const draft = workbenchDraft();
  expect(refusalOf({ kernel: 'autovec' }, draft, everything)).toBeUndefined();
  expect(refusalOf({ kernel: 'autovec' }, { ...draft, boundary: 'frozen' }, everything)).toMatchObject({
    code: 'not-supported',
    what: 'boundary',
    received: 'frozen',
  });
  expect(refusalOf({ kernel: 'gpu_naive' }, { ...draft, precision: 'f64' }, everything)).toMatchObject({
    code: 'not-supported',
    what: 'precision',
  });
  const wide = everything.map((entry) => ({ ...entry, isas: ['baseline' as const, 'avx2' as const] }));
  expect(refusalOf({ kernel: 'autovec', isa: 'avx2', tuning: {} }, draft, wide)).toBeUndefined();
  expect(refusalOf({ kernel: 'autovec', isa: 'avx2', tuning: { flags: 'O1' } }, draft, wide)).toMatchObject({
    code: 'not-supported',
    what: 'isa',
    supported: ['baseline'],
  });
  const noGpu = everything.map((entry) =>
    entry.kernel.startsWith('gpu') ? { ...entry, available: false, reason: 'no-adapter' as const } : entry,
  );
  const both = { ...draft, variants: ['autovec', 'gpu_naive'].map((kernel) => ({ kernel, tuning: {} })) };
  const { runnable, refusals } = refusalsOf(both, { ...here, kernels: noGpu });
  expect(runnable.map(({ kernel }) => kernel)).toEqual(['autovec']);
  expect(refusals).toMatchObject([{ code: 'kernel-unavailable', kernel: 'gpu_naive', reason: 'no-adapter' }]);
});

test('a lesson’s own settings decide what a variant may do; a reason is given once, and threads that are not there are left out', () => {
  const plain = workbenchDraft();
  const asked = [1, 2, 4, 8].map((threads) => ({ kernel: 'threads_rows', threads, tuning: {} }));
  // One that takes all processors: here just as many as another asks for.
  const variants = [...asked, { kernel: 'threads_rows', tuning: {} }];
  const gpu = [8, 16].map((workgroupX) => ({
    kernel: 'gpu_naive',
    own: { precision: 'f64' as const },
    tuning: { workgroupX: `${workgroupX}` },
  }));
  const { runnable, refusals, tooManyThreads } = refusalsOf({ ...plain, variants: [...variants, ...gpu] }, here);
  expect(runnable.map(({ threads }) => threads)).toEqual([1, 2]);
  expect(tooManyThreads).toEqual([4, 8]);
  expect(refusals).toMatchObject([{ code: 'not-supported', what: 'precision', received: 'f64' }]);
});

test('a grid that the adapter in use cannot hold is refused while it is typed', () => {
  const holding = (id: string, largestCells: number) => ({ ...SOFTWARE_ADAPTER, id, largestCells });
  const adapters = [holding('small', 99), holding('large', 100)];
  const variants = ['autovec', 'gpu_naive'].map((kernel) => ({ kernel, tuning: {} }));
  const draft = { ...typed(workbenchDraft(), { rows: '10', cols: '10' }), variants };
  const { runnable, refusals } = refusalsOf(draft, { ...here, adapters });
  expect(runnable.map(({ kernel }) => kernel)).toEqual(['autovec']);
  expect(refusals).toEqual([{ code: 'grid-too-large', kernel: 'gpu_naive', limit: 'adapter', largestCells: 99, cells: 100 }]);
  expect(refusalsOf(draft, { ...here, adapters, adapter: 'large' }).refusals).toEqual([]);
  const own = { ...draft, variants: [{ kernel: 'gpu_naive', own: { grid: { rows: 9, cols: 11 } }, tuning: {} }] };
  expect(refusalsOf(own, { ...here, adapters }).refusals).toEqual([]);
});

test('variants of a draft are told apart by what differs', () => {
  const draft = { ...workbenchDraft(), variants: [1, 2].map((threads) => ({ kernel: 'threads_rows', threads, tuning: {} })) };
  expect(draftLabels(draft)).toEqual(['threads_rows threads=1', 'threads_rows threads=2']);
  expect(draftLabels(workbenchDraft())).toEqual(['autovec']);
});

test('a sought parameter that is emptied again is left to the engine, any other one is missing', () => {
  const of = (kernel: string, tuning: Record<string, string>): RunDraft => ({ ...workbenchDraft(), variants: [{ kernel, tuning }] });
  const champion = of('champion', { depth: ' ', strip: '512' });
  expect(draftProblems(champion)).toEqual({});
  expect(requestOf(champion, champion.variants, {}).variants[0]!.parameters).toEqual({ strip: 512 });
  expect(Object.keys(draftProblems(of('threads_blocks', { blockRows: ' ' })))).toHaveLength(1);
});
