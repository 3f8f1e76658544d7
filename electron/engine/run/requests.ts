/**
 * Turns what a client asks for into what will run: every value checked, every variant complete. Whatever passes here is
 * known to the catalogue and possible on this machine, so that a run fails at the click and not in the middle; only
 * memory is left to `limits.ts`.
 */
import { findKernel, KERNELS } from '../../../kernels/catalog.ts';
import { type Isa, isasWith, type Kernel, type KernelParameter, type ParameterValue } from '../../../kernels/kernel.ts';
import { BOUNDARY_IDS, type Convention, type Grid, PRECISION_IDS, type Precision, SEED_IDS, STENCIL_IDS } from '../../../kernels/model.ts';
import { adapterServing, adaptersServing } from '../../shared/adapters.ts';
import type { Availability } from '../../shared/contract.ts';
import { expected } from '../../shared/expectation.ts';
import {
  type Adapter,
  MAX_OBSERVATIONS,
  MAX_ROUNDS,
  MAX_SIDE,
  MAX_STEPS,
  MAX_THREADS,
  MAX_VARIANTS,
  OBSERVABLES,
  type ResolvedRequest,
  type RunRequest,
  type Variant,
  type VariantRequest,
  WRITINGS,
} from '../../shared/run.ts';
import { type Trouble, TroubleError } from '../../shared/trouble.ts';

/** Beyond it f32 kernels overflow at once; no pattern needs more than 1. */
const LARGEST_COEFFICIENT = 1e6;

/** What this machine offers. */
export interface Offer {
  readonly kernels: readonly Availability[];
  readonly adapters: readonly Adapter[];
  /** Id of the adapter chosen by hand, or `auto`. */
  readonly preferredAdapter: string;
  /** Threads of a team by default. */
  readonly cores: number;
}

/** The kernel of the catalogue, or `unknown-kernel` with those that there are. */
export function requireKernel(id: string): Kernel {
  const kernel = findKernel(id);
  if (kernel === undefined)
    throw new TroubleError({ code: 'unknown-kernel', received: String(id), known: KERNELS.map((known) => known.id) });
  return kernel;
}

function badValue(name: string, expected: string, received: unknown): TroubleError {
  return new TroubleError({ code: 'bad-value', name, expected, received: String(received) });
}

type Support = Extract<Trouble, { code: 'not-supported' }>['what'];

export function requireSupported(kernel: string, what: Support, received: unknown, supported: readonly string[]): void {
  if (!supported.includes(String(received)))
    throw new TroubleError({ code: 'not-supported', kernel, what, received: String(received), supported: [...supported] });
}

function requireWholeNumber(name: string, value: unknown, min: number, max: number): void {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max)
    throw badValue(name, expected.wholeNumber(min, max), value);
}

function requireWord(name: string, value: unknown, words: readonly string[]): void {
  if (!words.includes(String(value))) throw badValue(name, expected.oneOf(words), value);
}

function requireConvention(convention: Convention): void {
  requireWord('stencil', convention.stencil, STENCIL_IDS);
  requireWord('boundary', convention.boundary, BOUNDARY_IDS);
  requireWord('seed', convention.seed, SEED_IDS);
  requireWord('precision', convention.precision, PRECISION_IDS);
  for (const name of ['diffusionU', 'diffusionV', 'feed', 'kill', 'dt'] as const) {
    const value = convention[name];
    // NaN fails the comparison too.
    if (typeof value !== 'number' || !(Math.abs(value) <= LARGEST_COEFFICIENT))
      throw badValue(name, expected.number(-LARGEST_COEFFICIENT, LARGEST_COEFFICIENT), value);
  }
}

function resolveParameter(parameter: KernelParameter, value: ParameterValue): ParameterValue {
  if (parameter.choices !== undefined) requireWord(parameter.name, value, parameter.choices);
  else requireWholeNumber(parameter.name, value, parameter.min, parameter.max);
  return value;
}

function resolveParameters(kernel: Kernel, given: Readonly<Record<string, ParameterValue>> = {}): Record<string, ParameterValue> {
  const names = kernel.parameters.map(({ name }) => name);
  for (const name of Object.keys(given)) requireSupported(kernel.id, 'parameter', name, names);
  return Object.fromEntries(
    kernel.parameters.map((parameter) => [parameter.name, resolveParameter(parameter, given[parameter.name] ?? parameter.default)]),
  );
}

function resolveThreads(kernel: Kernel, given: number | undefined, cores: number): number {
  if (given === undefined) return kernel.threaded ? Math.min(cores, MAX_THREADS) : 1;
  requireWholeNumber('threads', given, 1, MAX_THREADS);
  if (!kernel.threaded) requireSupported(kernel.id, 'threads', given, ['1']);
  return given;
}

/** The instruction set asked for, else the widest of `isas`; undefined for kernels that are not compiled for any. */
function resolveIsa(kernel: Kernel, given: Isa | undefined, isas: readonly Isa[]): Isa | undefined {
  if (given === undefined) return isas.at(-1);
  // The baseline of arm64 goes by its own name there.
  if (given === 'baseline' && isas[0] === 'neon') return 'neon';
  requireSupported(kernel.id, 'isa', given, isas);
  return given;
}

/** The adapter asked for, else the preferred one, else the first usable, of those with what the kernel needs; undefined for kernels that need none. */
export function resolveAdapter(
  kernel: Kernel,
  given: string | undefined,
  { adapters, preferredAdapter }: Pick<Offer, 'adapters' | 'preferredAdapter'>,
): string | undefined {
  const offered = kernel.backend === 'webgpu' ? adapters : [];
  if (given !== undefined && given !== 'auto') {
    const serving = adaptersServing(kernel, offered).map(({ id }) => id);
    requireSupported(kernel.id, 'adapter', given, serving);
    return given;
  }
  return adapterServing(kernel, offered, preferredAdapter)?.id;
}

/** Whether the state of its runs can be observed. */
export const isObserved = ({ backend }: Kernel): boolean => backend !== 'javascript';

function requireGrid({ rows, cols }: Grid): void {
  requireWholeNumber('rows', rows, 1, MAX_SIDE);
  requireWholeNumber('cols', cols, 1, MAX_SIDE);
}

/** What the variant sets for itself and is not the run's anyway, checked. */
function ownSettings({ grid, steps, stencil, images, observe, ...switches }: VariantRequest, run: RunRequest): Partial<Variant> {
  if (grid !== undefined) requireGrid(grid);
  if (steps !== undefined) requireWholeNumber('steps', steps, 1, MAX_STEPS);
  if (stencil !== undefined) requireWord('stencil', stencil, STENCIL_IDS);
  if (images !== undefined) {
    requireWholeNumber('images.every', images.every, 1, MAX_STEPS);
    requireWord('images.writing', images.writing, WRITINGS);
  }
  if (observe !== undefined) {
    requireWord('observe.what', observe.what, OBSERVABLES);
    requireWholeNumber('observe.every', observe.every, Math.ceil((steps ?? run.steps) / MAX_OBSERVATIONS), MAX_STEPS);
    // An image round has batches of its own.
    if (images !== undefined) throw badValue('variant', expected.oneOf(['images', 'observe']), 'images, observe');
  }
  const { flushSubnormals = run.flushSubnormals, pin = run.pin, warmUp = true } = switches;
  return {
    ...(grid !== undefined && (grid.rows !== run.grid.rows || grid.cols !== run.grid.cols) && { grid }),
    ...(steps !== undefined && steps !== run.steps && { steps }),
    ...(stencil !== undefined && stencil !== run.convention.stencil && { stencil }),
    ...(flushSubnormals !== run.flushSubnormals && { flushSubnormals }),
    ...(pin !== run.pin && { pin }),
    ...(!warmUp && { warmUp }),
    ...(images && { images }),
    ...(observe && { observe }),
  };
}

function resolveVariant(request: VariantRequest, run: RunRequest, offer: Offer): Variant {
  const { convention } = run;
  const kernel = requireKernel(request.kernel);
  const precision: Precision = request.precision ?? convention.precision;
  const own = ownSettings(request, run);
  requireSupported(kernel.id, 'precision', precision, kernel.precisions);
  requireSupported(kernel.id, 'stencil', own.stencil ?? convention.stencil, kernel.stencils);
  requireSupported(kernel.id, 'boundary', convention.boundary, kernel.boundaries);
  if (own.observe !== undefined) requireSupported(kernel.id, 'observation', own.observe.what, isObserved(kernel) ? OBSERVABLES : []);
  const parameters = resolveParameters(kernel, request.parameters);
  const threads = resolveThreads(kernel, request.threads, offer.cores);
  const availability = offer.kernels.find((candidate) => candidate.kernel === kernel.id);
  if (availability === undefined || !availability.available) {
    const { reason = 'runner-crashing', detail = '' } = availability ?? {};
    throw new TroubleError({ code: 'kernel-unavailable', kernel: kernel.id, reason, detail });
  }
  const isa = resolveIsa(kernel, request.isa, isasWith(kernel, parameters, availability.isas ?? []));
  const adapter = resolveAdapter(kernel, request.adapter, offer);
  return { kernel: kernel.id, precision, threads, parameters, ...(isa && { isa }), ...(adapter && { adapter }), ...own };
}

/** Throws the precise trouble of the first value that cannot be. */
export function resolveRequest(request: RunRequest, offer: Offer): ResolvedRequest {
  requireGrid(request.grid);
  requireWholeNumber('steps', request.steps, 1, MAX_STEPS);
  requireWholeNumber('rounds', request.rounds, 1, MAX_ROUNDS);
  requireConvention(request.convention);
  requireWholeNumber('kernels', request.variants.length, 1, MAX_VARIANTS);
  if (request.predictedRate !== undefined)
    requireWholeNumber('predictedRate.variant', request.predictedRate.variant, 0, request.variants.length - 1);
  const { changes = [], climb = [] } = request.ladder ?? {};
  for (const index of [...changes.flatMap(({ from, to }) => [from, to]), ...climb.map(({ variant }) => variant)])
    requireWholeNumber('ladder', index, 0, request.variants.length - 1);
  return { ...request, variants: request.variants.map((variant) => resolveVariant(variant, request, offer)) };
}
