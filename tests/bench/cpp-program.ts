/** Compiles small C++ programs with the compiler and the flags that the addon was built with, and runs them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { AddonInfo } from '../../electron/runner/native/addon.ts';
import type { Isa } from '../../kernels/kernel.ts';

export interface CppSources {
  /** Compiled as the row kernels of that instruction set are. */
  readonly forIsa: readonly string[];
  readonly baseline: readonly string[];
}

export interface CppProgram {
  /** The numbers that the program prints, separated by spaces. */
  run(...args: readonly (string | number)[]): number[];
  remove(): void;
}

export function compilerCommand(): string {
  const candidates = process.env.CXX ? [process.env.CXX] : ['g++', 'clang++'];
  const found = candidates.find((command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0);
  if (found === undefined) throw new Error('this needs g++ or clang++ on the PATH, or in CXX');
  return found;
}

/** `root` is the project's; paths of sources are absolute, or relative to native/src. */
export function buildCppProgram(root: string, info: AddonInfo, isa: Isa, { forIsa, baseline }: CppSources): CppProgram {
  const folder = mkdtempSync(join(tmpdir(), 'gslab-bench-'));
  const source = join(root, 'native', 'src');
  const compiler = compilerCommand();
  const compile = (flags: string) => (file: string) => {
    const object = join(folder, `${basename(file)}.o`);
    const about = ['-std=c++20', ...flags.split(' '), `-DGS_ISA=${isa}`, '-I', source, '-c'];
    execFileSync(compiler, [...about, file, '-o', object], { cwd: source });
    return object;
  };
  const objects = [...forIsa.map(compile(info.flags[isa])), ...baseline.map(compile(info.flags.baseline))];
  const program = join(folder, 'program');
  execFileSync(compiler, [...objects, '-pthread', '-o', program]);
  return {
    run: (...args) => execFileSync(program, args.map(String), { encoding: 'utf8' }).trim().split(/\s+/).map(Number),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
