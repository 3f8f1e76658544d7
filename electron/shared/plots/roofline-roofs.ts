/** The roofs that a roofline draws of a machine's ceilings, in words and on the axes. */
import type { Isa } from '../../../kernels/kernel.ts';
import type { Precision } from '../../../kernels/model.ts';
import { type Ceilings, COMPUTE_OPERATIONS } from '../ceilings.ts';
import type { Language } from '../contract.ts';
import { computeRoof, heightAt, isSloped, memoryRoofs, type Roof, rateOfRoof, ridgeOf } from '../roofs.ts';
import { formatByteRate, formatFlopRate } from '../units.ts';
import type { RooflineRoof } from './plot.ts';
import { ROOFLINE_TEXTS } from './roofline-texts.ts';
import { PLOT_TEXTS } from './texts.ts';

/** The name of a roof in parts, the first of which tells it from the others. */
export function roofParts(roof: Roof, language: Language): string[] {
  const texts = ROOFLINE_TEXTS[language];
  const threads = (count: number) => PLOT_TEXTS[language].threads(count).replaceAll(' ', '\u00a0');
  switch (roof.of) {
    case 'memory': {
      const { level, threads: count, streaming } = roof.ceiling;
      return [texts.level[level], threads(count), ...(streaming ? [texts.streaming] : [])];
    }
    case 'compute': {
      const { operation, precision, isa, threads: count } = roof.ceiling;
      return [`${texts.operation[operation]} ${precision}`, texts.isa[isa], threads(count)];
    }
    default: {
      const { name, type } = roof.ceiling;
      const head = roof.of === 'gpu-memory' ? texts.copy : `${texts.operation.fma} f32`;
      return [head, type === 'software' ? texts.softwareGpu : name];
    }
  }
}

export const roofRate = (roof: Roof, language: Language): string =>
  isSloped(roof) ? formatByteRate(rateOfRoof(roof), language) : formatFlopRate(rateOfRoof(roof), language);

export interface DrawnRoof {
  readonly roof: Roof;
  readonly thin: boolean;
}

export interface RoofWish {
  readonly precisions: readonly Precision[];
  /** Undefined where nothing drawn has one: then the widest that was measured. */
  readonly isa?: Isa;
  /** Roofs of one thread, where a team has higher ones. */
  readonly single: boolean;
  /** Adapters by id and name; none for a plot without GPU kernels. */
  readonly adapters: readonly { readonly id: string; readonly name: string }[];
  readonly processor: boolean;
}

const threadsOf = (roof: Roof): number => ('threads' in roof.ceiling ? roof.ceiling.threads : 1);

/** The widest instruction set that was measured, where none is asked for. */
function measuredIsa({ compute }: Ceilings): Isa {
  const measured = new Set<string>(compute.map(({ isa }) => isa));
  return (['avx512', 'avx2', 'neon'] as const).find((isa) => measured.has(isa)) ?? 'baseline';
}

export function drawnRoofs(
  ceilings: Ceilings,
  { precisions, isa = measuredIsa(ceilings), single, adapters, processor }: RoofWish,
): DrawnRoof[] {
  const peaks = (threads?: number) =>
    precisions.flatMap((precision) =>
      COMPUTE_OPERATIONS.flatMap(
        (operation) => computeRoof(ceilings, { operation, precision, isa, ...(threads !== undefined && { threads }) }) ?? [],
      ),
    );
  const team = processor ? [...memoryRoofs(ceilings), ...peaks()] : [];
  const ofOne = processor && single ? [...memoryRoofs(ceilings, 1), ...peaks(1)] : [];
  const gpus = ceilings.gpu.filter((gpu) => adapters.some(({ id, name }) => gpu.adapter === id && gpu.name === name));
  // A processor standing in for a GPU has no place beside one.
  const real = gpus.some(({ type }) => type === 'gpu') ? gpus.filter(({ type }) => type === 'gpu') : gpus;
  return [
    ...team.map((roof) => ({ roof, thin: false })),
    ...ofOne
      .filter((roof) => threadsOf(roof) === 1 && team.some((other) => sameKind(other, roof) && threadsOf(other) > 1))
      .map((roof) => ({ roof, thin: true })),
    ...real.flatMap((ceiling) => (['gpu-memory', 'gpu-compute'] as const).map((of) => ({ roof: { of, ceiling }, thin: false }))),
  ];
}

function sameKind(a: Roof, b: Roof): boolean {
  if (a.of === 'memory' && b.of === 'memory') return a.ceiling.level === b.ceiling.level;
  return (
    a.of === 'compute' && b.of === 'compute' && a.ceiling.operation === b.ceiling.operation && a.ceiling.precision === b.ceiling.precision
  );
}

const isOfGpu = ({ of }: Roof): boolean => of === 'gpu-memory' || of === 'gpu-compute';
const deviceOf = (roof: Roof): RooflineRoof['device'] =>
  roof.of === 'gpu-memory' || roof.of === 'gpu-compute' ? (roof.ceiling.type === 'software' ? 'software' : 'gpu') : 'processor';
const onSameDevice = (a: Roof, b: Roof): boolean => (isOfGpu(a) ? isOfGpu(b) && a.ceiling === b.ceiling : !isOfGpu(b));

/**
 * Sloped roofs end where they meet the highest flat one of their device and team, flat ones begin where they meet the
 * fastest slope; without the other kind they cross the plot.
 */
export function placeRoofs(
  drawn: readonly DrawnRoof[],
  [low, high]: readonly [number, number],
  machine: number,
  name: string,
  language: Language,
): RooflineRoof[] {
  const best = (of: DrawnRoof, sloped: boolean): Roof | undefined => {
    const partners = drawn.filter(({ roof, thin }) => isSloped(roof) === sloped && onSameDevice(of.roof, roof) && thin === of.thin);
    return partners.map(({ roof }) => roof).toSorted((a, b) => rateOfRoof(b) - rateOfRoof(a))[0];
  };
  return drawn.map((of, at) => {
    const { roof, thin } = of;
    const sloped = isSloped(roof);
    const partner = best(of, !sloped);
    const ridge = partner === undefined ? undefined : sloped ? ridgeOf(roof, partner) : ridgeOf(partner, roof);
    const [from, to] = sloped ? [low, Math.max(low, ridge ?? high)] : [Math.min(high, ridge ?? low), high];
    const named = `${name === '' ? '' : `${name} · `}${roofParts(roof, language).join(', ')}`;
    const end = (x: number) => ({ x, y: heightAt(roof, x) });
    return {
      key: `${machine}-${at}`,
      kind: sloped ? 'memory' : 'compute',
      device: deviceOf(roof),
      ...{ machine, thin },
      rate: rateOfRoof(roof),
      name: named,
      rateText: roofRate(roof, language),
      label: ROOFLINE_TEXTS[language].roofLabel(named, roofRate(roof, language)),
      ends: [end(from), end(to)],
    };
  });
}
