/** What the backend offers: narrowed by hand, and without a usable addon. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { KERNELS } from '../../../kernels/catalog.ts';
import type { Isa } from '../../../kernels/kernel.ts';
import { type Addon, loadAddon } from './addon.ts';
import { createNativeBackend } from './backend.ts';
import { ALL_NATIVE, job, NATIVE, ROOT, withAddon } from './native.fixture.ts';

afterEach(() => vi.unstubAllEnvs());

withAddon('GS_FORCE_ISA', () => {
  test('narrows what is offered, and what is run by default', async () => {
    vi.stubEnv('GS_FORCE_ISA', 'baseline');
    const narrow = createNativeBackend(ROOT);
    const allowed: readonly Isa[] = ['baseline', 'neon'];
    for (const report of (await narrow.probe()).kernels) {
      if (report.reason === 'compiler-missing') continue;
      expect(report.isas?.length, report.kernel).toBe(1);
      expect(allowed).toContain(report.isas?.[0]);
    }
    const kernel = KERNELS.find(({ id }) => id === 'autovec')!;
    const grid = { rows: 3, cols: 3 };
    await expect(narrow.open(job(kernel, grid, { isa: 'avx512' }))).rejects.toMatchObject({
      trouble: { code: 'kernel-unavailable', reason: 'isa-missing' },
    });
    const instance = await narrow.open(job(kernel, grid));
    await instance.close();
  });
});

describe('without a usable addon', () => {
  let folder: string;
  const build = () => join(folder, 'native', 'build');
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gslab-native-'));
    mkdirSync(join(build(), 'Release'), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function expectUnavailable(reason: string, detail: string): Promise<void> {
    const without = createNativeBackend(folder, loadAddon(folder, [folder]));
    const { kernels, adapters } = await without.probe();
    expect(adapters).toEqual([]);
    expect(kernels.map((report) => report.kernel)).toEqual(ALL_NATIVE.map((kernel) => kernel.id));
    for (const report of kernels) {
      expect(report).toMatchObject({ available: false, reason, detail: expect.stringContaining(detail) });
      expect(report.detail).not.toContain('\n');
    }
    const one = job(NATIVE[0]!, { rows: 3, cols: 3 });
    expect(without.bytesNeeded(one)).toBe(0);
    await expect(without.open(one)).rejects.toMatchObject({ trouble: { code: 'kernel-unavailable', reason } });
  }

  test('says which compiler was missing when it was built', async () => {
    class Instance {}
    const addon = {
      info: () => ({ compiler: 'any', flags: {}, levels: {}, kernels: [] }),
      bytesNeeded: () => 0,
      Instance,
    } as unknown as Addon;
    const { kernels } = await createNativeBackend(folder, { addon }).probe();
    for (const { id, compiler } of ALL_NATIVE) {
      const report = kernels.find(({ kernel }) => kernel === id);
      if (compiler === undefined) expect(report).toMatchObject({ available: false, reason: 'addon-not-built' });
      else expect(report).toEqual({ kernel: id, available: false, reason: 'compiler-missing', detail: compiler });
    }
  });

  test('says how to build it', () => expectUnavailable('addon-not-built', 'npm run build:native'));

  test('says why it was not built', async () => {
    writeFileSync(join(build(), 'reason.txt'), 'No C++ compiler was found\n');
    await expectUnavailable('addon-not-built', 'No C++ compiler was found');
  });

  test('says why it does not load', async () => {
    writeFileSync(join(build(), 'Release', 'gray_scott.node'), 'not a library');
    await expectUnavailable('addon-failed', 'gray_scott.node');
  });
});
