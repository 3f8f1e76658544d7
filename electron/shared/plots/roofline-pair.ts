/** Two sessions under the roofs of their machines, named A and B. */
import type { Language } from '../contract.ts';
import type { Here } from '../here.ts';
import type { Session } from '../session.ts';
import { contextOf } from './frame.ts';
import type { RooflinePlot } from './plot.ts';
import { buildRoofline, type RooflineSide, rooflineSide } from './roofline.ts';
import { hasPlace, rooflineRuns } from './roofline-choice.ts';

export interface Compared {
  readonly session: Session;
  /** Of its file, for the caption. */
  readonly name: string;
}

/** The newest run that has a place on a roofline, with what its session can put beside it; undefined without any. */
function sideOf({ session }: Compared, name: string, language: Language, here: Here | undefined): RooflineSide | undefined {
  const last = session.runs.findLast(({ variants }) => variants.some((result) => hasPlace(result) && result.samples.length > 0));
  if (last === undefined) return undefined;
  const runs = rooflineRuns(session, last.id).flatMap((id) => session.runs.find((run) => run.id === id) ?? []);
  return rooflineSide(contextOf('roofline', session, runs, language), name, here);
}

/** Undefined where one of them has nothing for it. */
export function buildRooflinePair(a: Compared, b: Compared, language: Language, here?: Here): RooflinePlot | undefined {
  const [first, second] = [sideOf(a, 'A', language, here), sideOf(b, 'B', language, here)];
  if (first === undefined || second === undefined) return undefined;
  const plot = buildRoofline([first, second]);
  const whose = [
    [first, a],
    [second, b],
  ] as const;
  const colon = language === 'fr' ? '\u00a0: ' : ': ';
  const named = whose.map(
    ([side, { name }]) => `${side.name}${colon}${[name, side.machine?.cpu].filter((part) => part !== undefined).join(', ')}.`,
  );
  return { ...plot, caption: [...named, plot.caption].join(' ') };
}

/** What each of the two has on the plot, by which its samples are found. */
export function pairRows({ points }: RooflinePlot, side: 0 | 1): RooflinePlot['rows'] {
  return points
    .filter(({ machine }) => machine === side)
    .map(({ runId, variant, kernel, label, mark, trusted }) => ({
      ...{ runId, variant, kernel, label, sampleCount: 0, ranked: trusted },
      ...(mark === undefined ? {} : { mark }),
    }));
}
