/** Whether two records are of one machine, whatever its power state: an unplugged laptop is the same laptop. */
import type { Machine } from '../../shared/machine.ts';
import type { Adapter, RunRecord } from '../../shared/run.ts';
import { type MachineField, machineFieldSchema, TroubleError } from '../../shared/trouble.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const nameOf = (adapter: Adapter | undefined): string => [adapter?.name, adapter?.driver].filter(Boolean).join(', ');

function requireSame(field: MachineField, expected: string, received: string): void {
  if (expected !== received) throw new TroubleError({ code: 'other-machine', field, expected, received });
}

/** Throws `other-machine` with the first difference between the machine of a run and this one. */
export function requireSameMachine(run: RunRecord, ofRun: Machine, here: Machine, adapters: readonly Adapter[]): void {
  for (const field of machineFieldSchema.options) if (field !== 'adapter') requireSame(field, text(ofRun[field]), text(here[field]));
  for (const { adapter } of run.variants) {
    if (adapter === undefined) continue;
    const found = adapters.find(({ id }) => id === adapter.id);
    requireSame('adapter', nameOf(adapter), nameOf(found));
  }
}
