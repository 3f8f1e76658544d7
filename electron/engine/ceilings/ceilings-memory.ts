/**
 * The ceilings measured on this machine, in `ceilings.json` of the data folder. They hold for the processor, the build of
 * the addon and the adapters with their drivers; the folder may be shared by several machines.
 */
import { join } from 'node:path';
import { z } from 'zod';
import { type Ceilings, COMPUTE_UNITS, ceilingsSchema } from '../../shared/ceilings.ts';
import type { Machine } from '../../shared/machine.ts';
import type { Adapter } from '../../shared/run.ts';
import { readJson, writeJson } from '../json-file.ts';

const MOST_MACHINES = 100;

const count = z.union([z.number(), z.literal('unknown')]);
const fingerprintSchema = z.object({
  cpu: z.string(),
  logicalCores: count,
  physicalCores: count,
  isas: z.array(z.enum(COMPUTE_UNITS)),
  /** Compiler and flags of the addon, and the app's version. */
  build: z.string(),
  /** Their ids, names and drivers. */
  adapters: z.array(z.string()),
});
type Fingerprint = z.infer<typeof fingerprintSchema>;

const rememberedSchema = z.array(z.object({ fingerprint: fingerprintSchema, ceilings: ceilingsSchema }));

function fingerprintOf(machine: Machine, adapters: readonly Adapter[]): Fingerprint {
  const { cpu, logicalCores, physicalCores, isas, compiler, appVersion } = machine;
  return {
    ...{ cpu, logicalCores, physicalCores, isas, build: `${compiler} ${appVersion}` },
    adapters: adapters.filter(({ usable }) => usable).map(({ id, name, driver }) => `${id}, ${name}, ${driver}`),
  };
}

const same = (one: Fingerprint, other: Fingerprint): boolean => JSON.stringify(one) === JSON.stringify(other);

export class CeilingsMemory {
  readonly #path: string;

  constructor(folder: string) {
    this.#path = join(folder, 'ceilings.json');
  }

  recall(machine: Machine, adapters: readonly Adapter[]): Ceilings | undefined {
    const fingerprint = fingerprintOf(machine, adapters);
    return this.#read().find((remembered) => same(remembered.fingerprint, fingerprint))?.ceilings;
  }

  /** Ceilings that cannot be written are measured again another time, and are good for now. */
  remember(machine: Machine, adapters: readonly Adapter[], ceilings: Ceilings): void {
    const fingerprint = fingerprintOf(machine, adapters);
    const others = this.#read().filter((remembered) => !same(remembered.fingerprint, fingerprint));
    try {
      writeJson(this.#path, [{ fingerprint, ceilings }, ...others].slice(0, MOST_MACHINES));
    } catch (error) {
      console.error('The ceilings were not written:', error);
    }
  }

  #read(): z.infer<typeof rememberedSchema> {
    return readJson(this.#path, rememberedSchema) ?? [];
  }
}
