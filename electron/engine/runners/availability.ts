/**
 * What runs on this machine and why the rest does not: the runners' own reports, merged into one answer for every kernel
 * of the catalogue. A runner that cannot even report makes its kernels unavailable and costs nothing else.
 */
import { KERNELS } from '../../../kernels/catalog.ts';
import { BACKENDS, type Backend, ISAS, type Isa } from '../../../kernels/kernel.ts';
import type { BackendReport } from '../../runner/backend.ts';
import type { Availability } from '../../shared/contract.ts';
import type { Adapter } from '../../shared/run.ts';
import { asTrouble, type Trouble, type UnavailableReason } from '../../shared/trouble.ts';
import type { Runner, Runners } from './runner.ts';

/** A child may die once of bad luck; one that dies this often does so of itself. */
const PROBES = 3;

/** A backend's report, or why there is none. */
export type Probed = { readonly report: BackendReport } | { readonly reason: UnavailableReason; readonly detail: string };

export interface Offered {
  readonly kernels: readonly Availability[];
  readonly adapters: readonly Adapter[];
  /** Instruction sets that some kernel is compiled for and this processor has, narrowest first. */
  readonly isas: readonly Isa[];
  readonly compiler: string;
}

function detailOf(trouble: Trouble): string {
  if (trouble.code === 'runner-silent') return `no answer for ${trouble.seconds} s`;
  return 'detail' in trouble ? trouble.detail.split('\n')[0]! : trouble.code;
}

/** Never rejects. */
export async function probeRunner(runner: Runner): Promise<Probed> {
  for (let probe = 1; ; probe++) {
    try {
      return { report: await runner.probe() };
    } catch (error) {
      const trouble = asTrouble(error);
      if (trouble.code !== 'runner-died' || probe === PROBES) return { reason: 'runner-crashing', detail: detailOf(trouble) };
    }
  }
}

export async function probeAll(runners: Runners): Promise<Readonly<Record<Backend, Probed>>> {
  const probed = await Promise.all(BACKENDS.map(async (backend) => [backend, await probeRunner(runners[backend])] as const));
  return Object.fromEntries(probed) as Record<Backend, Probed>;
}

export function mergeProbes(probes: Readonly<Record<Backend, Probed>>): Offered {
  const reports = BACKENDS.flatMap((backend) => {
    const probed = probes[backend];
    return 'report' in probed ? [probed.report] : [];
  });
  const kernels = KERNELS.map(({ id, backend }): Availability => {
    const probed = probes[backend];
    if (!('report' in probed)) return { kernel: id, available: false, reason: probed.reason, detail: probed.detail };
    const found = probed.report.kernels.find(({ kernel }) => kernel === id);
    if (found === undefined) return { kernel: id, available: false, reason: 'addon-failed', detail: 'this build does not contain it' };
    const { available, reason, detail, isas } = found;
    return { kernel: id, available, ...(reason && { reason }), ...(detail !== undefined && { detail }), ...(isas && { isas: [...isas] }) };
  });
  const supported = new Set(kernels.flatMap(({ isas = [] }) => isas));
  return {
    kernels,
    adapters: reports.flatMap(({ adapters }) => adapters),
    isas: ISAS.filter((isa) => supported.has(isa)),
    compiler: reports.find(({ compiler }) => compiler !== undefined)?.compiler ?? 'unknown',
  };
}
