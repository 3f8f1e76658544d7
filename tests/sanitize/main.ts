/**
 * `npm run check:sanitize [-- thread|address]`: the kernels built with a sanitizer of the compiler and run over every case of
 * `cases.ts`, once for data races, once for memory and undefined behaviour. Linux, with g++ or clang++.
 *
 * The whole addon is built by its own binding.gyp, so that nothing about sources and flags is told twice; the program is
 * linked from its objects, those that speak with Node left out.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { loadAddon } from '../../electron/runner/native/addon.ts';
import { addonParts } from '../support/addon-parts.ts';
import { casesFor } from './cases.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** Below the project, where the binding finds node-addon-api. */
const FOLDER = join(ROOT, 'node_modules', '.cache', 'gslab-sanitize');
const SPEAKS_WITH_NODE = ['addon.o', 'instance.o', 'job_from_js.o'];

const SANITIZERS: Readonly<Record<string, string>> = {
  thread: '-fsanitize=thread',
  address: '-fsanitize=address,undefined -fno-sanitize-recover=all',
};

/** Optimised as little as keeps the checks quick, with the names of lines. */
const FLAGS = '-O1 -g -fno-omit-frame-pointer';

const print = (line: string) => process.stdout.write(`${line}\n`);

function buildProgram(name: string, flags: string): string {
  const folder = join(FOLDER, name);
  rmSync(folder, { recursive: true, force: true });
  const built = join(ROOT, 'native', 'build');
  cpSync(join(ROOT, 'native'), folder, { recursive: true, filter: (path) => path !== built });
  const compiler = process.env.CXX ?? 'g++';
  const env = { ...process.env, CXX: compiler, CXXFLAGS: `${FLAGS} ${flags}`, LDFLAGS: flags };
  execFileSync(process.execPath, [join(folder, 'build.mjs'), '--strict'], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  const parts = addonParts(join(folder, 'build'));
  const objects = parts.objects.filter((path) => !SPEAKS_WITH_NODE.includes(basename(path)));
  const program = join(folder, 'check_kernels');
  const source = join(import.meta.dirname, 'check_kernels.cpp');
  const all = [...FLAGS.split(' '), ...flags.split(' '), '-std=c++20', '-fno-rtti', '-I', join(folder, 'src'), source];
  execFileSync(compiler, [...all, ...objects, '-Wl,--start-group', ...parts.libraries, '-Wl,--end-group', '-pthread', '-o', program]);
  return program;
}

/** Whether all cases pass and the sanitizer has nothing to say. */
function passes(program: string, cases: readonly string[]): boolean {
  // ThreadSanitizer's memory layout does not bear all that address randomisation does.
  const result = spawnSync('setarch', ['-R', program], { input: `${cases.join('\n')}\n`, stdio: ['pipe', 'inherit', 'inherit'] });
  return result.status === 0;
}

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => SANITIZERS[name] === undefined);
if (unknown !== undefined) {
  console.error(`check:sanitize: expected ${Object.keys(SANITIZERS).join(' or ')}, received "${unknown}"`);
  process.exit(2);
}
const loaded = loadAddon(ROOT);
if (!('addon' in loaded)) throw new Error(`the addon is missing: ${loaded.detail}`);
const cases = casesFor(loaded.addon.info());
for (const name of wanted.length > 0 ? wanted : Object.keys(SANITIZERS)) {
  const flags = SANITIZERS[name]!;
  print(`${name}: ${flags}`);
  const passed = passes(buildProgram(name, flags), cases);
  print(`${name}: ${passed ? 'passed' : 'FAILED'}`);
  if (!passed) process.exitCode = 1;
}
