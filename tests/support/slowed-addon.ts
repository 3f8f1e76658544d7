/** The addon as it is built, but for `autovec`, which computes a row in so many twice: slower by a known share, and right. */
import type { AddonInfo } from '../../electron/runner/native/addon.ts';
import type { Isa } from '../../kernels/kernel.ts';
import { buildBrokenAddon } from './broken-addon.ts';

const ONCE = `        const int64_t at = row * band.stride;
`;

/**
 * Builds it below `root`, for one instruction set. Every `everyRows`-th row of the grid is computed twice. The number is
 * read when it runs, so that two such addons are the same code: another arrangement of it may cost or gain as much.
 */
export function buildSlowedAddon(root: string, info: AddonInfo, isa: Isa, everyRows: number): void {
  const number = `        static volatile int64_t everyRows = ${everyRows};\n`;
  const twice = `${number}${ONCE}        for (int64_t time = row % everyRows == everyRows - 1 ? 0 : 1; time < 2; ++time)\n`;
  buildBrokenAddon(root, info, { file: 'kernels/autovec.cpp', isa, from: ONCE, to: twice });
}
