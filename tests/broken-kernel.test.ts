/** A kernel whose loop is wrong by one index is caught before it is timed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadAddon } from '../electron/runner/native/addon.ts';
import { createNativeBackend } from '../electron/runner/native/backend.ts';
import { VERIFICATION_STEPS, verificationGrid, verifyKernel } from '../electron/runner/verify.ts';
import type { Verification } from '../electron/shared/run.ts';
import { findKernel } from '../kernels/catalog.ts';
import { defaultParameters } from '../kernels/kernel.ts';
import { DEFAULT_CONVENTION } from '../kernels/model.ts';
import { buildBrokenAddon, type Change, canBreakAddon } from './support/broken-addon.ts';

const ROOT = resolve(import.meta.dirname, '..');

const CHANGES: readonly (Change & { readonly kernel: string; readonly what: string })[] = [
  {
    ...{ kernel: 'autovec', what: 'takes the cell for its left neighbour', file: 'kernels/autovec.cpp', isa: 'baseline' },
    ...{ from: 'rowV[c - 1] + rowV[c + 1]', to: 'rowV[c] + rowV[c + 1]' },
  },
  {
    ...{ kernel: 'aos_nested', what: 'looks for neighbours one row too far north', file: 'kernels/aos_nested.cpp' },
    ...{ from: 'neighbour(row + dr, col + dc, cell)', to: 'neighbour(row + dr - 1, col + dc, cell)' },
  },
  {
    ...{ kernel: 'soa_split', what: 'ends its plain loop one column early', file: 'kernels/soa_split.cpp' },
    ...{ from: 'for (int64_t col = 1; col < cols_ - 1; ++col)', to: 'for (int64_t col = 1; col < cols_ - 2; ++col)' },
  },
  {
    ...{ kernel: 'simd', what: 'leaves the last column of the last vector', file: 'kernels/simd.cpp', isa: 'baseline' },
    ...{ from: 'store_first(nextV + col, newV, cols - col)', to: 'store_first(nextV + col, newV, cols - col - 1)' },
  },
  {
    ...{ kernel: 'laplacian_pass', what: 'takes a corner for the edge beside it', file: 'kernels/laplacian_pass.cpp', isa: 'baseline' },
    ...{ from: 'north[c - 1] + south[c - 1]', to: 'north[c - 1] + south[c]' },
  },
  {
    ...{ kernel: 'threads_rows', what: 'leaves the last row of each band', file: 'kernels/threads_rows.cpp' },
    ...{ from: 'std::min(band.end, row + rowsPerCheck)', to: 'std::min(band.end - 1, row + rowsPerCheck)' },
  },
];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gslab-broken-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function verify(root: string, kernel: string, isa: Change['isa']): Promise<Verification> {
  const backend = createNativeBackend(root, loadAddon(root, [root]));
  const variant = {
    ...{ kernel, precision: 'f32' as const, threads: findKernel(kernel)!.threaded ? 2 : 1 },
    ...{ parameters: defaultParameters(findKernel(kernel)!), ...(isa && { isa }) },
  };
  const job = { variant, convention: DEFAULT_CONVENTION, grid: verificationGrid(variant), flushSubnormals: true, pin: false };
  return verifyKernel(backend, job, VERIFICATION_STEPS, new AbortController().signal);
}

test.skipIf(!canBreakAddon).each(CHANGES)('$kernel is caught when it $what', async (change) => {
  const { kernel, isa } = change;
  const loaded = loadAddon(ROOT);
  if (!('addon' in loaded)) throw new Error(loaded.detail);
  const narrowest = isa === undefined ? undefined : loaded.addon.info().kernels.find(({ id }) => id === kernel)!.isas[0];
  buildBrokenAddon(folder, loaded.addon.info(), { ...change, ...(narrowest && { isa: narrowest }) });
  expect(await verify(folder, kernel, narrowest)).toMatchObject({ status: 'failed' });
  expect(await verify(ROOT, kernel, narrowest)).toMatchObject({ status: 'passed' });
});
