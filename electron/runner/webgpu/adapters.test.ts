import { describe, expect, it } from 'vitest';
import { adapterNames, isSoftware, largestCells, listAdapters } from './adapters.ts';
import type { Dawn } from './dawn.ts';

const info = (device: string, isFallbackAdapter = false) => ({ architecture: '', device, description: '', isFallbackAdapter });

describe('isSoftware', () => {
  it.each(['SwiftShader Device (Subzero)', 'llvmpipe (LLVM 19.1.7, 256 bits)', 'Microsoft Basic Render Driver', 'lavapipe', 'WARP'])(
    '%s',
    (name) => {
      expect(isSoftware(name, info(''))).toBe(true);
      expect(isSoftware('', info(name))).toBe(true);
    },
  );
  it.each(['NVIDIA H200', 'AMD Radeon RX 7900 XTX (RADV NAVI31)', 'Intel(R) Iris(R) Xe Graphics', 'Apple M1 Max'])('not %s', (name) => {
    expect(isSoftware(name, info(name))).toBe(false);
    expect(isSoftware(name, info(name, true))).toBe(true);
  });
});

describe('adapterNames', () => {
  it('reads the list in Dawn’s refusal, each name once', () => {
    const message = `no adapter with backend 'vulkan' and name 'x' found\nAvailable adapters:\n * backend: 'vulkan', name: 'NVIDIA RTX 4070'\n * backend: 'vulkan', name: 'llvmpipe (LLVM 19, 256 bits)'\n * backend: 'vulkan', name: 'NVIDIA RTX 4070'`;
    expect(adapterNames(message)).toEqual(['NVIDIA RTX 4070', 'llvmpipe (LLVM 19, 256 bits)']);
    expect(adapterNames('something else went wrong')).toEqual([]);
  });
});

describe('largestCells', () => {
  it('is bounded by the buffer, the binding and a signed index', () => {
    expect(largestCells({ maxBufferSize: 4000, maxStorageBufferBindingSize: 400 })).toBe(100);
    expect(largestCells({ maxBufferSize: 403, maxStorageBufferBindingSize: 4000 })).toBe(100);
    expect(largestCells({ maxBufferSize: 2 ** 50, maxStorageBufferBindingSize: 2 ** 50 })).toBe(2 ** 31 - 1);
  });
});

/** A machine with an integrated GPU, a stronger one, and a software renderer, of which one refuses every device. */
function machine(refusing?: string): Dawn {
  const names = ['llvmpipe (LLVM 19)', 'Intel Iris', 'NVIDIA RTX'];
  const limits = { maxBufferSize: 4000, maxStorageBufferBindingSize: 4000, maxStorageBuffersPerShaderStage: 8 };
  const adapter = (name: string) => ({
    info: {
      vendor: '',
      architecture: '',
      device: name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
      description: 'driver 1',
      isFallbackAdapter: false,
    },
    limits,
    features: new Set(['timestamp-query', 'subgroups']),
    requestDevice: async () => {
      if (name === refusing) throw new Error('no device for you');
      return { destroy: () => undefined };
    },
  });
  const gpu = (options: readonly string[]) => ({
    async requestAdapter({ powerPreference, forceFallbackAdapter }: GPURequestAdapterOptions = {}) {
      if (!options.includes('backend=vulkan')) return null;
      const wanted = options.find((option) => option.startsWith('adapter='))?.slice('adapter='.length);
      if (wanted === undefined)
        return forceFallbackAdapter ? null : adapter(powerPreference === 'high-performance' ? 'NVIDIA RTX' : 'Intel Iris');
      if (names.includes(wanted)) return adapter(wanted);
      throw new Error(`Available adapters:${names.map((name) => `\n * backend: 'vulkan', name: '${name}'`).join('')}`);
    },
  });
  return { gpu: gpu as unknown as Dawn['gpu'] } as Dawn;
}

describe.skipIf(process.platform === 'darwin')('listAdapters on a fake Dawn with Vulkan', () => {
  it('puts the most powerful first and software last, each once', async () => {
    const { adapters } = await listAdapters(machine());
    expect(adapters.map(({ record }) => [record.name, record.type])).toEqual([
      ['NVIDIA RTX', 'gpu'],
      ['Intel Iris', 'gpu'],
      ['llvmpipe (LLVM 19)', 'software'],
    ]);
    expect(adapters.every(({ record }) => record.usable && record.largestCells === 1000)).toBe(true);
    expect(adapters[0]?.record.features).toEqual(['subgroups', 'timestamp-query']);
  });

  it('keeps an adapter without a device in the list, with the driver’s words', async () => {
    const { adapters } = await listAdapters(machine('NVIDIA RTX'));
    expect(adapters[0]?.record).toMatchObject({ name: 'NVIDIA RTX', usable: false, reason: 'no device for you' });
  });
});
