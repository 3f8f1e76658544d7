import { describe, expect, test } from 'vitest';
import { findKernel } from '../../kernels/catalog.ts';
import { type Exercise, variantKey } from '../../kernels/exercise.ts';
import { defaultParameters, type Isa } from '../../kernels/kernel.ts';
import { DEFAULT_CONVENTION } from '../../kernels/model.ts';
import { EXERCISES, findExercise } from '../../kernels/syllabus.ts';
import { LANGUAGES } from './contract.ts';
import { conclude, measuredOf } from './lesson.ts';
import type { Machine } from './machine.ts';
import type { RunRecord, Sample, Variant, VariantResult } from './run.ts';
import type { Session } from './session.ts';
import { summarise } from './statistics.ts';

const MACHINE = { cpu: 'A processor' } as Machine;

/** What a bar reached: cell updates per second, and how far its five rounds scatter around it. */
interface Reached {
  readonly rate: number;
  readonly scatter?: number;
  readonly isa?: Isa;
  readonly threads?: number;
  readonly adapter?: 'gpu' | 'software';
  readonly change?: Partial<VariantResult>;
}

const SCATTERS = [
  [-2, -1, 0, 1, 2],
  [1, -2, 2, 0, -1],
  [0, 2, -1, -2, 1],
] as const;

function resultOf(exercise: Exercise, index: number, reached: Reached): VariantResult {
  const asked = exercise.variants[index]!;
  const kernel = findKernel(asked.kernel)!;
  const { key: _, kernel: _id, threads = reached.threads, isa: _isa, parameters, grid = exercise.grid, ...own } = asked;
  const cells = grid.rows * grid.cols;
  // An order of its own, or the ratio of two bars were the same in every round.
  const offsets = SCATTERS[index % SCATTERS.length]!;
  const samples: Sample[] = offsets.map((offset, round) => ({
    round,
    index: 0,
    steps: 10,
    seconds: (10 * cells) / (reached.rate * (1 + (offset * (reached.scatter ?? 0.005)) / 2)),
  }));
  const isa = kernel.backend === 'native' ? (reached.isa ?? 'baseline') : undefined;
  const variant: Variant = {
    ...{ kernel: asked.kernel, precision: 'f32', isa, ...own, ...(asked.grid && { grid }) },
    threads: (threads === 'all' ? reached.threads : threads) ?? 1,
    parameters: { ...defaultParameters(kernel), ...parameters },
  };
  const adapter = { id: 'vulkan:0', name: 'An adapter', backend: 'vulkan', driver: '', usable: true, features: [] };
  return {
    variant,
    backend: kernel.backend,
    adapter: kernel.backend === 'webgpu' ? { ...adapter, type: reached.adapter ?? 'gpu' } : undefined,
    status: 'done',
    verification: { status: 'passed', maxAbsError: 1e-7, tolerance: 5e-6 },
    samples,
    summary: summarise(kernel, variant, { convention: DEFAULT_CONVENTION, grid }, samples),
    ...reached.change,
  };
}

/** A run of the exercise; bars that `reached` leaves out did not take part. */
function runOf(exercise: Exercise, reached: Readonly<Record<string, Reached>>, id = 1): RunRecord {
  const variants = exercise.variants.flatMap((asked, index) => {
    const of = reached[variantKey(asked)];
    return of === undefined ? [] : [resultOf(exercise, index, of)];
  });
  const request = {
    convention: DEFAULT_CONVENTION,
    grid: exercise.grid,
    steps: exercise.steps,
    rounds: 5,
    display: false,
    flushSubnormals: true,
    pin: false,
    exercise: exercise.id,
    keepField: false,
    variants: variants.map(({ variant }) => variant),
  };
  return { id, startedAt: '2026-06-23T08:00:00.000Z', status: 'done', request, orderSeed: 1, order: [], machine: 0, variants };
}

function sessionOf(...runs: RunRecord[]): Session {
  return {
    id: 'a',
    createdAt: '2026-06-23T08:00:00.000Z',
    appVersion: '0.1.0',
    notes: '',
    machines: [MACHINE],
    runs,
    ceilings: [],
    exercisesDone: [],
  };
}

const everyBar = (exercise: Exercise, of: (key: string, index: number) => Reached) =>
  Object.fromEntries(exercise.variants.map((variant, index) => [variantKey(variant), of(variantKey(variant), index)]));

const exercise = (id: string) => findExercise(id)!;

// G15 compares results, not speeds; C01b wants two of its bars to be equal.
describe.each(EXERCISES.filter(({ id }) => id !== 'G15' && id !== 'C01b').map((lesson) => [lesson.id, lesson] as const))(
  '%s',
  (_, lesson) => {
    // The baseline is never the winner of the relation, so every other bar ten times as fast shows it, and a tenth refutes it. G07
    // expects no gain.
    const cases = {
      held: everyBar(lesson, (key) => ({ rate: key === lesson.baseline && lesson.id !== 'G07' ? 1e8 : 1e9, threads: 4 })),
      'not-held': everyBar(lesson, (key) => ({ rate: key === lesson.baseline ? 1e9 : 1e8, threads: 4 })),
      // C02 asks for less than a factor of two, the others for more than one.
      unclear: everyBar(lesson, (key) => ({ rate: lesson.id === 'C02' && key !== lesson.baseline ? 5e8 : 1e9, scatter: 0.2, threads: 4 })),
      'not-measured': {},
    } as const;
    test.each(Object.entries(cases))('concludes when the relation is %s', (outcome, reached) => {
      const session = sessionOf(runOf(lesson, reached));
      const texts = LANGUAGES.map((language) => {
        const conclusion = conclude(lesson, session, 1, language);
        // Where nothing beats the baseline, the baseline itself is the best of the battle.
        expect(conclusion.outcome).toBe(lesson.id === 'B01' && outcome === 'not-held' ? 'unclear' : outcome);
        expect(conclusion.text).not.toMatch(/undefined|NaN|object|null|Infinity|\$\{/);
        expect(conclusion.text.length).toBeGreaterThan(40);
        if (outcome !== 'not-measured') expect(conclusion.text).toMatch(/\d/);
        return conclusion.text;
      });
      expect(texts[0]).not.toBe(texts[1]);
      expect(texts[1]).not.toMatch(/'| [:;!?%]/);
    });
  },
);

test('the conclusion holds the measured ratio in the notation of the language', () => {
  const session = sessionOf(runOf(exercise('C07'), { soa_window: { rate: 2e8 }, soa_split: { rate: 4.82e8 } }));
  expect(conclude(exercise('C07'), session, 1, 'en').text).toContain('×\u00a02.41 (2.');
  expect(conclude(exercise('C07'), session, 1, 'fr').text).toContain('×\u00a02,41 (2,');
});

test('a bar that failed, was cancelled or did not verify is no result', () => {
  const bad: Partial<VariantResult>[] = [
    { status: 'failed' },
    { status: 'cancelled' },
    { verification: { status: 'failed', maxAbsError: 1, tolerance: 5e-6 } },
    { verification: undefined },
    { summary: undefined },
  ];
  for (const change of bad) {
    const session = sessionOf(runOf(exercise('C04'), { aos_flat: { rate: 1e8 }, soa_window: { rate: 2e8, change } }));
    expect(conclude(exercise('C04'), session, 1, 'en').outcome).toBe('not-measured');
    expect(measuredOf(session, 1).cellsPerSecond('soa_window')).toBeUndefined();
    expect(measuredOf(session, 1).ranking.map(({ kernel }) => kernel)).toEqual(['aos_flat']);
  }
});

test('two bars of one kernel are told apart by their tuning, whatever their order', () => {
  const run = runOf(exercise('C08'), {
    soa_split: { rate: 4e8 },
    'autovec@baseline': { rate: 1e9, isa: 'baseline' },
    autovec: { rate: 3e9, isa: 'avx512' },
  });
  for (const variants of [run.variants, [...run.variants].reverse()]) {
    const measured = measuredOf(sessionOf({ ...run, variants }), 1);
    expect([measured.isa('autovec@baseline'), measured.isa('autovec')]).toEqual(['baseline', 'avx512']);
    expect(measured.ratio('autovec', 'autovec@baseline')!.median).toBeCloseTo(3, 3);
  }
  expect(conclude(exercise('C08'), sessionOf(run), 1, 'en').text).toMatch(/From 4 to 16 values.*AVX-512.*promise ×\s4/);
});

test('two passes that beat the fused loop in memory refute C08, and what fusing gave is told near and far', () => {
  const near = { soa_split: { rate: 4e8 }, laplacian_pass: { rate: 1e9 }, autovec: { rate: 1.2e9, isa: 'avx512' } } as const;
  const far = (passes: number, fused: number) =>
    sessionOf(
      runOf(exercise('C08'), { ...near, 'laplacian_pass@memory': { rate: passes }, 'autovec@memory': { rate: fused, isa: 'avx512' } }),
    );
  expect(conclude(exercise('C08'), far(3e8, 6e8), 1, 'en')).toMatchObject({
    outcome: 'held',
    text: expect.stringMatching(/×\s1\.2.* in cache and ×\s2.* in memory, where 10 values/),
  });
  expect(conclude(exercise('C08'), far(6e8, 6e8), 1, 'en').outcome).toBe('held');
  expect(conclude(exercise('C08'), far(6e8, 3e8), 1, 'en').outcome).toBe('not-held');
});

test('no reason is given for a gain from wider registers that was not seen', () => {
  const run = runOf(exercise('C08'), {
    soa_split: { rate: 4e8 },
    'autovec@baseline': { rate: 1e9, isa: 'baseline' },
    autovec: { rate: 1e9, isa: 'avx512' },
  });
  for (const [language, reason] of [
    ['en', 'set the rest'],
    ['fr', 'font le reste'],
  ] as const) {
    expect(conclude(exercise('C08'), sessionOf(run), 1, language).text).not.toContain(reason);
  }
});

test('a processor with nothing wider than its baseline is told so, and on arm64 the baseline is NEON', () => {
  const run = runOf(exercise('C08'), {
    soa_split: { rate: 4e8 },
    'autovec@baseline': { rate: 1e9, isa: 'neon' },
    autovec: { rate: 1e9, isa: 'neon' },
  });
  expect(conclude(exercise('C08'), sessionOf(run), 1, 'en').text).toContain('nothing wider than NEON');
});

test('explicit vectors name the registers, and what the narrowest gave where there are wider ones', () => {
  const rates = { 'autovec@baseline': { rate: 1e9, isa: 'baseline' }, 'simd@baseline': { rate: 1.5e9, isa: 'baseline' } } as const;
  const wide = runOf(exercise('C09'), { ...rates, autovec: { rate: 2e9, isa: 'avx512' }, simd: { rate: 6e9, isa: 'avx512' } });
  const { outcome, text } = conclude(exercise('C09'), sessionOf(wide), 1, 'en');
  expect(outcome).toBe('held');
  expect(text).toMatch(/worth ×\s3.*AVX-512, 16 values.*With SSE2, 4 values.*×\s1\.5/);
  const narrow = runOf(exercise('C09'), { ...rates, autovec: { rate: 1e9, isa: 'baseline' }, simd: { rate: 0.9e9, isa: 'baseline' } });
  const slower = conclude(exercise('C09'), sessionOf(narrow), 1, 'en');
  expect(slower.outcome).toBe('not-held');
  expect(slower.text).toMatch(/as well or better.*SSE2, 4 values per register\.$/);
});

test('the lane layout is judged with the widest registers, and told beside the narrowest and beside unaligned loads', () => {
  const narrow = { 'simd@baseline': { rate: 1e9, isa: 'baseline' }, 'simd_lanes@baseline': { rate: 1.5e9, isa: 'baseline' } } as const;
  const wide = (lanes: number) =>
    sessionOf(
      runOf(exercise('C10'), {
        ...narrow,
        autovec: { rate: 1e9, isa: 'avx512' },
        simd: { rate: 2e9, isa: 'avx512' },
        simd_lanes: { rate: lanes, isa: 'avx512' },
      }),
    );
  expect(conclude(exercise('C10'), wide(4e9), 1, 'en')).toMatchObject({
    outcome: 'held',
    text: expect.stringMatching(/worth ×\s2.*`autovec`.*gives ×\s4.*SSE2, 4 values.*16 of AVX-512.*×\s1\.5/),
  });
  expect(conclude(exercise('C10'), wide(1e9), 1, 'fr')).toMatchObject({
    outcome: 'not-held',
    text: expect.stringContaining('elle perd ici'),
  });
});

test('every outcome of the number of chains has its explanation', () => {
  const c11 = exercise('C11');
  const told = (rates: readonly number[], far = 5e8) => {
    const near = Object.fromEntries(['1', '2', '4', '8'].map((chains, at) => [`simd_fma@${chains},1MiB`, { rate: rates[at]! }]));
    const memory = { 'simd@64MiB': { rate: far }, 'simd_fma@1,64MiB': { rate: 5e8 } };
    return conclude(c11, sessionOf(runOf(c11, { simd: { rate: 2e9 }, ...near, ...memory })), 1, 'en').text;
  };
  expect(told([1e9, 1.2e9, 1.5e9, 1.1e9])).toMatch(/4: ×\s1\.5.*Best with 4: .* does wait/);
  expect(told([1e9, 1e9, 1e9, 1e9])).toContain('hides the wait by itself');
  expect(told([1e9, 1e9, 9e8, 7e8])).toContain('More of them cost more');
  expect(told([1e9, 1e9, 1e9, 1e9])).toMatch(/64 MB.*decides in cache\. SSE2 has no FMA/);
  expect(told([1e9, 1e9, 1e9, 1e9], 1e9)).toContain('even there memory delivers');
});

test('the ladder of levels is told whole, and asks more of native only where it is another build', () => {
  const levels = { 'autovec@O0': { rate: 1e8 }, 'autovec@O1': { rate: 3e8 }, 'autovec@O2': { rate: 3e8 }, 'autovec@O3': { rate: 9e8 } };
  const same = conclude(exercise('C06'), sessionOf(runOf(exercise('C06'), { ...levels, autovec: { rate: 9e8 } })), 1, 'en');
  expect(same.outcome).toBe('held');
  expect(same.text).toMatch(/gains ×\s9.*-O1 ×\s3.*-O2 ×\s1.*-O3 ×\s3.*nothing wider than SSE2/);
  const wide = (rate: number) => sessionOf(runOf(exercise('C06'), { ...levels, autovec: { rate, isa: 'avx2' } }));
  expect(conclude(exercise('C06'), wide(2e9), 1, 'en')).toMatchObject({
    outcome: 'held',
    text: expect.stringMatching(/8 values.*gains ×\s2.*more\.$/),
  });
  expect(conclude(exercise('C06'), wide(9e8), 1, 'en').outcome).toBe('unclear');
  expect(conclude(exercise('C06'), wide(5e8), 1, 'en')).toMatchObject({
    outcome: 'not-held',
    text: expect.stringContaining('nothing more'),
  });
});

test('a software GPU decides nothing and is never ranked', () => {
  const software = { rate: 2.7e7, adapter: 'software' } as const;
  const first = sessionOf(runOf(exercise('G02'), { threads_rows: { rate: 3e9, threads: 4 }, gpu_naive: software }));
  expect(conclude(exercise('G02'), first, 1, 'en')).toMatchObject({
    outcome: 'not-measured',
    text: expect.stringContaining('not a GPU’s speed'),
  });
  expect(measuredOf(first, 1)).toMatchObject({ gpu: 'software', ranking: [{ kernel: 'threads_rows' }] });

  const bars = everyBar(exercise('B01'), (key, index) =>
    key.startsWith('gpu') ? { ...software, rate: 1e12 } : { rate: 1e8 * (index + 1) },
  );
  const battle = conclude(exercise('B01'), sessionOf(runOf(exercise('B01'), bars)), 1, 'en');
  expect(battle.outcome).toBe('held');
  expect(battle.text).toMatch(/^`javascript` wins.*software GPU/);
});

test('a hardware GPU takes part in the battle, and a battle without one says so', () => {
  const bars = everyBar(exercise('B01'), (key) => ({ rate: key === 'gpu_champion' ? 1e10 : 1e9, threads: 4 }));
  expect(conclude(exercise('B01'), sessionOf(runOf(exercise('B01'), bars)), 1, 'en').text).toContain('`gpu_champion` wins');
  const { gpu_naive: _, gpu_champion: __, ...processorOnly } = bars;
  expect(conclude(exercise('B01'), sessionOf(runOf(exercise('B01'), processorOnly)), 1, 'fr').text).toContain('Aucun GPU');
});

test('whoever cannot be told from the winner of the battle shares its rank', () => {
  const fast = ['champion', 'threads_rows'];
  const bars = everyBar(exercise('B01'), (key) => ({ rate: fast.includes(key) ? 5e9 : 1e9, scatter: 0.05, threads: 4 }));
  const { text } = conclude(exercise('B01'), sessionOf(runOf(exercise('B01'), bars)), 1, 'en');
  expect(text).toMatch(/wins with .* shares the first rank with `\w+`: this run cannot tell them apart\./);
  expect(text.match(/shares the first rank/g)).toHaveLength(1);
});

test('one or two rounds never decide', () => {
  for (const id of ['C02', 'C07']) {
    const lesson = exercise(id);
    const run = runOf(
      lesson,
      everyBar(lesson, (key) => ({ rate: key === lesson.baseline ? 1e8 : 1e9 })),
    );
    const variants = run.variants.map((result) => ({ ...result, samples: result.samples.slice(0, 2) }));
    expect(conclude(lesson, sessionOf({ ...run, variants }), 1, 'en').outcome).toBe('unclear');
  }
});

test('one thread has nothing to share', () => {
  const withTeamOf = (threads: number) => everyBar(exercise('C17'), () => ({ rate: 1e9, threads }));
  const textWith = (threads: number) => conclude(exercise('C17'), sessionOf(runOf(exercise('C17'), withTeamOf(threads))), 1, 'en').text;
  expect(textWith(1)).toContain('single thread');
  expect(textWith(4)).toContain('4 threads bring');
});

test('the race is judged by what verification found of it, and told with the mean of v', () => {
  const g15 = exercise('G15');
  const found = (error: number | null, status: 'passed' | 'failed', meanV: number | null) => ({
    verification: { status, maxAbsError: error, tolerance: 5e-6 },
    field: { step: 200, meanU: 0.5, meanV, minU: 0, maxU: 1, minV: 0, maxV: 1 },
  });
  const told = (race: Partial<VariantResult> | undefined, adapter: 'gpu' | 'software' = 'gpu', tile = found(3e-7, 'passed', 0.125)) => {
    const bars = {
      gpu_tiled: { rate: 1e8, adapter, change: tile },
      ...(race && { gpu_tiled_race: { rate: 1e9, adapter, change: race } }),
    };
    const session = sessionOf(runOf(g15, bars));
    expect(measuredOf(session, 1).cellsPerSecond('gpu_tiled_race')).toBeUndefined();
    const [en, fr] = LANGUAGES.map((language) => conclude(g15, session, 1, language));
    for (const { text } of [en!, fr!]) expect(text).not.toMatch(/undefined|object|null|Infinity|\$\{/);
    expect(fr!.text).not.toMatch(/'| [:;!?%]/);
    expect(fr!.text).not.toBe(en!.text);
    return en!;
  };
  expect(told(found(0.97, 'failed', 0.0625))).toMatchObject({
    outcome: 'held',
    text: expect.stringMatching(/error is 0\.97 .*with it, 3.*0\.0625 without the barrier and 0\.125 with it\.$/),
  });
  expect(told(found(null, 'failed', null), 'software')).toMatchObject({
    outcome: 'held',
    text: expect.stringMatching(/error is NaN .* is NaN without .*processor played/),
  });
  expect(told(found(4e-7, 'failed', 0.125))).toMatchObject({ outcome: 'not-held', text: expect.stringContaining('That is luck') });
  expect(told(undefined).outcome).toBe('not-measured');
  expect(told({ verification: undefined }).outcome).toBe('not-measured');
  expect(told(found(0.97, 'failed', 0.0625), 'gpu', found(0.5, 'failed', 0.5)).outcome).toBe('not-measured');
});

test.each([
  ['G04', ['gpu_naive', 'gpu_swapped']],
  ['G08', ['gpu_tiled@32x8', 'gpu_naive@32x8']],
] as const)('%s decides nothing on a software GPU, and says so', (id, [of, over]) => {
  const bars = { [of]: { rate: 1e9, adapter: 'software' }, [over]: { rate: 1e8, adapter: 'software' } } as const;
  const session = sessionOf(runOf(exercise(id), bars));
  expect(conclude(exercise(id), session, 1, 'en')).toMatchObject({
    outcome: 'not-measured',
    text: expect.stringMatching(/processor played the GPU’s part.*×\s10/),
  });
  expect(conclude(exercise(id), session, 1, 'fr').text).toMatch(/processeur qui jouait le rôle du GPU.*×\s10/);
});

test('the best of the session counts other runs under the same convention on the same machine only', () => {
  const c04 = exercise('C04');
  const slow = runOf(c04, { aos_flat: { rate: 1e8 } });
  const fast = runOf(c04, { aos_flat: { rate: 2e8 } }, 2);
  const otherStencil = { ...runOf(c04, { aos_flat: { rate: 8e8 } }, 3) };
  const otherMachine = { ...runOf(c04, { aos_flat: { rate: 9e8 } }, 4), machine: 1 };
  const otherGrid = runOf(c04, { aos_flat: { rate: 4e8 } }, 5);
  const convention = { ...DEFAULT_CONVENTION, stencil: 'oono-puri' } as const;
  const session = sessionOf(slow, fast, { ...otherStencil, request: { ...otherStencil.request, convention } }, otherMachine, {
    ...otherGrid,
    request: { ...otherGrid.request, grid: { rows: 7, cols: 9 } },
  });
  const measured = measuredOf(session, 1);
  expect(measured.cellsPerSecond('aos_flat')).toBeCloseTo(1e8, -2);
  expect(measured.bestInSession('aos_flat')).toBeCloseTo(4e8, -2);
  expect(measured.ranking[0]!.cellsPerSecond).toBeCloseTo(2e8, -2);
  expect(measured.bestInSession('autovec')).toBeUndefined();
});

test('a run outside any exercise is measured by its kernels’ ids, and an unknown run is refused', () => {
  const run = runOf(exercise('C04'), { aos_flat: { rate: 1e8 }, soa_window: { rate: 2e8 } });
  const session = sessionOf({ ...run, request: { ...run.request, exercise: undefined } });
  expect(measuredOf(session, 1).ratio('soa_window', 'aos_flat')).toMatchObject({ clear: true });
  expect(() => measuredOf(session, 9)).toThrow(RangeError);
});

test('where no adapter has halves, G13 says what is missing, and how far f32 went all the same', () => {
  const observed = (late: number) => ({
    observations: [0, 1e-6, late].map((value, index) => ({ round: 0, step: 250 * index, name: 'difference' as const, value })),
  });
  const run = (late: number, half?: Reached) =>
    runOf(exercise('G13'), {
      gpu_constants: { rate: 1e9 },
      'gpu_constants@small': { rate: 1e9, change: observed(late) },
      ...(half && { gpu_half: half, 'gpu_half@small': { ...half, change: observed(0.3) } }),
    });
  const without = conclude(exercise('G13'), sessionOf(run(2e-6)), 1, 'en');
  expect(without).toMatchObject({
    outcome: 'not-measured',
    text: expect.stringMatching(/shader-f16.*at most 1e.6 after 250 steps, 2e.6 after 500\.$/),
  });
  const beside = conclude(exercise('G13'), sessionOf(run(0.2, { rate: 1.8e9 })), 1, 'en');
  expect(beside.outcome).toBe('held');
  expect(beside.text).toMatch(/worth ×\s1\.8.*more than 0\.1 from step 500 on: another pattern\. In halves: 1e.6 after 250/);
});

describe('C01b', () => {
  const rates = {
    same: { rate: 1e9 },
    slower: { rate: 0.97e9 },
    faster: { rate: 1.05e9 },
    scattered: { rate: 1e9, scatter: 0.2 },
  } as const;
  const told = (itself: Reached, slower: Reached, more: Partial<RunRecord> = {}) => {
    const lesson = exercise('C01b');
    const bars = { autovec_repeat: rates.same, 'autovec_repeat@itself': itself, 'autovec_repeat@slower': slower };
    const session = sessionOf({ ...runOf(lesson, bars), ...more });
    const [en, fr] = LANGUAGES.map((language) => conclude(lesson, session, 1, language));
    expect(fr!.text).not.toMatch(/'| [:;?!%]/);
    expect(fr!.outcome).toBe(en!.outcome);
    return en!;
  };

  test('holds when equals are not told apart and the slower one is, with the numbers', () => {
    const { outcome, text } = told(rates.same, rates.slower);
    expect(outcome).toBe('held');
    expect(text).toMatch(/^Beside itself .* ×\s1\.0\d+ \(.*\) in 5 rounds\. No difference/);
    expect(text).toMatch(/a row in 32 computed twice: ×\s0\.97\d* \(.*Slower beyond doubt, and the 0\.97 that the rows give/);
    expect(text).not.toMatch(/own noise|slowed/);
  });

  test('says what chance, an unfit machine and too few rounds do to it', () => {
    expect(told(rates.faster, rates.slower)).toMatchObject({ outcome: 'not-held', text: expect.stringContaining('one run in twenty') });
    expect(told(rates.same, rates.faster)).toMatchObject({ outcome: 'not-held', text: expect.stringContaining('that cannot be') });
    expect(told(rates.same, rates.scattered)).toMatchObject({
      outcome: 'unclear',
      text: expect.stringMatching(/Cannot tell yet: about \d+ more rounds\. The difference is there/),
    });
    expect(told(rates.same, { rate: 0.9e9 })).toMatchObject({ outcome: 'held', text: expect.stringContaining('outside the interval') });
  });

  test('names the noise of the machine and the turns for which it was slowed', () => {
    const { samples } = runOf(exercise('C01b'), { autovec_repeat: { rate: 1.004e9 } }).variants[0]!;
    const reading = { loopHertz: 4e8 };
    const conditions = Array.from({ length: 20 }, (_, turn) => ({
      ...{ round: Math.floor(turn / 4), variant: turn % 4, begin: turn, end: turn + 1 },
      ...{ before: reading, after: turn === 7 ? { loopHertz: 3e8 } : reading },
    }));
    const { text } = told(rates.same, rates.slower, { control: { variant: 0, samples }, conditions });
    expect(text).toMatch(/own noise in this run is \d\.\d+\s%/);
    expect(text).toContain('slowed in 1 of 20 turns');
    // The turn was the control's: neither side of the comparison suffered it.
    expect(text).not.toContain('But the machine');
  });
});

test('a conclusion tells which of its two the machine slowed', () => {
  const run = runOf(exercise('C07'), { soa_window: { rate: 2e8 }, soa_split: { rate: 4.82e8 } });
  const conditions = Array.from({ length: 10 }, (_, turn) => ({
    ...{ round: Math.floor(turn / 2), variant: turn % 2, begin: turn, end: turn + 1, before: {} },
    after: { loopHertz: turn === 3 || turn === 7 ? 3e8 : 4e8 },
  }));
  const slowed = run.variants[1]!.variant.kernel;
  const told = (more: Partial<RunRecord>) => conclude(exercise('C07'), sessionOf({ ...run, ...more }), 1, 'en').text;
  expect(told({ conditions }).endsWith(` But the machine was slowed in 2 of 5 rounds of \`${slowed}\`.`)).toBe(true);
  expect(told({})).not.toContain('slowed');
});
