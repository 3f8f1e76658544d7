/**
 * The addon as it is built, but for one source file with one change: the file is compiled anew and linked with the
 * objects of the build that are already there.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { AddonInfo } from '../../electron/runner/native/addon.ts';
import type { Isa } from '../../kernels/kernel.ts';
import { addonParts, hasAddonParts } from './addon-parts.ts';

const SOURCE = resolve(import.meta.dirname, '../../native/src');
const BUILD = resolve(SOURCE, '../build');

export interface Change {
  /** Below native/src. */
  readonly file: string;
  /** The instruction set whose copy of the file is changed, for files that are compiled once for each. */
  readonly isa?: Isa;
  /** Stands in the file exactly once. */
  readonly from: string;
  readonly to: string;
}

export const canBreakAddon = hasAddonParts(BUILD);

export function changedSource({ file, from, to }: Change): string {
  const parts = readFileSync(join(SOURCE, file), 'utf8').split(from);
  if (parts.length !== 2) throw new Error(`"${from}" stands ${parts.length - 1} times in ${file}, not once`);
  return parts.join(to);
}

/** Builds native/build/Release/gray_scott.node below `root`. */
export function buildBrokenAddon(root: string, info: AddonInfo, change: Change): void {
  const { file, isa } = change;
  const addon = join(root, 'native', 'build', 'Release', 'gray_scott.node');
  mkdirSync(dirname(addon), { recursive: true });
  const changed = join(root, basename(file));
  // Its neighbours are found from where the original stands.
  writeFileSync(changed, `#line 1 "${join(SOURCE, file)}"\n${changedSource(change)}`);
  const compiler = process.env.CXX ?? 'g++';
  const flags = [...info.flags[isa ?? 'baseline'].split(' '), ...(isa === undefined ? [] : [`-DGS_ISA=${isa}`])];
  const object = `${changed}.o`;
  const include = ['-iquote', join(SOURCE, dirname(file)), '-I', SOURCE];
  execFileSync(compiler, ['-std=c++20', '-fPIC', '-fvisibility=hidden', ...flags, ...include, '-c', changed, '-o', object]);

  const { objects, libraries } = addonParts(BUILD);
  const others = objects.filter((path) => !path.endsWith(`/src/${file.replace(/\.cpp$/, '.o')}`));
  // Row kernels stand in libraries: what the object before them defines is not taken from there.
  execFileSync(compiler, ['-shared', '-pthread', object, ...others, '-Wl,--start-group', ...libraries, '-Wl,--end-group', '-o', addon]);
}
