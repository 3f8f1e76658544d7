/** What no compiler says about the C++ sources, because the fault would show only on somebody else's processor. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const NATIVE = resolve(import.meta.dirname, '../../../native');

const includesOf = (path: string) =>
  [...readFileSync(join(NATIVE, path), 'utf8').matchAll(/^\s*#\s*include\s*[<"]([^>"]+)/gm)].map((match) => match[1]!);

test('what is compiled for wider instruction sets includes nothing that defines a shared inline function', () => {
  const gyp = readFileSync(join(NATIVE, 'binding.gyp'), 'utf8');
  const list = gyp.match(/'row_kernels': \[([^\]]*)\]/)?.[1] ?? '';
  const rowKernels = [...list.matchAll(/'([^']+)'/g)].map((match) => match[1]!);
  expect(rowKernels).toContain('src/kernels/autovec.cpp');
  const harmless = ['../rows.h', '../row_pairs.h', '../vectors.h'];
  for (const path of rowKernels) expect(harmless, path).toEqual(expect.arrayContaining(includesOf(path)));
  expect(includesOf('src/rows.h')).toEqual(['stdint.h']);
  const families = readdirSync(join(NATIVE, 'src', 'vectors')).map((name) => `vectors/${name}`);
  expect(['stdint.h', ...families]).toEqual(expect.arrayContaining(includesOf('src/vectors.h')));
  for (const path of ['vectors.h', ...families].map((name) => `src/${name}`)) {
    if (path !== 'src/vectors.h') expect(['immintrin.h', 'arm_neon.h'], path).toEqual(expect.arrayContaining(includesOf(path)));
    // Without external names, no copy can stand in for another file's.
    expect(readFileSync(join(NATIVE, path), 'utf8'), path).toMatch(/namespace gray_scott \{\nnamespace \{/);
  }
});
