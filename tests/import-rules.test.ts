/** The import rules of ARCHITECTURE.md hold because Biome refuses what breaks them; this breaks each one to see it refused. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
let folder: string;

const REFUSED: readonly [file: string, imported: string][] = [
  ['kernels/a.ts', 'node:fs'],
  ['kernels/b.ts', '../electron/shared/run.ts'],
  ['kernels/c.ts', 'zod'],
  ['kernels/entries/d.ts', '../../electron/shared/run.ts'],
  ['electron/shared/e.ts', '../engine/lab.ts'],
  ['electron/shared/f.ts', 'node:path'],
  ['electron/engine/g.ts', 'electron'],
  ['electron/engine/h.ts', '../../renderer/main.tsx'],
  ['electron/runner/i.ts', '../main/index.ts'],
  ['renderer/views/j.ts', '../../electron/engine/lab.ts'],
  ['renderer/views/k.ts', '../../electron/main/index.ts'],
  ['renderer/views/l.ts', 'electron'],
];

const ALLOWED: readonly [file: string, imported: string][] = [
  ['kernels/entries/y.ts', '../model.ts'],
  ['electron/engine/x.ts', '../shared/run.ts'],
  ['renderer/views/z.ts', '../../electron/shared/run.ts'],
];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gslab-imports-'));
  execFileSync('git', ['init', '-q', folder]);
  cpSync(join(root, 'biome.json'), join(folder, 'biome.json'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const [file, imported] of [...REFUSED, ...ALLOWED]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `import { x } from '${imported}';\n\nexport const a = x;\n`);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('every forbidden import is refused and every allowed one passes', () => {
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const { stdout } = spawnSync(process.execPath, [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { category: string; location: { path: string | { file: string } } }[] };
  const refused = diagnostics
    .filter(({ category }) => category === 'lint/style/noRestrictedImports')
    .map(({ location }) =>
      (typeof location.path === 'string' ? location.path : location.path.file).replaceAll('\\', '/').replace(/^\.\//, ''),
    );
  expect(new Set(refused)).toEqual(new Set(REFUSED.map(([file]) => file)));
});
