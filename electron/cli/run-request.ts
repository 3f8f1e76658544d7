/**
 * Makes a run request of the options, refusing what the catalogue already says cannot be, so that a mistake costs no
 * start of an engine. What only this machine can tell (memory, adapters, instruction sets) the engine refuses.
 *
 * A tuning option applies to the kernels that declare it; one that no kernel of the run declares is refused.
 */
import { KERNELS } from '../../kernels/catalog.ts';
import type { Kernel, KernelParameter, ParameterValue } from '../../kernels/kernel.ts';
import type { Convention } from '../../kernels/model.ts';
import { isObserved, type Offer, requireKernel, requireSupported, resolveRequest } from '../engine/run/requests.ts';
import { expected } from '../shared/expectation.ts';
import type { RunRequest, VariantRequest } from '../shared/run.ts';
import { badValue, oneOf, wholeNumber } from './option-values.ts';
import type { RunOptions } from './run-options.ts';

/** A machine on which everything runs: what is refused for it is refused everywhere. */
const ANY_MACHINE: Offer = {
  kernels: KERNELS.map(({ id, isas }) => ({ kernel: id, available: true, ...(isas && { isas: [...isas] }) })),
  adapters: [],
  preferredAdapter: 'auto',
  cores: 1,
};

export function checkAgainstCatalogue(request: RunRequest): void {
  const anywhere = request.variants.map(({ adapter: _, ...variant }) => variant);
  resolveRequest({ ...request, variants: anywhere }, ANY_MACHINE);
}

function parameterValue(parameter: KernelParameter, text: string): ParameterValue {
  const option = `--param ${parameter.name}`;
  return parameter.choices === undefined ? wholeNumber(option, parameter.min, parameter.max)(text) : oneOf(option, parameter.choices)(text);
}

function parametersOf(kernel: Kernel, given: Readonly<Record<string, string>>): Record<string, ParameterValue> {
  const values: Record<string, ParameterValue> = {};
  for (const parameter of kernel.parameters) {
    const text = given[parameter.name];
    if (text !== undefined) values[parameter.name] = parameterValue(parameter, text);
  }
  return values;
}

/** Refuses a tuning that none of the kernels has. */
function checkTuning(kernels: readonly Kernel[], options: RunOptions): void {
  const first = kernels[0]!;
  const names = [...new Set(kernels.flatMap((kernel) => kernel.parameters.map(({ name }) => name)))];
  for (const [name, value] of Object.entries(options.param ?? {})) {
    if (!names.includes(name)) throw badValue('--param', expected.nameAndValue(names), `${name}=${value}`);
  }
  const { threads, isa, adapter, observe } = options;
  if (observe !== undefined && !kernels.some(isObserved)) {
    requireSupported(first.id, 'observation', observe.what, []);
  }
  if (threads !== undefined && threads > 1 && !kernels.some((kernel) => kernel.threaded)) {
    requireSupported(first.id, 'threads', String(threads), ['1']);
  }
  if (isa !== undefined) {
    const compiled = kernels.filter((kernel) => kernel.isas !== undefined);
    if (compiled.length === 0) requireSupported(first.id, 'isa', isa, []);
    for (const kernel of compiled) requireSupported(kernel.id, 'isa', isa, kernel.isas ?? []);
  }
  if (adapter !== undefined && !kernels.some(({ backend }) => backend === 'webgpu')) requireSupported(first.id, 'adapter', adapter, []);
}

function variantOf(kernel: Kernel, options: RunOptions): VariantRequest {
  const { threads, isa, adapter, observe } = options;
  return {
    kernel: kernel.id,
    precision: options.precision,
    parameters: parametersOf(kernel, options.param ?? {}),
    ...(kernel.threaded && threads !== undefined ? { threads } : {}),
    ...(kernel.isas !== undefined && isa !== undefined ? { isa } : {}),
    ...(kernel.backend === 'webgpu' && adapter !== undefined ? { adapter } : {}),
    ...(isObserved(kernel) && observe !== undefined ? { observe } : {}),
  };
}

/** @throws TroubleError in the words of the options. */
export function runRequest(kernelIds: readonly string[], options: RunOptions, keepField: boolean): RunRequest {
  const kernels = kernelIds.map(requireKernel);
  const convention: Convention = {
    stencil: options.stencil,
    boundary: options.boundary,
    seed: options.seed,
    precision: options.precision,
    diffusionU: options.du,
    diffusionV: options.dv,
    feed: options.feed,
    kill: options.kill,
    dt: options.dt,
  };
  checkTuning(kernels, options);
  const request: RunRequest = {
    convention,
    grid: { rows: options.rows, cols: options.cols },
    steps: options.steps,
    rounds: options.rounds,
    variants: kernels.map((kernel) => variantOf(kernel, options)),
    display: false,
    flushSubnormals: options.flush,
    pin: options.pin,
    ...(!options.control && { control: false }),
    keepField,
  };
  checkAgainstCatalogue(request);
  return request;
}
