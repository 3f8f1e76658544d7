/** What a sweep is going to do, told before it starts: its points, how long it will take, the steps of each. */
import type { Language } from '../shared/contract.ts';
import { cellsOf, type RunRequest } from '../shared/run.ts';
import { formatDuration, formatGrid, formatInteger } from '../shared/units.ts';

interface StepsAt {
  readonly steps: string;
  readonly grid: string;
}

const WORDS: Record<
  Language,
  {
    readonly points: (points: string, kernels: string, rounds: string, time: string) => string;
    readonly fixed: (steps: string) => string;
    readonly same: (steps: string) => string;
    readonly byThreads: (few: string, many: string) => string;
    readonly scaled: (few: StepsAt, many: StepsAt) => string;
  }
> = {
  en: {
    points: (points, kernels, rounds, time) => `${points} points of ${kernels}, ${rounds} rounds of each: about ${time}.`,
    fixed: (steps) => `Every point takes the ${steps} steps asked for, so that large grids take longer.`,
    same: (steps) => `Every round takes ${steps} steps, long enough to be timed here (--steps sets them).`,
    byThreads: (few, many) => `Rounds take from ${few} to ${many} steps, so that all last about as long (--steps sets one number for all).`,
    scaled: (few, many) =>
      `Rounds take steps by their work, from ${few.steps} on ${few.grid} to ${many.steps} on ${many.grid}, so that all last about as long (--steps sets one number for all).`,
  },
  fr: {
    points: (points, kernels, rounds, time) => `${points} points de ${kernels}, ${rounds} répétitions de chacun\u00a0: environ ${time}.`,
    fixed: (steps) => `Chaque point fait les ${steps} pas demandés\u00a0: les grandes grilles prennent plus de temps.`,
    same: (steps) => `Chaque répétition fait ${steps} pas, assez pour être chronométrée ici (--steps les fixe).`,
    byThreads: (few, many) =>
      `Les répétitions font de ${few} à ${many} pas, pour durer toutes à peu près autant (--steps fixe un seul nombre pour toutes).`,
    scaled: (few, many) =>
      `Les répétitions font des pas selon leur travail, de ${few.steps} sur ${few.grid} à ${many.steps} sur ${many.grid}, pour durer toutes à peu près autant (--steps fixe un seul nombre pour toutes).`,
  },
};

export function planSentences(request: RunRequest, seconds: number, fixed: boolean, language: Language): string[] {
  const words = WORDS[language];
  const kernels = [...new Set(request.variants.map(({ kernel }) => kernel))].join(', ');
  const integer = (value: number) => formatInteger(value, language);
  const sized = request.variants
    .map(({ grid = request.grid, steps = request.steps }) => ({ grid, steps }))
    .sort((a, b) => a.steps - b.steps || cellsOf(b.grid) - cellsOf(a.grid));
  const at = ({ grid, steps }: (typeof sized)[number]): StepsAt => ({ steps: integer(steps), grid: formatGrid(grid, language) });
  const [few, many] = [sized[0]!, sized.at(-1)!];
  const told = words.points(
    integer(request.variants.length),
    kernels,
    integer(request.rounds),
    formatDuration(Math.max(1, seconds), language),
  );
  if (fixed) return [told, words.fixed(integer(request.steps))];
  if (few.steps === many.steps) return [told, words.same(integer(few.steps))];
  const oneGrid = cellsOf(few.grid) === cellsOf(many.grid);
  return [told, oneGrid ? words.byThreads(integer(few.steps), integer(many.steps)) : words.scaled(at(few), at(many))];
}
