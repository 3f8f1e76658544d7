/** The cases that `check_kernels.cpp` is given, drawn from the catalogue: a line each, kernels that share an answer together. */
import type { AddonInfo } from '../../electron/runner/native/addon.ts';
import { TOLERANCES } from '../../electron/runner/verify.ts';
import { KERNELS } from '../../kernels/catalog.ts';
import { defaultParameters, type Isa, isasWith, type Kernel, type ParameterValue } from '../../kernels/kernel.ts';
import { BOUNDARY_IDS, type BoundaryId, type Grid, type Precision, STENCILS } from '../../kernels/model.ts';

/** Narrower and wider than vectors and teams, degenerate, and no multiple of anything. */
const GRIDS: readonly Grid[] = [
  { rows: 1, cols: 1 },
  { rows: 1, cols: 37 },
  { rows: 41, cols: 1 },
  { rows: 2, cols: 3 },
  { rows: 3, cols: 17 },
  { rows: 16, cols: 15 },
  { rows: 23, cols: 65 },
  { rows: 47, cols: 61 },
];
/** More members than processors, and than rows of the smallest grids. */
const TEAMS = [1, 2, 3];
/** What parameters that are numbers are set to, within their bounds: tiles and depths that do not divide the grids. */
const TUNINGS = [3, 7, 19];
const WEIGHTS = [STENCILS.eight, STENCILS['five-point'], STENCILS['oono-puri']];

/** Half the distance of halves from 1 on, for each of the steps that the program takes: what rounding them can add up to. */
const HALF_TOLERANCE = 25 * 2 ** -11;

const toleranceOf = ({ storage }: Kernel, precision: Precision): number => (storage === 'f16' ? HALF_TOLERANCE : TOLERANCES[precision]);

type Parameters = Readonly<Record<string, ParameterValue>>;

/** The defaults, each word that a parameter can be, and numbers that cut the small grids into several uneven parts. */
function tuningsOf({ parameters }: Kernel, defaults: Parameters): Parameters[] {
  const words = parameters.flatMap(({ name, choices = [] }) => choices.map((word) => ({ ...defaults, [name]: word })));
  const numbers = parameters.filter(({ choices }) => choices === undefined);
  const uneven = TUNINGS.map((value) => {
    const within = numbers.map(({ name, min = value, max = value }) => [name, Math.min(max, Math.max(min, value))]);
    return { ...defaults, ...Object.fromEntries(within) };
  });
  return [defaults, ...words, ...(numbers.length > 0 ? uneven : [])];
}

interface Setting {
  readonly kernel: Kernel;
  readonly precision: Precision;
  readonly isa: Isa;
  readonly parameters: Parameters;
  readonly threads: number;
}

function settingsOf(info: AddonInfo): Setting[] {
  return info.kernels.flatMap(({ id, isas }) => {
    const kernel = KERNELS.find((candidate) => candidate.id === id);
    if (kernel === undefined) throw new Error(`${id} is in the addon and not in the catalogue`);
    const threads = kernel.threaded ? TEAMS : [1];
    return tuningsOf(kernel, defaultParameters(kernel)).flatMap((parameters) =>
      isasWith(kernel, parameters, isas).flatMap((isa) =>
        kernel.precisions.flatMap((precision) => threads.map((size) => ({ kernel, precision, isa, parameters, threads: size }))),
      ),
    );
  });
}

function lineOf(
  { kernel, precision, isa, parameters, threads }: Setting,
  { rows, cols }: Grid,
  boundary: BoundaryId,
  weights: (typeof WEIGHTS)[number],
): string {
  const given = Object.entries(parameters).map(([name, value]) => `${name}=${typeof value === 'number' ? 'i' : 's'}${value}`);
  const { a, b } = weights;
  return [kernel.id, rows, cols, precision, isa, boundary, a, b, threads, toleranceOf(kernel, precision), ...given].join(' ');
}

/** Every setting on every grid with every boundary that its kernel has; the weights take turns. */
export function casesFor(info: AddonInfo): string[] {
  const settings = settingsOf(info);
  return BOUNDARY_IDS.flatMap((boundary, boundaryIndex) =>
    GRIDS.flatMap((grid, gridIndex) => {
      const weights = WEIGHTS[(boundaryIndex + gridIndex) % WEIGHTS.length]!;
      return settings
        .filter(({ kernel }) => kernel.boundaries.includes(boundary))
        .map((setting) => lineOf(setting, grid, boundary, weights));
    }),
  );
}
