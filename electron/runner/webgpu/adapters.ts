/**
 * Lists the adapters of this machine. WebGPU itself hands out one adapter per request and never a list, so the
 * backends of the platform are asked one by one, and each is made to name its adapters: Dawn does so in the error for
 * an adapter name that does not exist. What only a power preference finds is added, and duplicates fall out.
 *
 * The same processor's software renderer may stand in the list as if it were a GPU; `type` tells them apart.
 */
import type { Adapter } from '../../shared/run.ts';
import type { Dawn } from './dawn.ts';
import { timestampResolution } from './timestamp-resolution.ts';

/** An adapter of the list, with what it takes to request it again: a WebGPU adapter serves one device only. */
export interface ListedAdapter {
  readonly record: Adapter;
  readonly limits: AdapterLimits;
  request(): Promise<GPUAdapter | null>;
}

/** The limits that decide what fits, taken as they are when the device is made. */
export const LIMIT_NAMES = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
  'maxComputeWorkgroupsPerDimension',
  'maxTextureDimension2D',
] as const;
export type AdapterLimits = Readonly<Record<(typeof LIMIT_NAMES)[number], number>>;

export interface AdapterList {
  /** Hardware first, the one that the system holds for the most powerful leading; software last. */
  readonly adapters: readonly ListedAdapter[];
  /** What was tried, in words, for the report of a machine without any. */
  readonly tried: string;
}

/** Backends worth asking, best first; those of the second list only when the first found no hardware. */
const BACKENDS_OF_PLATFORM: Readonly<Partial<Record<NodeJS.Platform, readonly [readonly string[], readonly string[]]>>> = {
  linux: [['vulkan'], ['opengl', 'opengles']],
  win32: [
    ['d3d12', 'vulkan'],
    ['d3d11', 'opengl'],
  ],
  darwin: [['metal'], []],
};

const NO_SUCH_ADAPTER = 'adapter=no adapter has this name';
const REQUESTS: readonly GPURequestAdapterOptions[] = [
  { powerPreference: 'high-performance' },
  { powerPreference: 'low-power' },
  { forceFallbackAdapter: true },
];
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|\bwarp\b|software/i;

export function isSoftware(
  name: string,
  info: Pick<GPUAdapterInfo, 'architecture' | 'device' | 'description' | 'isFallbackAdapter'>,
): boolean {
  return info.isFallbackAdapter || SOFTWARE.test([name, info.architecture, info.device, info.description].join(' '));
}

/** The names in Dawn's answer to `NO_SUCH_ADAPTER`: lines of ` * backend: 'vulkan', name: 'SwiftShader Device'`. */
export function adapterNames(message: string): string[] {
  return [...new Set([...message.matchAll(/^ \* backend: '[^']*', name: '(.*)'$/gm)].map((match) => match[1]!))];
}

/** The largest grid whose four fields, of f32 unless said, each fit one binding, and whose cells a 32-bit index counts. */
export function largestCells(
  limits: Pick<AdapterLimits, 'maxBufferSize' | 'maxStorageBufferBindingSize'>,
  bytesPerValue = Float32Array.BYTES_PER_ELEMENT,
): number {
  const bytes = Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize);
  return Math.min(Math.floor(bytes / bytesPerValue), 2 ** 31 - 1);
}

export async function listAdapters(dawn: Dawn): Promise<AdapterList> {
  const [preferred, otherwise] = BACKENDS_OF_PLATFORM[process.platform] ?? [['vulkan'], []];
  const notes: string[] = [];
  const adapters = await adaptersOf(dawn, preferred, notes);
  if (!adapters.some(({ record }) => record.type === 'gpu')) adapters.push(...(await adaptersOf(dawn, otherwise, notes)));
  const hardwareFirst = [...adapters].sort(
    (one, other) => Number(one.record.type === 'software') - Number(other.record.type === 'software'),
  );
  return { adapters: hardwareFirst, tried: notes.join('; ') };
}

async function adaptersOf(dawn: Dawn, backends: readonly string[], notes: string[]): Promise<ListedAdapter[]> {
  const found: ListedAdapter[] = [];
  for (const backend of backends) {
    const ofBackend = await adaptersOfBackend(dawn, backend).catch((error: unknown) => {
      notes.push(`${backend}: ${error instanceof Error ? error.message : String(error)}`);
      return [];
    });
    if (ofBackend.length === 0) notes.push(`${backend}: ${(backend === 'vulkan' && missingVulkanLoader()) || 'no adapter'}`);
    found.push(...ofBackend);
  }
  return found;
}

/** Why Linux does not load its Vulkan loader, which Dawn tells the console alone; undefined where it does. */
function missingVulkanLoader(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    process.dlopen({ exports: {} }, 'libvulkan.so.1');
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // A library that loads is then refused for being no addon.
    if (!message.includes('self-register')) return message;
  }
  return undefined;
}

async function adaptersOfBackend(dawn: Dawn, backend: string): Promise<ListedAdapter[]> {
  const found: ListedAdapter[] = [];
  const seen = new Set<string>();
  const consider = async (options: readonly string[], request: GPURequestAdapterOptions, name: string) => {
    const requestWith: GPURequestAdapterOptions = {
      ...(backend.startsWith('opengl') ? { featureLevel: 'compatibility' } : {}),
      ...request,
    };
    const ask = () => dawn.gpu(options).requestAdapter(requestWith);
    const adapter = await ask().catch(() => null);
    if (adapter === null) return;
    const { vendor, architecture, device, description } = adapter.info;
    const key = [vendor, architecture, device, description].join('\n');
    if (seen.has(key)) return;
    seen.add(key);
    found.push(await listed(dawn, adapter, ask, backend, found.length, name));
  };

  const names = await dawn
    .gpu([`backend=${backend}`, NO_SUCH_ADAPTER])
    .requestAdapter()
    .then(
      () => [],
      (error: unknown) => adapterNames(error instanceof Error ? error.message : String(error)),
    );
  const preference = await mostPowerfulFirst(dawn, backend, names);
  for (const name of preference) await consider([`backend=${backend}`, `adapter=${name}`], {}, name);
  for (const request of REQUESTS) await consider([`backend=${backend}`], request, '');
  return found;
}

/** Puts first the name that the system gives for a high-performance request; the rest keep the driver's order. */
async function mostPowerfulFirst(dawn: Dawn, backend: string, names: readonly string[]): Promise<string[]> {
  if (names.length < 2) return [...names];
  const best = await dawn
    .gpu([`backend=${backend}`])
    .requestAdapter({ powerPreference: 'high-performance' })
    .catch(() => null);
  const isBest = (name: string) => best !== null && normalised(name) === normalised(best.info.device);
  return [...names.filter(isBest), ...names.filter((name) => !isBest(name))];
}

/** WebGPU shows a device's name in lower case with every other character as a hyphen. */
const normalised = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

async function listed(
  dawn: Dawn,
  adapter: GPUAdapter,
  request: () => Promise<GPUAdapter | null>,
  backend: string,
  index: number,
  name: string,
): Promise<ListedAdapter> {
  const { info } = adapter;
  const limits = Object.fromEntries(LIMIT_NAMES.map((limit) => [limit, adapter.limits[limit]])) as AdapterLimits;
  const tried = await tryDevice(dawn, adapter, limits);
  return {
    limits,
    request,
    record: {
      id: `${backend}:${index}`,
      name: name || info.device || info.description || info.vendor || backend,
      backend,
      type: isSoftware(name, info) ? 'software' : 'gpu',
      driver: info.description,
      usable: tried.reason === undefined,
      ...tried,
      largestCells: largestCells(limits),
      features: [...adapter.features].sort(),
    },
  };
}

/** A driver may list an adapter and then refuse the device: better known now than at the click. */
async function tryDevice(
  dawn: Dawn,
  adapter: GPUAdapter,
  limits: AdapterLimits,
): Promise<{ readonly reason?: string; readonly timestampSeconds?: number }> {
  if (limits.maxStorageBuffersPerShaderStage < 4) return { reason: 'fewer than 4 storage buffers per shader' };
  const hasClock = adapter.features.has('timestamp-query');
  try {
    const device = await adapter.requestDevice({ requiredFeatures: hasClock ? ['timestamp-query'] : [] });
    // A clock that cannot be read is no reason to do without the adapter.
    const timestampSeconds = hasClock ? await timestampResolution(device, dawn).catch(() => undefined) : undefined;
    device.destroy();
    return { ...(timestampSeconds !== undefined && { timestampSeconds }) };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}
