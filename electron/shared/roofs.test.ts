import { describe, expect, test } from 'vitest';
import { FIXTURE_MACHINE } from './figures/figure.fixture.ts';
import { FIXTURE_CEILINGS, FIXTURE_GPU } from './plots/roofline.fixture.ts';
import { computeRoof, heightAt, levelOf, limitOf, memoryRoofs, rateOfRoof, ridgeOf, type UnderRoofs } from './roofs.ts';

const exactly = (value: number) => ({ median: value, low: value, high: value });
const under = (change: Partial<UnderRoofs>): UnderRoofs => ({
  ...{ intensity: 2, flopsPerSecond: exactly(1e9), precision: 'f32', threads: 1, isa: 'avx2', bytes: 1e9 },
  ...change,
});
const limit = (change: Partial<UnderRoofs>) => limitOf(under(change), FIXTURE_CEILINGS, FIXTURE_MACHINE)!;

test('a roof is min(peak, intensity × bandwidth), and the two meet at the ridge', () => {
  const memory = memoryRoofs(FIXTURE_CEILINGS, 1).at(-1)!;
  const peak = computeRoof(FIXTURE_CEILINGS, { operation: 'fma', precision: 'f32', isa: 'avx2', threads: 1 })!;
  expect(heightAt(memory, 3)).toBeCloseTo(3 * rateOfRoof(memory));
  expect(heightAt(peak, 3)).toBe(112e9);
  expect(heightAt(memory, ridgeOf(memory, peak))).toBeCloseTo(112e9);
  expect(limit({ intensity: 0.9 * ridgeOf(memory, peak) }).roof.of).toBe('memory');
  expect(limit({ intensity: 1.1 * ridgeOf(memory, peak) }).roof.of).toBe('compute');
});

test('a roof is that of the team, or of the next larger one that was measured, with its fastest stores', () => {
  expect(memoryRoofs(FIXTURE_CEILINGS, 1).map(({ ceiling }) => 'streaming' in ceiling && ceiling.streaming)).toEqual([
    false,
    false,
    false,
    true,
  ]);
  const team = (threads: number) => memoryRoofs(FIXTURE_CEILINGS, threads).map(({ ceiling }) => 'threads' in ceiling && ceiling.threads);
  expect([team(2), team(8), team(100)].map(([first]) => first)).toEqual([8, 8, 16]);
});

describe('what holds a measurement', () => {
  test('is the memory that the grid lies in', () => {
    expect(limit({}).roof).toMatchObject({ of: 'memory', ceiling: { level: 'memory', threads: 1 } });
    // 1 MiB of L2 for each core; the L3 of this machine is unknown.
    expect(limit({ intensity: 0.1, bytes: 900_000 }).roof).toMatchObject({ ceiling: { level: 'L2' } });
    expect(limit({ intensity: 0.1, bytes: 40_000 }).roof).toMatchObject({ ceiling: { level: 'L1' } });
    expect(levelOf(7e6, FIXTURE_MACHINE, 8)).toBe('L2');
    expect(levelOf(7e6, FIXTURE_MACHINE, 4)).toBe('memory');
  });

  test('is a nearer level where memory allows less than was reached', () => {
    const reached = limit({ intensity: 0.5, flopsPerSecond: exactly(30e9) });
    expect(reached).toMatchObject({ roof: { ceiling: { level: 'L3' } }, servedByCache: true });
    expect(limit({}).servedByCache).toBe(false);
    // Within its interval it is still under the roof of memory.
    expect(limit({ flopsPerSecond: { median: 68e9, low: 60e9, high: 70e9 } })).toMatchObject({ servedByCache: false });
  });

  test('is the peak of its instruction set and precision', () => {
    const peak = (change: Partial<UnderRoofs>) => rateOfRoof(limit({ intensity: 1000, ...change }).roof);
    expect([peak({}), peak({ precision: 'f64' }), peak({ isa: 'baseline' }), peak({ threads: 8 })]).toEqual([112e9, 56e9, 28e9, 896e9]);
  });

  test('is a share of more than one where even the highest roof was measured too low', () => {
    expect(limit({ flopsPerSecond: exactly(500e9) }).share).toBeGreaterThan(2);
  });

  test('is on a GPU its own copy or peak, and nothing without its ceilings', () => {
    const adapter = { id: FIXTURE_GPU.id, name: FIXTURE_GPU.name };
    expect(limit({ adapter, flopsPerSecond: exactly(400e9) })).toMatchObject({ roof: { of: 'gpu-memory' }, share: 0.5 });
    expect(limit({ adapter, intensity: 100 }).roof.of).toBe('gpu-compute');
    expect(limitOf(under({ adapter: { ...adapter, name: 'Another card' } }), FIXTURE_CEILINGS, FIXTURE_MACHINE)).toBeUndefined();
  });
});
