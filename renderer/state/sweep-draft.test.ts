import { describe, expect, test } from 'vitest';
import type { AxisOf } from '../../electron/shared/sweep/axes.ts';
import { draftProblems, type RunDraft, requestOf, workbenchDraft } from './run-draft.ts';
import { fixedNumbers } from './sweep.ts';
import { axisChoices, axisKey, NO_SWEEP, type SweepDraft, usualValues } from './sweep-draft.ts';

const plain = { ...workbenchDraft(), variants: [{ kernel: 'champion', tuning: {} }] };
const axis = (of: AxisOf | undefined, text: string) => ({ of, text });
const none = axis(undefined, '');
const drafted = (first: ReturnType<typeof axis>, second = none, more: Partial<SweepDraft> = {}): RunDraft => ({
  ...plain,
  sweep: { ...NO_SWEEP, ...more, axes: [first, second] },
});
const requested = (draft: RunDraft) => requestOf(draft, draft.variants, {});
const size = (text: string) => axis({ setting: 'size' }, text);
const threads = (text: string) => axis({ setting: 'threads' }, text);
const depth = (text: string) => axis({ parameter: 'depth' }, text);

describe('the sweep of a draft', () => {
  test('is nothing before an axis is chosen', () => {
    expect(requested(plain).variants).toEqual([{ kernel: 'champion', precision: 'f32' }]);
  });

  test('makes the variants of every point', () => {
    const { variants } = requested(drafted(depth('4, 8'), threads('1:3')));
    expect(variants.map((variant) => [variant.parameters?.depth, variant.threads])).toEqual([
      [4, 1],
      [4, 2],
      [4, 3],
      [8, 1],
      [8, 2],
      [8, 3],
    ]);
  });

  test('scales the steps with the work of a grid, unless they are to be the same', () => {
    const scaled = requested(drafted(size('256, 1024'))).variants.map(({ steps }) => steps ?? 0);
    expect(scaled[0]! / scaled[1]!).toBeCloseTo(16, 0);
    const same = requested(drafted(size('256, 1024'), none, { sameWork: false })).variants;
    expect(same.map(({ steps }) => steps)).toEqual([undefined, undefined]);
    expect(requested(drafted(depth('4, 8'))).variants.map(({ steps }) => steps)).toEqual([undefined, undefined]);
  });

  test('lets the grid grow with the threads, where threads are swept', () => {
    const weak = requested(drafted(threads('1, 2'), none, { weak: true }));
    expect(weak.variants.map(({ grid }) => grid?.rows)).toEqual([1080, 2160]);
    expect(requested(drafted(depth('4, 8'), none, { weak: true })).variants.every(({ grid }) => grid === undefined)).toBe(true);
  });

  test('tells what is wrong at its axis, and of both together at the last', () => {
    expect(draftProblems(drafted(depth('4, 99')))).toEqual({
      'sweep.0': { expected: expect.stringMatching(/from 1 to 64$/), received: '99' },
    });
    expect(draftProblems(drafted(size('64, 128'), axis({ setting: 'rows' }, '64')))['sweep.1']?.expected).toBe('each name once');
    expect(draftProblems(drafted(size('1:4000:40'), depth('1:64:30')))['sweep.1']?.expected).toBe('at most 1000 points in all');
  });

  test('forgets an axis that no kernel of the run has any more', () => {
    const draft = { ...drafted(depth('nonsense')), variants: [{ kernel: 'simd', tuning: {} }] };
    expect(draftProblems(draft)).toEqual({});
    expect(requested(draft).variants).toHaveLength(1);
  });

  test('takes over the typed threads and precision', () => {
    expect([...fixedNumbers(drafted(threads('1, 2'), axis({ setting: 'precision' }, 'f32, f64')))]).toEqual(['threads', 'precision']);
  });
});

test.each(axisChoices(plain.variants).map((of) => [axisKey(of), of] as const))('%s begins with values that are right', (_, of) => {
  const text = usualValues(of, plain.variants, 16);
  expect(draftProblems(drafted(axis(of, text)))).toEqual({});
  expect(requested(drafted(axis(of, text))).variants.length).toBeGreaterThan(1);
});
