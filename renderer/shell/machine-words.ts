/** The machine in a few words, for the bar: short names, the widest instruction set, what matters for trust. */
import type { Machine } from '../../electron/shared/machine.ts';
import type { Adapter } from '../../electron/shared/run.ts';
import type { Messages } from '../i18n/en.ts';

const ISA_NAMES: Record<string, string> = { baseline: '', avx2: 'AVX2', avx512: 'AVX-512', neon: 'NEON' };

/** A processor's name without trademarks and clock, which every vendor writes in its own way. */
export function shortProcessorName(cpu: string): string {
  return cpu
    .replace(/\((R|TM|r|tm)\)|®|™/g, '')
    .replace(/\bCPU\b|@.*$|\b\d+-Core Processor\b|\bProcessor\b/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

export function machineWords(machine: Machine, messages: Messages): string[] {
  const words = [shortProcessorName(machine.cpu) || messages.unknown];
  if (machine.logicalCores !== 'unknown') words.push(messages.topBar.threads(String(machine.logicalCores)));
  const widest = ISA_NAMES[machine.isas.at(-1) ?? ''];
  if (widest) words.push(widest);
  return words;
}

/** What a reader of the numbers must know about this machine. */
export function cautions(machine: Machine, messages: Messages): string[] {
  const found: string[] = [];
  if (machine.virtualisation !== 'none' && machine.virtualisation !== 'unknown') found.push(messages.topBar.virtual);
  if (machine.power === 'battery') found.push(messages.topBar.battery);
  return found;
}

/** The adapter that GPU kernels run on: the chosen one, else the first hardware one, else a software one. */
export function adapterInUse(adapters: readonly Adapter[], chosen: string): Adapter | undefined {
  const usable = adapters.filter((adapter) => adapter.usable);
  return usable.find(({ id }) => id === chosen) ?? usable.find(({ type }) => type === 'gpu') ?? usable[0];
}
