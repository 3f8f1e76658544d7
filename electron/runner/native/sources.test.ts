/** What no compiler says about the C++ sources, because the fault would show only on somebody else's processor. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const NATIVE = resolve(import.meta.dirname, '../../../native');

/** Where make leaves the objects of each library. */
const OBJECTS = join(NATIVE, 'build', 'Release', 'obj.target');
const libraries = existsSync(OBJECTS) ? readdirSync(OBJECTS).filter((name) => /^rows_\w+$/.test(name)) : [];
const objectOf = (library: string, file: string) => join(OBJECTS, library, 'src', 'kernels', file);
const objectsOf = (library: string) =>
  ['kernels', 'ceilings']
    .map((folder) => join(OBJECTS, library, 'src', folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((path) => path.endsWith('.o'));

const includesOf = (path: string) =>
  [...readFileSync(join(NATIVE, path), 'utf8').matchAll(/^\s*#\s*include\s*[<"]([^>"]+)/gm)].map((match) => match[1]!);

test('what is compiled for wider instruction sets includes nothing that defines a shared inline function', () => {
  const gyp = readFileSync(join(NATIVE, 'binding.gyp'), 'utf8');
  const list = gyp.match(/'row_kernels': \[([^\]]*)\]/)?.[1] ?? '';
  const rowKernels = [...list.matchAll(/'([^']+)'/g)].map((match) => match[1]!);
  expect(rowKernels).toContain('src/kernels/autovec.cpp');
  const harmless = [
    ...['../rows.h', '../row_pairs.h', '../vectors.h', '../half_vectors.h', '../prefetch.h'],
    ...['chains.h', 'loops.h', 'intrin.h'],
  ];
  for (const path of rowKernels) expect(harmless, path).toEqual(expect.arrayContaining(includesOf(path)));
  expect(includesOf('src/rows.h')).toEqual(['stdint.h']);
  expect(includesOf('src/ceilings/loops.h')).toEqual(['../rows.h']);
  expect(includesOf('src/ceilings/chains.h')).toEqual(['stdint.h', 'loops.h']);
  expect(includesOf('src/half.h')).toEqual(['stdint.h', 'string.h']);
  expect(['half.h', 'vectors.h']).toEqual(expect.arrayContaining(includesOf('src/half_vectors.h')));
  expect(includesOf('src/prefetch.h')).toEqual(['intrin.h']);
  const families = readdirSync(join(NATIVE, 'src', 'vectors')).map((name) => `vectors/${name}`);
  expect(['stdint.h', ...families]).toEqual(expect.arrayContaining(includesOf('src/vectors.h')));
  for (const path of ['vectors.h', 'half_vectors.h', 'prefetch.h', 'ceilings/chains.h', ...families].map((name) => `src/${name}`)) {
    if (path.includes('/vectors/')) expect(['immintrin.h', 'arm_neon.h'], path).toEqual(expect.arrayContaining(includesOf(path)));
    // Without external names, no copy can stand in for another file's.
    expect(readFileSync(join(NATIVE, path), 'utf8'), path).toMatch(/namespace gray_scott \{\nnamespace \{/);
  }
});

const linesOf = (tool: string, ...args: string[]) => spawnSync(tool, args, { encoding: 'utf8' }).stdout.trim().split('\n');
const withObjects = test.skipIf(libraries.length === 0 || spawnSync('nm', ['--version']).status !== 0);

withObjects('no library of row kernels defines a symbol that may stand in for another’s', () => {
  for (const library of libraries) {
    for (const file of objectsOf(library)) {
      const defined = linesOf('nm', '-P', '--defined-only', file).map((line) => line.split(' '));
      const external = defined.filter(([, kind]) => /[A-Zuvw]/.test(kind!));
      expect(external, file).not.toEqual([]);
      for (const [name, kind] of external) {
        // Of a weak one (u, V, W), common where nothing is inlined, the linker keeps a single copy for everybody.
        expect(kind, `${file} ${name}`).not.toMatch(/[uvw]/i);
        expect(name, file).toMatch(new RegExp(`_${library.replace('rows_', '')}E?$`));
      }
    }
  }
});

withObjects('every level of optimisation is code of its own', () => {
  const builds = libraries.filter((library) => existsSync(objectOf(library, 'autovec.o')));
  expect(builds).toEqual(expect.arrayContaining(['rows_O0', 'rows_O1', 'rows_O2']));
  const bytesOfCode = builds.map((library) => linesOf('size', objectOf(library, 'autovec.o'))[1]?.trim().split(/\s+/)[0]);
  expect(new Set(bytesOfCode).size, bytesOfCode.join(' ')).toBe(builds.length);
});
