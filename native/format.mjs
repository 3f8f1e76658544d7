/**
 * Formats the C++ sources with the clang-format of node_modules; with `--check` it only names the files that are not
 * formatted. The package has no binary for every platform: where it does not run, that is said and nothing fails.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const native = dirname(fileURLToPath(import.meta.url));
const root = dirname(native);
const folders = [
  join(native, 'src'),
  join(native, 'src', 'ceilings'),
  join(native, 'src', 'kernels'),
  join(native, 'src', 'vectors'),
  join(root, 'tests', 'bench'),
  join(root, 'tests', 'sanitize'),
];
const check = process.argv.includes('--check');

function binary() {
  const folder = { linux: `linux_${process.arch}`, darwin: `darwin_${process.arch}`, win32: 'win32' }[process.platform];
  const file = process.platform === 'win32' ? 'clang-format.exe' : 'clang-format';
  return join(dirname(createRequire(import.meta.url).resolve('clang-format/package.json')), 'bin', String(folder), file);
}

const files = folders.flatMap((folder) => {
  try {
    return readdirSync(folder)
      .filter((name) => /\.(cpp|h)$/.test(name))
      .map((name) => join(folder, name));
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
});

const command = binary();
if (spawnSync(command, ['--version'], { stdio: 'ignore' }).status !== 0) {
  console.warn('C++ format: skipped, clang-format does not run on this platform');
  process.exit(0);
}

const unformatted = [];
for (const file of files) {
  const result = spawnSync(command, ['--style=file', file], { encoding: 'utf8', cwd: root });
  if (result.status !== 0) throw new Error(`clang-format failed on ${file}: ${result.stderr}`);
  if (result.stdout === readFileSync(file, 'utf8')) continue;
  unformatted.push(relative(root, file));
  if (!check) writeFileSync(file, result.stdout);
}

if (!check) {
  console.warn(`C++ format: ${unformatted.length} of ${files.length} files rewritten`);
} else if (unformatted.length > 0) {
  console.error(`C++ format: not formatted: ${unformatted.join(', ')}`);
  process.exitCode = 1;
} else {
  console.warn(`C++ format: ${files.length} files in order`);
}
