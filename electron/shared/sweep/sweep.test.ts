import { describe, expect, test } from 'vitest';
import { findKernel } from '../../../kernels/catalog.ts';
import { cellsOf, type VariantRequest } from '../run.ts';
import { axisNamed, axisNames, problemOfAxes, readAxis } from './read-axis.ts';
import { pointsOf, type SweepAxisValues, sweptVariants } from './sweep.ts';

const kernels = (...ids: string[]) => ids.map((id) => findKernel(id)!);
const axis = (text: string, ...ids: string[]) => readAxis(text, kernels(...ids)) as SweepAxisValues;
const grid = { rows: 1080, cols: 1920 };

describe('an axis by its name', () => {
  test('is a setting, or a parameter of one of the kernels', () => {
    expect(axis('size=64:256log', 'simd')).toEqual({ of: { setting: 'size' }, values: [64, 128, 256] });
    expect(axis('depth=4,8', 'simd', 'champion')).toEqual({ of: { parameter: 'depth' }, values: [4, 8] });
    expect(axisNames(kernels('javascript'))).not.toContain('threads');
  });

  test('called as both is the parameter where the values are its words', () => {
    expect(axisNamed('rows', 'autovec', kernels('threads_rows'))).toEqual({ parameter: 'rows' });
    expect(axisNamed('rows', '64:128', kernels('threads_rows'))).toEqual({ setting: 'rows' });
  });

  test('is refused with the names that there are, values with their bounds', () => {
    expect(readAxis('depth=4', kernels('simd'))).toMatchObject({
      expected: expect.stringMatching(/^NAME=VALUES with a NAME of size, rows/),
    });
    expect(readAxis('size', kernels('simd'))).toMatchObject({ received: 'size' });
    expect(readAxis('depth=1:65', kernels('champion'))).toEqual({
      name: 'depth',
      expected: expect.stringMatching(/from 1 to 64$/),
      received: '65',
    });
    expect(readAxis('isa=avx2', kernels('javascript'))).toMatchObject({ received: 'isa=avx2' });
  });

  test('takes what every kernel that has it takes', () => {
    const both = readAxis('depth=1:64', kernels('champion', 'gpu_champion'));
    expect(both).toMatchObject({ expected: expect.stringMatching(/from 1 to 32$/) });
  });
});

describe('axes together', () => {
  test('are one of each, the grid being one', () => {
    const twice = [axis('size=64,128', 'simd'), axis('rows=64,128', 'simd')];
    expect(problemOfAxes(twice, kernels('simd'))).toEqual({ expected: 'each name once', received: 'grid' });
  });

  test('make no more points than a run holds', () => {
    const many = [axis('size=1:4000:40', 'champion'), axis('depth=1:64:26', 'champion')];
    expect(pointsOf(kernels('champion'), many)).toBe(1040);
    expect(problemOfAxes(many, kernels('champion'))).toEqual({ expected: 'at most 1000 points in all', received: '1040' });
    expect(problemOfAxes(many, kernels('simd'))).toBeUndefined();
  });
});

describe('variants at every point', () => {
  const champion: VariantRequest = { kernel: 'champion' };

  test('are all combinations; a kernel without an axis stays once', () => {
    const axes = [axis('depth=4,8', 'champion'), axis('strip=64,128,256', 'champion')];
    const swept = sweptVariants([champion, { kernel: 'simd' }], { axes, grid, weak: false });
    expect(swept).toHaveLength(7);
    expect(swept.slice(-2)).toEqual([{ kernel: 'champion', parameters: { depth: 8, strip: 256 } }, { kernel: 'simd' }]);
    expect(pointsOf(kernels('champion', 'simd'), axes)).toBe(7);
  });

  test('are square, or in the shape of the run', () => {
    const at = (text: string) => sweptVariants([champion], { axes: [axis(text, 'champion')], grid, weak: false })[0]?.grid;
    expect(at('size=540')).toEqual({ rows: 540, cols: 540 });
    expect(at('rows=540')).toEqual({ rows: 540, cols: 960 });
  });

  test('settings of all kinds', () => {
    const at = (text: string) => sweptVariants([champion], { axes: [axis(text, 'champion')], grid, weak: false }).at(-1);
    expect(at('precision=f32,f64')).toMatchObject({ precision: 'f64' });
    expect(at('stencil=eight,five-point')).toMatchObject({ stencil: 'five-point' });
    expect(at('isa=baseline,avx2')).toMatchObject({ isa: 'avx2' });
    expect(at('flush=off')).toMatchObject({ flushSubnormals: false });
    expect(at('pin=off,on')).toMatchObject({ pin: true });
    expect(at('threads=1:3')).toMatchObject({ threads: 3 });
  });

  test('weak: every thread keeps its rows', () => {
    const swept = sweptVariants([champion], { axes: [axis('threads=1,2,3', 'champion')], grid, weak: true });
    expect(swept.map((variant) => variant.grid)).toEqual([grid, { rows: 2160, cols: 1920 }, { rows: 3240, cols: 1920 }]);
  });

  test('take steps by their work, in whole sweeps of the kernel, and one sweep at least', () => {
    const axes = [axis('size=64:16384log', 'champion')];
    const work = { cellUpdates: 1e8, perThread: false };
    const swept = sweptVariants([{ kernel: 'champion', parameters: { depth: 16 } }], { axes, grid, weak: false, work });
    expect(swept.every(({ steps }) => steps! % 16 === 0)).toBe(true);
    expect(swept.at(-1)?.steps).toBe(16);
    const updates = swept.slice(0, 5).map((variant) => variant.steps! * cellsOf(variant.grid!));
    for (const each of updates) expect(Math.abs(each / 1e8 - 1)).toBeLessThan(0.1);
  });

  test('take as many steps for each thread, and the same on a grid that grows along', () => {
    const axes = [axis('threads=1,2,4', 'simd', 'threads_rows')];
    const work = { cellUpdates: 1e8, perThread: true };
    const steps = (weak: boolean) =>
      sweptVariants([{ kernel: 'threads_rows' }], { axes, grid, weak, work }).map((variant) => variant.steps);
    expect(steps(false)).toEqual([48, 96, 193]);
    expect(steps(true)).toEqual([48, 48, 48]);
  });
});
