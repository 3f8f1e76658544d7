/**
 * Compiled kernels of one device. Every round of a run opens its kernel anew, and a driver may take a tenth of a second
 * to compile one; the same text with the same constants is therefore compiled once.
 */
import type { WatchedDevice } from './device.ts';

const MOST_KEPT = 32;

/** A kernel's text with the bindings that the host makes for it. */
export interface Shader {
  readonly label: string;
  readonly source: string;
  readonly layout: GPUBindGroupLayout;
}

export interface Compiled {
  readonly pipeline: GPUComputePipeline;
  /** What compiling took, be it long ago. */
  readonly seconds: number;
}

export class PipelineStore {
  readonly #watched: WatchedDevice;
  readonly #kept = new Map<string, Compiled>();

  constructor(watched: WatchedDevice) {
    this.#watched = watched;
  }

  /** Rejects with `gpu-error` and the compiler's message when the text is not valid. */
  async pipeline({ label, source, layout }: Shader, entryPoint: string, constants: Readonly<Record<string, number>>): Promise<Compiled> {
    const key = JSON.stringify([source, entryPoint, constants]);
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const { device } = this.#watched;
    const begin = performance.now();
    const pipeline = await this.#watched.guarded(() =>
      device.createComputePipelineAsync({
        layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
        compute: { module: device.createShaderModule({ label, code: source }), entryPoint, constants },
      }),
    );
    const made = { pipeline, seconds: (performance.now() - begin) / 1000 };
    if (this.#kept.size >= MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value!);
    this.#kept.set(key, made);
    return made;
  }
}
