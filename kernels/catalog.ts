/** The one list of kernels, in the order of the ladder. Adding a kernel is its source, its entry and one line here. */
import { aosFlat } from './entries/aos_flat.ts';
import { aosNested } from './entries/aos_nested.ts';
import { autovec } from './entries/autovec.ts';
import { autovecRepeat } from './entries/autovec_repeat.ts';
import { blocked } from './entries/blocked.ts';
import { champion } from './entries/champion.ts';
import { fortran } from './entries/fortran.ts';
import { gpuChampion } from './entries/gpu_champion.ts';
import { gpuCoarse } from './entries/gpu_coarse.ts';
import { gpuConstants } from './entries/gpu_constants.ts';
import { gpuFusedSteps } from './entries/gpu_fused_steps.ts';
import { gpuHalf } from './entries/gpu_half.ts';
import { gpuNaive } from './entries/gpu_naive.ts';
import { gpuSubgroups } from './entries/gpu_subgroups.ts';
import { gpuSwapped } from './entries/gpu_swapped.ts';
import { gpuTextures } from './entries/gpu_textures.ts';
import { gpuTiled } from './entries/gpu_tiled.ts';
import { gpuTiledRace } from './entries/gpu_tiled_race.ts';
import { gpuTwoPass } from './entries/gpu_two_pass.ts';
import { halfStorage } from './entries/half_storage.ts';
import { javascript } from './entries/javascript.ts';
import { laplacianPass } from './entries/laplacian_pass.ts';
import { pyramid } from './entries/pyramid.ts';
import { simd } from './entries/simd.ts';
import { simdFma } from './entries/simd_fma.ts';
import { simdLanes } from './entries/simd_lanes.ts';
import { soaSplit } from './entries/soa_split.ts';
import { soaSwapped } from './entries/soa_swapped.ts';
import { soaWindow } from './entries/soa_window.ts';
import { threadsBlocks } from './entries/threads_blocks.ts';
import { threadsPyramids } from './entries/threads_pyramids.ts';
import { threadsRows } from './entries/threads_rows.ts';
import type { Kernel } from './kernel.ts';

export const KERNELS: readonly Kernel[] = [
  aosNested,
  aosFlat,
  soaWindow,
  soaSwapped,
  soaSplit,
  laplacianPass,
  autovec,
  autovecRepeat,
  simd,
  simdLanes,
  simdFma,
  halfStorage,
  blocked,
  pyramid,
  threadsRows,
  threadsBlocks,
  threadsPyramids,
  champion,
  fortran,
  javascript,
  gpuNaive,
  gpuSwapped,
  gpuConstants,
  gpuTextures,
  gpuTiled,
  gpuTiledRace,
  gpuCoarse,
  gpuFusedSteps,
  gpuTwoPass,
  gpuSubgroups,
  gpuHalf,
  gpuChampion,
];

/** Those whose results may be ranked. */
export const SOUND_KERNELS: readonly Kernel[] = KERNELS.filter(({ broken }) => !broken);

export function findKernel(id: string): Kernel | undefined {
  return KERNELS.find((kernel) => kernel.id === id);
}
