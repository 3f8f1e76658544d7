/** The lines under the title of a chart: size and convention, constants, machine; whatever differs is left to the rows. */
import type { RunRecord } from '../run.ts';
import { SEPARATOR } from './figure.ts';
import { adapterNames, differingFields, type Setup } from './setup.ts';

export function subtitleOf(runs: readonly RunRecord[], setups: readonly Setup[]): string[] {
  const setup = setups[0];
  const run = runs[0];
  if (setup === undefined || run === undefined) return [];
  const differing = differingFields(setups);
  const precisions = [...new Set(runs.flatMap(({ variants }) => variants.map(({ variant }) => variant.precision)))];
  const adapters = adapterNames(runs);
  const line = (fields: readonly (keyof Setup | 'precision')[]) =>
    fields
      .flatMap((field) => {
        if (field === 'precision') return precisions.length === 1 ? precisions : [];
        return differing.includes(field) ? [] : [setup[field]];
      })
      .join(SEPARATOR);
  const machine = [line(['machine']), ...(adapters.length === 1 ? adapters : [])];
  return [
    line(['grid', 'steps', 'precision', 'stencil', 'boundary', 'seed']),
    line(['constants', 'subnormals']),
    machine.filter((text) => text !== '').join(SEPARATOR),
  ].filter((text) => text !== '');
}
