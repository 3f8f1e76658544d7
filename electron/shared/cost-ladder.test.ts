import { describe, expect, test } from 'vitest';
import { KERNELS } from '../../kernels/catalog.ts';
import { CAUSE_IDS, type CauseId } from '../../kernels/cause.ts';
import type { Isa } from '../../kernels/kernel.ts';
import { resolveRequest } from '../engine/run/requests.ts';
import { DEFAULT_LADDER, type LadderHere, type LadderState, ladderRequest, pacedLadder, ratesOfPaces } from './cost-ladder.ts';
import { type Adapter, ladderSchema, type RunRequest, type VariantRequest } from './run.ts';

const CARD: Adapter = {
  ...{ id: 'vulkan:0', name: 'A card', backend: 'vulkan', type: 'gpu', driver: '1', usable: true, features: [] },
};
const SOFTWARE: Adapter = { ...CARD, id: 'vulkan:1', name: 'SwiftShader', type: 'software' };

interface Machine extends Partial<Omit<LadderHere, 'kernels'>> {
  readonly isas?: readonly Isa[];
  /** Kernels that it cannot run. */
  readonly lacks?: readonly string[];
}

function machine({ isas = ['baseline', 'avx2', 'avx512'], lacks = [], ...rest }: Machine = {}): LadderHere {
  const kernels = KERNELS.map((kernel) =>
    lacks.includes(kernel.id)
      ? { kernel: kernel.id, available: false, reason: 'compiler-missing' as const, detail: 'gfortran' }
      : { kernel: kernel.id, available: true, ...(kernel.isas && { isas: isas.filter((isa) => kernel.isas!.includes(isa)) }) },
  );
  return { kernels, logicalCores: 8, adapters: [CARD], adapter: 'auto', os: 'Debian GNU/Linux 12 (bookworm)', ...rest };
}

const requestOn = (here: LadderHere, change: Partial<LadderState> = {}): RunRequest =>
  ladderRequest({ ...DEFAULT_LADDER, ...change }, here)!;

/** Both variants of every comparison of a cause. */
function changesOf({ ladder, variants }: RunRequest, cause: CauseId): [VariantRequest, VariantRequest][] {
  return ladder!.changes.filter((change) => change.cause === cause).map(({ from, to }) => [variants[from]!, variants[to]!]);
}
const reasonOf = ({ ladder }: RunRequest, cause: CauseId) => ladder!.unchanged.find((each) => each.cause === cause)?.reason;

/** Whatever the machine, what is asked for is told once: as a change, or with the reason why there is none. */
function expectWhole(request: RunRequest, here: LadderHere, causes: readonly CauseId[] = CAUSE_IDS): void {
  const { changes, unchanged, climb = [] } = ladderSchema.parse(request.ladder);
  const told = [...new Set(changes.map(({ cause }) => cause)), ...unchanged.map(({ cause }) => cause)];
  expect(told.toSorted()).toEqual([...causes].toSorted());
  const texts = request.variants.map((variant) => JSON.stringify(Object.entries(variant).toSorted()));
  expect(new Set(texts).size).toBe(texts.length);
  const used = new Set([0, ...changes.flatMap(({ from, to }) => [from, to]), ...climb.map(({ variant }) => variant)]);
  expect([...used].toSorted((a, b) => a - b)).toEqual(request.variants.map((_, index) => index));
  for (const { from, to } of changes) expect(from).not.toBe(to);
  // The engine of that machine takes it as it is.
  const offer = { kernels: here.kernels, adapters: here.adapters, preferredAdapter: here.adapter, cores: 8 };
  expect(resolveRequest({ ...request, steps: 1 }, offer).variants).toHaveLength(request.variants.length);
}

describe('the default ladder', () => {
  test('of a machine that has everything: every cause is changed, in the school’s order, and nothing else with it', () => {
    const here = machine();
    const request = requestOn(here);
    expectWhole(request, here);
    expect(request.ladder!.unchanged).toEqual([]);
    const order = request.ladder!.changes.map(({ cause }) => CAUSE_IDS.indexOf(cause));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    const base = { kernel: 'champion', precision: 'f32' };
    expect(request.variants[0]).toEqual(base);
    expect(request).toMatchObject({ pin: true, flushSubnormals: true, rounds: 7 });
    expect(changesOf(request, 'pinning')).toEqual([[base, { ...base, pin: false }]]);
    expect(changesOf(request, 'subnormals')).toEqual([[base, { ...base, flushSubnormals: false }]]);
    expect(changesOf(request, 'threads')).toEqual([[base, { ...base, threads: 1 }]]);
    expect(changesOf(request, 'precision')).toEqual([[base, { ...base, precision: 'f64' }]]);
    expect(changesOf(request, 'depth')).toEqual([[base, { ...base, parameters: { depth: 1 } }]]);
    expect(changesOf(request, 'width')).toEqual([
      [base, { ...base, isa: 'avx2' }],
      [base, { ...base, isa: 'baseline' }],
    ]);
    expect(changesOf(request, 'loop-order').map((pair) => pair.map(({ kernel }) => kernel))).toEqual([['soa_window', 'soa_swapped']]);
    expect(request.ladder!.climb!.map(({ rung, variant }) => [rung, request.variants[variant]!.kernel])).toEqual([
      ['naive', 'aos_nested'],
      ['layout', 'soa_window'],
      ['tests', 'soa_split'],
      ['vectorising', 'autovec'],
      ['threads', 'threads_rows'],
      ['depth', 'champion'],
    ]);
  });

  test('without wide vectors, Fortran and a GPU: each is told with its reason', () => {
    const here = machine({ isas: ['baseline'], lacks: ['fortran'], adapters: [SOFTWARE] });
    const request = requestOn(here);
    expectWhole(request, here);
    expect(reasonOf(request, 'width')).toEqual({ why: 'narrowest' });
    expect(reasonOf(request, 'language')).toEqual({
      why: 'unavailable',
      kernel: 'fortran',
      reason: 'compiler-missing',
      detail: 'gfortran',
    });
    for (const cause of ['coalescing', 'transfer', 'batching'] as const)
      expect(reasonOf(request, cause)).toEqual({ why: 'software-gpu', adapter: 'SwiftShader' });
    expect(request.variants.map(({ kernel }) => kernel)).not.toContain('gpu_naive');
  });

  test('without any adapter', () => {
    const here = machine({ adapters: [] });
    const request = requestOn(here);
    expectWhole(request, here);
    expect(reasonOf(request, 'transfer')).toMatchObject({ why: 'unavailable', reason: 'no-adapter' });
  });

  test('with one processor, and a system that pins nothing: no rung of threads, and nothing is pinned', () => {
    const here = machine({ logicalCores: 1, os: 'macOS 15.1' });
    const request = requestOn(here);
    expectWhole(request, here);
    expect(request.pin).toBe(false);
    expect(reasonOf(request, 'pinning')).toEqual({ why: 'system' });
    expect(reasonOf(request, 'threads')).toEqual({ why: 'one-processor' });
    expect(request.ladder!.climb!.map(({ rung }) => rung)).not.toContain('threads');
  });

  test('without its kernel there is none', () => {
    expect(ladderRequest(DEFAULT_LADDER, machine({ lacks: ['champion'] }))).toBeUndefined();
    expect(ladderRequest({ ...DEFAULT_LADDER, base: { kernel: 'nothing' } }, machine())).toBeUndefined();
  });
});

describe('a state of one’s own', () => {
  test('what it is without already is no change, and what it has is kept in every other one', () => {
    const here = machine();
    const base = { kernel: 'champion', threads: 1, isa: 'avx2', precision: 'f64', parameters: { depth: 1, strip: 512 } } as const;
    const request = requestOn(here, { base, flushSubnormals: false, pin: false });
    expectWhole(request, here);
    for (const cause of ['pinning', 'subnormals', 'threads', 'precision', 'depth'] as const)
      expect(reasonOf(request, cause)).toEqual({ why: 'without' });
    expect(changesOf(request, 'width')).toEqual([[base, { ...base, isa: 'baseline' }]]);
    expect(new Set(request.variants.filter(({ kernel }) => !kernel.startsWith('gpu')).map(({ precision }) => precision))).toEqual(
      new Set(['f64']),
    );
  });

  test('a kernel without a team, vectors and tiles has no switch for them, and no climb', () => {
    const here = machine();
    const request = requestOn(here, { base: { kernel: 'soa_window' } });
    expectWhole(request, here);
    for (const cause of ['width', 'depth', 'threads'] as const)
      expect(reasonOf(request, cause)).toEqual({ why: 'no-switch', kernel: 'soa_window' });
    expect(request.ladder!.climb).toBeUndefined();
    // It is measured once, as the state and as half of two pairs.
    const plain = JSON.stringify(Object.entries(request.variants[0]!).toSorted());
    expect(request.variants.filter((variant) => JSON.stringify(Object.entries(variant).toSorted()) === plain)).toHaveLength(1);
  });

  test('a kernel in blocks has its own made large, in place of the pair that stands for them', () => {
    const here = machine();
    const base = { kernel: 'pyramid', precision: 'f32', parameters: { depth: 4, blockRows: 32 } } as const;
    const request = requestOn(here, { base });
    expectWhole(request, here);
    expect(changesOf(request, 'blocks')).toEqual([[base, { ...base, parameters: { depth: 4, blockRows: 1024, blockCols: 4096 } }]]);
    expect(changesOf(request, 'depth')).toEqual([[base, { ...base, parameters: { depth: 1, blockRows: 32 } }]]);
    expect(request.variants.map(({ kernel }) => kernel)).not.toContain('blocked');
    // A team would lose its shares of the work with them.
    const team = requestOn(here, { base: { kernel: 'threads_blocks' } });
    expect(
      changesOf(team, 'blocks')
        .flat()
        .map(({ kernel }) => kernel),
    ).toEqual(['blocked', 'blocked']);
  });

  test('a boundary that only the plain loops have leaves the others out, with the reason', () => {
    const here = machine();
    const convention = { ...DEFAULT_LADDER.convention, boundary: 'clipped' as const };
    const request = requestOn(here, { base: { kernel: 'soa_split' }, convention });
    expectWhole(request, here);
    expect(reasonOf(request, 'fusing')).toEqual({ why: 'convention', kernel: 'autovec', what: 'boundary', received: 'clipped' });
    expect(changesOf(request, 'layout')).toHaveLength(1);
  });

  test('a GPU kernel: its own switches and its own pairs, on the adapter of the state, even a software one', () => {
    const here = machine({ adapters: [SOFTWARE] });
    const base = { kernel: 'gpu_champion', adapter: SOFTWARE.id };
    const request = requestOn(here, { base });
    const whole = { ...base, precision: 'f32' };
    expectWhole(request, here, ['pinning', 'width', 'depth', 'threads', 'precision', 'subnormals', 'coalescing', 'transfer', 'batching']);
    expect(changesOf(request, 'transfer')).toEqual([[whole, { ...whole, parameters: { transfer: 'per-step' } }]]);
    expect(changesOf(request, 'batching')).toEqual([[whole, { ...whole, parameters: { stepsPerSubmit: 1 } }]]);
    expect(changesOf(request, 'coalescing').flat()).toMatchObject([
      { kernel: 'gpu_naive', adapter: SOFTWARE.id },
      { kernel: 'gpu_swapped', adapter: SOFTWARE.id },
    ]);
    expect(reasonOf(request, 'precision')).toEqual({ why: 'no-switch', kernel: 'gpu_champion' });
  });
});

describe('steps', () => {
  const request = requestOn(machine());
  const champion = 0.001;
  const paces = request.variants.map(({ kernel }) => (kernel === 'champion' ? champion : kernel === 'aos_nested' ? 0.1 : 0.01));

  test('are the same for the state and what differs from it in one cause, and by pace for pairs', () => {
    const paced = pacedLadder(request, paces);
    const at = (kernel: string) => paced.variants.filter((variant) => variant.kernel === kernel).map(({ steps }) => steps ?? paced.steps);
    expect(new Set(at('champion'))).toEqual(new Set([150]));
    expect(at('aos_nested')).toEqual([2]);
    expect(at('soa_window')).toEqual([15]);
    expect(ratesOfPaces(paced, paces)[0]).toBe((1080 * 1920) / champion);
  });

  test('a slow state still takes several of its sweeps', () => {
    expect(
      pacedLadder(
        request,
        paces.map(() => 10),
      ).steps,
    ).toBe(96);
  });

  test('that are given are everybody’s', () => {
    const paced = pacedLadder(request, paces, 40);
    expect(paced.steps).toBe(40);
    expect(paced.variants).toEqual(request.variants);
  });
});
