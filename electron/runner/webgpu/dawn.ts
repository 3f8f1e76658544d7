/**
 * Dawn, loaded late: the binding is a binary of tens of megabytes that may be missing or refuse to load, and that
 * must cost its backend only.
 *
 * An object made by `create` owns its Dawn instance: adapters and devices die with it, and the process may crash when
 * it is collected under a living device. Everything made here is therefore kept until the process ends.
 */
import type {} from 'webgpu';

/** Flag values of the WebGPU interfaces, which Dawn hands over instead of defining globals. */
interface DawnGlobals {
  readonly GPUBufferUsage: Readonly<
    Record<'MAP_READ' | 'COPY_SRC' | 'COPY_DST' | 'UNIFORM' | 'STORAGE' | 'QUERY_RESOLVE', GPUBufferUsageFlags>
  >;
  readonly GPUTextureUsage: Readonly<Record<'COPY_SRC' | 'COPY_DST' | 'TEXTURE_BINDING' | 'STORAGE_BINDING', GPUTextureUsageFlags>>;
  readonly GPUShaderStage: Readonly<Record<'COMPUTE', GPUShaderStageFlags>>;
  readonly GPUMapMode: Readonly<Record<'READ', GPUMapModeFlags>>;
}

export interface Dawn extends DawnGlobals {
  /** The entry point for the given options, the same object for the same options. */
  gpu(options: readonly string[]): GPU;
}

/**
 * Dawn rounds timestamps to about 65 µs against fingerprinting, and clears the memory that a work-group shares before each
 * one starts, at a price that grows with that memory. Nothing hostile runs here, and kernels write before they read.
 */
const COMMON_OPTIONS = ['disable-dawn-features=timestamp_quantization', 'enable-dawn-features=disable_workgroup_init'];

/** Rejects with the loader's own error when the package or its binary cannot be loaded. */
export async function loadDawn(): Promise<Dawn> {
  const { create, globals } = await import('webgpu');
  const { GPUBufferUsage, GPUTextureUsage, GPUShaderStage, GPUMapMode } = globals as DawnGlobals;
  const made = new Map<string, GPU>();
  return {
    ...{ GPUBufferUsage, GPUTextureUsage, GPUShaderStage, GPUMapMode },
    gpu(options) {
      const all = [...COMMON_OPTIONS, ...options];
      const key = all.join('\n');
      const gpu = made.get(key) ?? create(all);
      made.set(key, gpu);
      return gpu;
    },
  };
}
