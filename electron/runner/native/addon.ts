/**
 * Finds and loads the C++ addon, from the source tree or from a packaged app, where it lies outside `app.asar`
 * because a plain Node cannot read that archive. A missing or unusable addon is an answer here, never an exception:
 * the app then greys the native kernels out and says why.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ISAS, type Isa } from '../../../kernels/kernel.ts';
import type { BoundaryId, FieldArray, Precision } from '../../../kernels/model.ts';
import { asTrouble, type Trouble, type UnavailableReason } from '../../shared/trouble.ts';

/** What an instance is made from; the addon's side is `native/src/job_from_js.cpp`. */
export interface AddonJob {
  readonly kernel: string;
  readonly isa: Isa;
  readonly precision: Precision;
  readonly rows: number;
  readonly cols: number;
  readonly boundary: BoundaryId;
  readonly a: number;
  readonly b: number;
  readonly diffusionU: number;
  readonly diffusionV: number;
  readonly feed: number;
  readonly kill: number;
  readonly dt: number;
  readonly threads: number;
  readonly pin: boolean;
  readonly flushSubnormals: boolean;
  readonly parameters: Readonly<Record<string, number | string>>;
}

/** `native/src/instance.h` says what each method does and which `code` its errors carry. */
export interface AddonInstance {
  load(u: FieldArray, v: FieldArray, firstRow?: number): void;
  step(steps: number): Promise<number>;
  read(u: FieldArray, v: FieldArray, firstRow?: number): void;
  cancel(): void;
  close(): void;
}

export interface AddonInfo {
  readonly compiler: string;
  /** Flags of each instruction set's own library. */
  readonly flags: Readonly<Record<Isa, string>>;
  /** Flags of the levels of optimisation that `autovec` offers for the narrowest set. */
  readonly levels: Readonly<Record<string, string>>;
  /** What is compiled in and runs on this processor, narrowest set first. */
  readonly kernels: readonly { readonly id: string; readonly isas: readonly Isa[] }[];
  /** The same of the micro-kernels of `native/src/ceilings`. */
  readonly ceilings: AddonInfo['kernels'];
}

export interface Addon {
  info(): AddonInfo;
  bytesNeeded(job: AddonJob): number;
  /** Bytes moved or floating-point operations in one step of a micro-kernel. */
  ceilingWork(job: AddonJob): number;
  readonly Instance: new (job: AddonJob) => AddonInstance;
}

export type LoadedAddon = { readonly addon: Addon } | { readonly reason: UnavailableReason; readonly detail: string };

const BUILD_FOLDER = join('native', 'build');
const ADDON_FILE = join('Release', 'gray_scott.node');

/** Folders that may hold `native/build`, the most likely first. */
function likelyRoots(resourceRoot: string): string[] {
  const found = [resourceRoot, join(resourceRoot, 'app.asar.unpacked')];
  let folder = import.meta.dirname;
  while (dirname(folder) !== folder) {
    found.push(folder);
    folder = dirname(folder);
  }
  return found.map((root) => root.replace(/app\.asar(?=$|[\\/])/, 'app.asar.unpacked'));
}

/** The sentence that the build left when it gave up. */
function buildReason(folders: readonly string[]): string {
  for (const folder of folders) {
    const path = join(folder, BUILD_FOLDER, 'reason.txt');
    if (existsSync(path)) return readFileSync(path, 'utf8').trim();
  }
  return 'native/build/Release/gray_scott.node does not exist; "npm run build:native" makes it';
}

export function loadAddon(resourceRoot: string, folders: readonly string[] = likelyRoots(resourceRoot)): LoadedAddon {
  const path = folders.map((folder) => join(folder, BUILD_FOLDER, ADDON_FILE)).find((candidate) => existsSync(candidate));
  if (path === undefined) return { reason: 'addon-not-built', detail: buildReason(folders) };
  try {
    const nodeRequire = createRequire(import.meta.url);
    return { addon: nodeRequire(path) as Addon };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { reason: 'addon-failed', detail: message.split('\n')[0] ?? message };
  }
}

/**
 * The widest instruction set that tests allow, from `GS_FORCE_ISA`: the backend then reports what a processor with
 * nothing wider would.
 */
export function withinForcedIsa(isas: readonly Isa[]): Isa[] {
  const widest = ISAS.indexOf(process.env.GS_FORCE_ISA as Isa);
  // `neon` is arm64's baseline, not wider than AVX-512.
  return widest < 0 ? [...isas] : isas.filter((isa) => isa === 'neon' || ISAS.indexOf(isa) <= widest);
}

/** What the addon threw, as trouble. */
export function addonTrouble(error: unknown): Trouble {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const detail = error instanceof Error ? error.message : String(error);
  if (code === 'cancelled') return { code: 'cancelled' };
  if (code === 'out-of-memory') return { code: 'out-of-memory', detail };
  return asTrouble(error);
}
