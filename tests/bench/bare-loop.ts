/** Compiles the bare C++ loop with the compiler and the flags that the addon was built with, and runs it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddonInfo } from '../../electron/runner/native/addon.ts';
import type { Isa } from '../../kernels/kernel.ts';
import type { Grid } from '../../kernels/model.ts';

export interface BareRound {
  readonly secondsPerStep: number;
  /** Mean of v after the timed steps, to compare with the app's. */
  readonly meanV: number;
}

export interface BareLoop {
  run(grid: Grid, warmUpSteps: number, steps: number): BareRound;
  remove(): void;
}

function compilerCommand(): string {
  const candidates = process.env.CXX ? [process.env.CXX] : ['g++', 'clang++'];
  const found = candidates.find((command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0);
  if (found === undefined) throw new Error('the bare loop needs g++ or clang++ on the PATH, or in CXX');
  return found;
}

export function buildBareLoop(root: string, info: AddonInfo, isa: Isa): BareLoop {
  const folder = mkdtempSync(join(tmpdir(), 'gslab-bench-'));
  const source = join(root, 'native', 'src');
  const compiler = compilerCommand();
  const compile = (file: string, flags: string): string => {
    const object = join(folder, `${file.split(/[\\/]/).at(-1)}.o`);
    execFileSync(compiler, ['-std=c++20', ...flags.split(' '), `-DGS_ISA=${isa}`, '-I', source, '-c', file, '-o', object]);
    return object;
  };
  const objects = [
    compile(join(source, 'kernels', 'autovec.cpp'), info.flags[isa]),
    ...[join(source, 'page_memory.cpp'), join(source, 'thread_settings.cpp'), join(import.meta.dirname, 'bare_autovec.cpp')].map((file) =>
      compile(file, info.flags.baseline),
    ),
  ];
  const program = join(folder, 'bare_autovec');
  execFileSync(compiler, [...objects, '-pthread', '-o', program]);
  return {
    run({ rows, cols }, warmUpSteps, steps) {
      const printed = execFileSync(program, [rows, cols, warmUpSteps, steps].map(String), { encoding: 'utf8' });
      const [seconds = Number.NaN, meanV = Number.NaN] = printed.trim().split(' ').map(Number);
      return { secondsPerStep: seconds / steps, meanV };
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
