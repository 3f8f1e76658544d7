/**
 * A backend for tests of what surrounds the kernels: it computes with the oracle, reports whatever seconds a test wants,
 * and has one fault of choice. It is selected by tests alone, through an entry of their own.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { KernelInstance, KernelJob, RunnerBackend } from '../../electron/runner/backend.ts';
import { TroubleError } from '../../electron/shared/trouble.ts';
import { KERNELS } from '../../kernels/catalog.ts';
import { isSubnormalHalf, neighbouringHalf } from '../../kernels/half.ts';
import { allocateField, bytesPerValue, type Field } from '../../kernels/model.ts';
import { referenceStep } from '../../kernels/reference.ts';

export interface ReferenceBackendOptions {
  /** Reported, not waited for. */
  readonly secondsPerStep?: number;
  /** Waited for at each step; a cancel ends it. */
  readonly sleepPerStep?: number;
  /**
   * As a kernel whose storage is f16 rounds what it computes: to the nearest after every step or only at the end of a call; towards zero;
   * up or down as it comes; to the nearest with zero for what is subnormal, when it is stored or when it is read; or two
   * halves beside the nearest in one cell.
   */
  readonly halves?: 'each-step' | 'each-call' | 'truncated' | 'up-or-down' | 'flushed' | 'flushed-when-read' | 'off-by-two';
  readonly fault?: 'wrong-by-1e-4' | 'nan' | 'open-fails' | 'step-fails' | 'deaf-to-cancel';
  /** What the instances make frames with, where they are to make them. */
  readonly frame?: NonNullable<KernelInstance['frame']>;
  /** Called at each call of an instance. */
  readonly onCall?: (call: 'open' | 'load' | 'step' | 'read' | 'close', steps?: number) => void;
}

function truncatedToHalf(value: number): number {
  const nearest = Math.f16round(value);
  return Math.abs(nearest) > Math.abs(value) ? neighbouringHalf(nearest, nearest < 0) : nearest;
}

function flushedHalf(value: number): number {
  const nearest = Math.f16round(value);
  return isSubnormalHalf(nearest) ? 0 : nearest;
}

function halfUpOrDown(value: number, at: number): number {
  const nearest = Math.f16round(value);
  const isUp = at % 2 === 0;
  return nearest === value || nearest > value === isUp ? nearest : neighbouringHalf(nearest, isUp);
}

function halfOffByTwo(value: number, at: number): number {
  const nearest = Math.f16round(value);
  return at === 30 ? neighbouringHalf(neighbouringHalf(nearest, true), true) : nearest;
}

type Round = (value: number, at: number) => number;

function roundToHalves({ u, v }: Field, round: Round): void {
  for (const values of [u, v]) for (const [at, value] of values.entries()) values[at] = round(value, at);
}

const ROUNDING: Readonly<Partial<Record<NonNullable<ReferenceBackendOptions['halves']>, Round>>> = {
  truncated: truncatedToHalf,
  'up-or-down': halfUpOrDown,
  flushed: flushedHalf,
  'off-by-two': halfOffByTwo,
};

const failed = () => new TroubleError({ code: 'gpu-lost', detail: 'as the test asked' });

export function createReferenceBackend(options: ReferenceBackendOptions = {}): RunnerBackend {
  const { fault, halves, onCall = () => {} } = options;
  const round = ROUNDING[halves ?? 'each-step'] ?? Math.f16round;
  return {
    probe: async () => ({ kernels: KERNELS.map(({ id }) => ({ kernel: id, available: true })), adapters: [] }),
    bytesNeeded: ({ grid, variant }: KernelJob) => 4 * grid.rows * grid.cols * bytesPerValue(variant.precision),
    async open({ grid, convention, variant }: KernelJob): Promise<KernelInstance> {
      onCall('open');
      if (fault === 'open-fails') throw failed();
      let from = allocateField(grid, variant.precision);
      let to = allocateField(grid, variant.precision);
      let controller = new AbortController();
      return {
        async load(start: Field) {
          onCall('load');
          from.u.set(start.u);
          from.v.set(start.v);
          if (halves !== undefined) roundToHalves(from, Math.f16round);
        },
        async step(steps) {
          onCall('step', steps);
          if (fault === 'step-fails') throw failed();
          if (fault === 'deaf-to-cancel') await new Promise(() => {});
          for (let step = 0; step < steps; step++) {
            if (options.sleepPerStep !== undefined) {
              await sleep(options.sleepPerStep * 1000, undefined, { signal: controller.signal }).catch(() => {});
            }
            if (controller.signal.aborted) throw new TroubleError({ code: 'cancelled' });
            if (halves === 'flushed-when-read') roundToHalves(from, flushedHalf);
            referenceStep(from, to, grid, convention);
            [from, to] = [to, from];
            if (halves !== undefined && halves !== 'each-call') roundToHalves(from, round);
          }
          if (halves === 'each-call') roundToHalves(from, round);
          if (fault === 'wrong-by-1e-4') from.v[from.v.length - 1]! += 1e-4;
          if (fault === 'nan') from.u[0] = Number.NaN;
          return { seconds: steps * (options.secondsPerStep ?? options.sleepPerStep ?? 1e-3) };
        },
        async read() {
          onCall('read');
          return { u: from.u.slice(), v: from.v.slice() };
        },
        ...(options.frame && { frame: options.frame }),
        cancel: () => controller.abort(),
        async close() {
          onCall('close');
          controller = new AbortController();
        },
      };
    },
  };
}
