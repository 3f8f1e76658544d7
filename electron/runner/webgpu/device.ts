/**
 * One device and the first thing that goes wrong with it. A lost device and an invalid command both leave every later
 * result worthless, and each is followed by a flood of further errors: only the first is kept, and a device that has
 * one is never used again.
 */
import { type Trouble, TroubleError } from '../../shared/trouble.ts';
import { LIMIT_NAMES, type ListedAdapter } from './adapters.ts';

const WANTED_FEATURES = ['timestamp-query', 'shader-f16', 'subgroups'] as const satisfies readonly GPUFeatureName[];

export class WatchedDevice {
  readonly device: GPUDevice;
  #trouble: Trouble | undefined;
  #onTrouble: (() => void) | undefined;

  constructor(device: GPUDevice) {
    this.device = device;
    device.addEventListener('uncapturederror', (event) => this.fail(troubleOf((event as GPUUncapturedErrorEvent).error)));
    void device.lost.then((info) => this.fail({ code: 'gpu-lost', detail: info.message || info.reason || 'device lost' }));
  }

  get trouble(): Trouble | undefined {
    return this.#trouble;
  }

  /** Called once, when trouble comes; replaces the listener before it. */
  set onTrouble(listener: (() => void) | undefined) {
    this.#onTrouble = listener;
  }

  /** Keeps the first trouble and passes it on; later ones are its consequences. */
  fail(trouble: Trouble): void {
    if (this.#trouble !== undefined) return;
    this.#trouble = trouble;
    this.#onTrouble?.();
  }

  throwIfFailed(): void {
    if (this.#trouble !== undefined) throw new TroubleError(this.#trouble);
  }

  /** Runs `make` and turns what the device has against it into trouble; used where objects are made. */
  async guarded<T>(make: () => T | Promise<T>): Promise<T> {
    this.throwIfFailed();
    const filters = ['validation', 'out-of-memory', 'internal'] as const;
    for (const filter of filters) this.device.pushErrorScope(filter);
    let made: { readonly value: T } | undefined;
    let thrown: unknown;
    try {
      made = { value: await make() };
    } catch (error) {
      thrown = error;
    }
    for (const _ of filters) {
      const error = await this.device.popErrorScope().catch(() => null);
      if (error !== null) this.fail(troubleOf(error));
    }
    this.throwIfFailed();
    if (made === undefined) {
      this.fail({ code: 'gpu-error', detail: thrown instanceof Error ? thrown.message : String(thrown) });
      this.throwIfFailed();
    }
    return made!.value;
  }
}

/** An out-of-memory error carries its class's name; everything else is an invalid command or a fault inside Dawn. */
function troubleOf(error: GPUError): Trouble {
  const code = error.constructor.name === 'GPUOutOfMemoryError' ? 'out-of-memory' : 'gpu-error';
  return { code, detail: error.message };
}

/** A fresh device with all that the adapter allows. */
export async function openDevice(listed: ListedAdapter): Promise<WatchedDevice> {
  try {
    const adapter = await listed.request();
    if (adapter === null) throw new TroubleError({ code: 'gpu-lost', detail: `${listed.record.name} is no longer there` });
    const device = await adapter.requestDevice({
      requiredFeatures: WANTED_FEATURES.filter((feature) => adapter.features.has(feature)),
      requiredLimits: Object.fromEntries(LIMIT_NAMES.map((name) => [name, listed.limits[name]])),
    });
    return new WatchedDevice(device);
  } catch (error) {
    if (error instanceof TroubleError) throw error;
    throw new TroubleError({ code: 'gpu-error', detail: error instanceof Error ? error.message : String(error) });
  }
}
