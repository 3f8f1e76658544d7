/**
 * From one state of one kernel to the run that asks what each of its good choices is worth: the state, and beside it
 * variants that each change one cause. Where a cause is the code itself, two kernels that differ in it alone stand for it.
 * What this machine cannot change is told with the reason.
 */
import { findKernel } from '../../kernels/catalog.ts';
import { CAUSE_IDS, type CauseId, type RungId } from '../../kernels/cause.ts';
import { type Isa, isasWith, type Kernel } from '../../kernels/kernel.ts';
import { type Convention, DEFAULT_CONVENTION, DEFAULT_GRID, type Grid } from '../../kernels/model.ts';
import { adapterServing } from './adapters.ts';
import type { Availability } from './contract.ts';
import { type Adapter, cellsOf, type Ladder, MAX_STEPS, type RunRequest, type Unchanged, type VariantRequest } from './run.ts';

/** What a machine offers to change. */
export interface LadderHere {
  readonly kernels: readonly Availability[];
  readonly logicalCores: number | 'unknown';
  readonly adapters: readonly Adapter[];
  /** Id of the adapter chosen by hand, or `auto`. */
  readonly adapter: string;
  /** As the machine's record names it. */
  readonly os: string;
}

/** The good state. What is absent is as fast as this machine can have it. */
export interface LadderState {
  readonly base: VariantRequest;
  readonly convention: Convention;
  readonly grid: Grid;
  readonly rounds: number;
  readonly flushSubnormals: boolean;
  readonly pin: boolean;
}

/** The best kernel with all its good choices. Seven rounds have an interval of signed ranks. */
export const DEFAULT_LADDER: LadderState = {
  base: { kernel: 'champion' },
  convention: DEFAULT_CONVENTION,
  grid: DEFAULT_GRID,
  rounds: 7,
  flushSubnormals: true,
  pin: true,
};

type Reason = Unchanged['reason'];
/** Variants that change the cause and nothing else, or why there are none. */
type Found = { readonly from: VariantRequest; readonly to: readonly VariantRequest[] } | Reason;

/** Blocks as large as every kernel takes them: none, on any usual grid. */
const UNBLOCKED = { blockRows: 1024, blockCols: 4096 };

/** Kernels that differ in one cause alone, the good one first; one thread computes each of them unless it has a team. */
const PAIRS: Readonly<Partial<Record<CauseId, readonly [good: VariantRequest, without: VariantRequest]>>> = {
  nesting: [{ kernel: 'aos_flat' }, { kernel: 'aos_nested' }],
  layout: [{ kernel: 'soa_window' }, { kernel: 'aos_flat' }],
  'loop-order': [{ kernel: 'soa_window' }, { kernel: 'soa_swapped' }],
  vectorising: [
    { kernel: 'autovec', parameters: { flags: 'O3' } },
    { kernel: 'autovec', parameters: { flags: 'O1' } },
  ],
  tests: [{ kernel: 'soa_split' }, { kernel: 'soa_window' }],
  fusing: [{ kernel: 'autovec' }, { kernel: 'laplacian_pass' }],
  blocks: [{ kernel: 'blocked' }, { kernel: 'blocked', parameters: UNBLOCKED }],
  streaming: [
    { kernel: 'threads_rows', parameters: { rows: 'simd-streaming' } },
    { kernel: 'threads_rows', parameters: { rows: 'autovec' } },
  ],
  language: [{ kernel: 'autovec' }, { kernel: 'fortran' }],
  scripting: [{ kernel: 'soa_split' }, { kernel: 'javascript' }],
  intrinsics: [{ kernel: 'simd' }, { kernel: 'autovec' }],
  coalescing: [{ kernel: 'gpu_naive' }, { kernel: 'gpu_swapped' }],
  transfer: [{ kernel: 'gpu_naive' }, { kernel: 'gpu_naive', parameters: { transfer: 'per-step' } }],
  batching: [{ kernel: 'gpu_naive' }, { kernel: 'gpu_naive', parameters: { stepsPerSubmit: 1 } }],
};

const CLIMB: readonly (readonly [RungId, VariantRequest])[] = [
  ['naive', { kernel: 'aos_nested' }],
  ['layout', { kernel: 'soa_window' }],
  ['tests', { kernel: 'soa_split' }],
  ['vectorising', { kernel: 'autovec' }],
  ['threads', { kernel: 'threads_rows', parameters: { rows: 'autovec' } }],
];
/** Where the climb ends. */
const SUMMIT = 'champion';

/** Of x86-64 and of arm64. */
const NARROWEST: readonly Isa[] = ['baseline', 'neon'];

/** What only a GPU can show says nothing where the processor plays its part. */
const OF_GPUS: readonly CauseId[] = ['coalescing', 'transfer', 'batching'];

const isReason = (found: Found): found is Reason => 'why' in found;

class LadderMaker {
  readonly #state: LadderState;
  readonly #here: LadderHere;
  readonly #kernel: Kernel;
  readonly #variants: VariantRequest[] = [];

  constructor(state: LadderState, here: LadderHere, kernel: Kernel) {
    this.#state = state;
    this.#here = here;
    this.#kernel = kernel;
  }

  request(): RunRequest {
    const { convention, grid, rounds, flushSubnormals, pin } = this.#state;
    const start = this.#add(this.#base);
    const changes: Ladder['changes'] = [];
    const unchanged: Unchanged[] = [];
    for (const cause of CAUSE_IDS.filter((each) => this.#concerns(each))) {
      const found = this.#find(cause);
      if (isReason(found)) unchanged.push({ cause, reason: found });
      else for (const to of found.to) changes.push({ cause, from: this.#add(found.from), to: this.#add(to) });
    }
    const climb = this.#climb(start);
    return {
      ...{ convention, grid, rounds, flushSubnormals },
      pin: pin && this.#pins,
      steps: 1,
      variants: this.#variants,
      display: false,
      keepField: false,
      ladder: { changes, unchanged, ...(climb.length > 1 && { climb }) },
    };
  }

  /** Index of a variant, which is measured once however many comparisons it serves. */
  #add(variant: VariantRequest): number {
    const textOf = (each: VariantRequest) => JSON.stringify(Object.entries(each).toSorted());
    const text = textOf(variant);
    const known = this.#variants.findIndex((each) => textOf(each) === text);
    return known >= 0 ? known : this.#variants.push(variant) - 1;
  }

  get #base(): VariantRequest {
    return { precision: this.#state.convention.precision, ...this.#state.base };
  }

  get #isOnGpu(): boolean {
    return this.#kernel.backend === 'webgpu';
  }

  /** No thread is tied to a processor on macOS. */
  get #pins(): boolean {
    return this.#kernel.backend === 'native' && !/mac ?os|darwin/i.test(this.#here.os);
  }

  /** A ladder of a GPU's kernel has no rungs of the processor's loops. */
  #concerns(cause: CauseId): boolean {
    return !this.#isOnGpu || PAIRS[cause] === undefined || OF_GPUS.includes(cause);
  }

  #find(cause: CauseId): Found {
    return this.#change(cause) ?? this.#pair(cause) ?? { why: 'no-switch', kernel: this.#kernel.id };
  }

  /** The base with the cause changed; undefined where the kernel has no switch for it. */
  #change(cause: CauseId): Found | undefined {
    const { base, convention, flushSubnormals, pin } = this.#state;
    const kernel = this.#kernel;
    const precision = base.precision ?? convention.precision;
    const has = (name: string) => kernel.parameters.some((parameter) => parameter.name === name);
    const given = (name: string) => base.parameters?.[name];
    const to = (change: Partial<VariantRequest>): Found => ({ from: this.#base, to: [{ ...this.#base, ...change }] });
    const withParameters = (parameters: Record<string, number | string>) => to({ parameters: { ...base.parameters, ...parameters } });
    const without: Reason = { why: 'without' };
    switch (cause) {
      case 'pinning':
        if (kernel.backend !== 'native') return undefined;
        return this.#pins ? (pin ? to({ pin: false }) : without) : { why: 'system' };
      case 'subnormals':
        if (kernel.backend !== 'native') return undefined;
        return flushSubnormals ? to({ flushSubnormals: false }) : without;
      case 'width': {
        if (kernel.isas?.some((isa) => !NARROWEST.includes(isa)) !== true) return undefined;
        const narrower = this.#narrower();
        return narrower.length === 0 ? { why: 'narrowest' } : { from: this.#base, to: narrower.map((isa) => ({ ...this.#base, isa })) };
      }
      case 'precision':
        if (!kernel.precisions.includes('f64')) return undefined;
        return precision === 'f64' ? without : to({ precision: 'f64' });
      case 'threads':
        if (!kernel.threaded) return undefined;
        if (this.#here.logicalCores === 1) return { why: 'one-processor' };
        return base.threads === 1 ? without : to({ threads: 1 });
      case 'blocks':
        // A team shares its blocks out: in one large block only one of it would work.
        if (kernel.threaded || !has('blockRows') || !has('blockCols')) return undefined;
        return given('blockRows') === UNBLOCKED.blockRows && given('blockCols') === UNBLOCKED.blockCols
          ? without
          : withParameters(UNBLOCKED);
      case 'depth':
        if (!has('depth')) return undefined;
        return given('depth') === 1 ? without : withParameters({ depth: 1 });
      case 'transfer':
        if (!has('transfer')) return undefined;
        return (given('transfer') ?? 'once') === 'once' ? withParameters({ transfer: 'per-step' }) : without;
      case 'batching':
        if (!has('stepsPerSubmit')) return undefined;
        return given('stepsPerSubmit') === 1 ? without : withParameters({ stepsPerSubmit: 1 });
      default:
        return undefined;
    }
  }

  /** Widest first. */
  #narrower(): readonly Isa[] {
    const { base } = this.#state;
    const isas = isasWith(this.#kernel, base.parameters ?? {}, this.#availability(this.#kernel.id)?.isas ?? []);
    const own = base.isa === undefined ? isas.length - 1 : isas.indexOf(base.isa);
    return isas.slice(0, Math.max(0, own)).toReversed();
  }

  #pair(cause: CauseId): Found | undefined {
    const pair = PAIRS[cause];
    if (pair === undefined) return undefined;
    const [from, to] = pair.map((each) => this.#asStated(each)) as [VariantRequest, VariantRequest];
    const missing = this.#missing(from, cause) ?? this.#missing(to, cause);
    return missing ?? { from, to: [to] };
  }

  /** In the precision, and on the adapter, of the state. */
  #asStated(variant: VariantRequest): VariantRequest {
    const { base, convention } = this.#state;
    const onGpu = findKernel(variant.kernel)?.backend === 'webgpu';
    return {
      ...variant,
      precision: onGpu ? 'f32' : (base.precision ?? convention.precision),
      ...(onGpu && base.adapter !== undefined && { adapter: base.adapter }),
    };
  }

  #availability(kernel: string): Availability | undefined {
    return this.#here.kernels.find((each) => each.kernel === kernel);
  }

  /** Why a kernel of a pair cannot run as the state is. */
  #missing({ kernel: id, precision }: VariantRequest, cause?: CauseId): Reason | undefined {
    const kernel = findKernel(id)!;
    const { convention } = this.#state;
    const availability = this.#availability(id);
    if (availability?.available !== true) {
      const { reason = 'runner-crashing', detail = '' } = availability ?? {};
      return { why: 'unavailable', kernel: id, reason, detail };
    }
    const refuse = (what: 'boundary' | 'stencil' | 'precision', received: string): Reason => ({
      why: 'convention',
      kernel: id,
      what,
      received,
    });
    if (!kernel.boundaries.includes(convention.boundary)) return refuse('boundary', convention.boundary);
    if (!kernel.stencils.includes(convention.stencil)) return refuse('stencil', convention.stencil);
    if (precision !== undefined && !kernel.precisions.includes(precision)) return refuse('precision', precision);
    if (cause === undefined || this.#isOnGpu || !OF_GPUS.includes(cause)) return undefined;
    const adapter = adapterServing(kernel, this.#here.adapters, this.#here.adapter);
    if (adapter?.type === 'gpu') return undefined;
    if (adapter === undefined) return { why: 'unavailable', kernel: id, reason: 'no-adapter', detail: '' };
    return { why: 'software-gpu', adapter: adapter.name };
  }

  /** Only to the kernel that it leads to. Where there is one processor, threads are no rung. */
  #climb(start: number): NonNullable<Ladder['climb']> {
    if (this.#kernel.id !== SUMMIT) return [];
    const rungs = CLIMB.filter(([rung]) => rung !== 'threads' || this.#here.logicalCores !== 1)
      .map(([rung, variant]) => ({ rung, variant: this.#asStated(variant) }))
      .filter(({ variant }) => this.#missing(variant) === undefined);
    const { threads } = this.#state.base;
    const below = rungs.map(({ rung, variant }) => ({
      rung,
      variant: this.#add(rung === 'threads' && threads !== undefined ? { ...variant, threads } : variant),
    }));
    return [...below, { rung: 'depth', variant: start }];
  }
}

/** Undefined where there is no such kernel, or it does not run here. Steps are for `pacedLadder` to set. */
export function ladderRequest(state: LadderState, here: LadderHere): RunRequest | undefined {
  const kernel = findKernel(state.base.kernel);
  const runs = here.kernels.some((each) => each.kernel === kernel?.id && each.available);
  return kernel === undefined || !runs ? undefined : new LadderMaker(state, here, kernel).request();
}

/** Of a round of the state, and of one of every pair. Slower variants of the state take as many steps as it does. */
const ROUND_SECONDS = 0.15;
/** A kernel that takes many steps at once must do so several times. */
const LEAST_STEPS = 96;

/**
 * The run with steps by its variants' pace, in seconds per step: as many for the state and all that differ from it in one
 * cause, so that they compute the very same; for kernels that stand for a cause as many as last about as long.
 */
export function pacedLadder(request: RunRequest, paces: readonly number[], given?: number): RunRequest {
  const { ladder, variants } = request;
  const stepsAt = (pace: number) => Math.min(MAX_STEPS, Math.max(1, Math.ceil(ROUND_SECONDS / pace)));
  const steps = given ?? Math.max(LEAST_STEPS, stepsAt(paces[0]!));
  const ofState = new Set([0, ...(ladder?.changes ?? []).flatMap(({ from, to }) => (from === 0 ? [to] : []))]);
  return {
    ...request,
    steps,
    variants: variants.map((variant, at) =>
      given !== undefined || ofState.has(at) ? variant : { ...variant, steps: stepsAt(paces[at]!) },
    ),
  };
}

/** Cell updates per second of each variant. */
export const ratesOfPaces = (request: RunRequest, paces: readonly number[]): number[] => paces.map((pace) => cellsOf(request.grid) / pace);
