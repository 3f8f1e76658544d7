/** Records that the session tests write: small, complete, and valid for every schema. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { DEFAULT_CONVENTION } from '../../../kernels/model.ts';
import type { Machine } from '../../shared/machine.ts';
import type { RunRecord, Sample } from '../../shared/run.ts';
import { asTrouble, type Trouble } from '../../shared/trouble.ts';

/** A folder for the test file, removed at its end. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gslab-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const MACHINE: Machine = {
  cpu: 'A processor',
  vendor: 'A vendor',
  architecture: 'x64',
  logicalCores: 8,
  physicalCores: 'unknown',
  cacheBytes: { l1d: 32768, l2: 1048576, l3: 'unknown' },
  memoryBytes: 16e9,
  isas: ['baseline', 'avx2'],
  os: 'Linux',
  kernel: '6.1',
  virtualisation: 'none',
  power: 'mains',
  governor: 'unknown',
  node: '26.10.0',
  appVersion: '0.1.0',
  compiler: 'GCC 12 -O3',
  gpus: [],
};

export const RUN: Omit<RunRecord, 'id' | 'variants' | 'status' | 'finishedAt'> = {
  startedAt: '2026-06-23T08:00:00.000Z',
  request: {
    convention: DEFAULT_CONVENTION,
    grid: { rows: 12, cols: 20 },
    steps: 64,
    rounds: 2,
    display: false,
    flushSubnormals: true,
    pin: false,
    exercise: 'C04',
    keepField: true,
    variants: [
      { kernel: 'aos_nested', precision: 'f32', isa: 'baseline', threads: 1, parameters: {} },
      { kernel: 'gpu_naive', precision: 'f32', threads: 1, adapter: 'vulkan:0', parameters: { workgroupX: 8 } },
    ],
  },
  orderSeed: 42,
  order: [
    [0, 1],
    [1, 0],
  ],
  machine: 0,
};

export function sample(round: number, index: number, seconds = 0.02): Sample {
  return { round, index, steps: 32, seconds };
}

/** The trouble that `act` throws; undefined when it throws none. */
export function troubleOf(act: () => unknown): Trouble | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return asTrouble(error);
  }
}
