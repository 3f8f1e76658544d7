/** Which page the window shows, kept in the address' fragment so that Back and Forward work. */
import type { RunRecord } from '../../electron/shared/run.ts';
import { EXERCISES, findExercise } from '../../kernels/syllabus.ts';
import { useLab } from './lab-store.ts';

/** The page of cost ladders, and the key under which it keeps what is typed. */
export const COSTS = 'costs';
export const PLAIN_PAGES = ['workbench', 'table', COSTS, 'sessions', 'compare', 'machine'] as const;
export type PlainPage = (typeof PLAIN_PAGES)[number];
export type Page = { readonly name: 'exercise'; readonly exercise: string } | { readonly name: PlainPage };

export function pageAddress(page: Page): string {
  return page.name === 'exercise' ? `#/exercise/${page.exercise}` : `#/${page.name}`;
}

/** The page of a fragment; the first exercise for anything unknown. */
export function pageOfAddress(fragment: string): Page {
  const [, name = '', id = ''] = fragment.split('/');
  const plain = PLAIN_PAGES.find((page) => page === name);
  if (plain !== undefined) return { name: plain };
  const exercise = findExercise(id) ?? EXERCISES[0];
  return { name: 'exercise', exercise: exercise?.id ?? '' };
}

export function goTo(page: Page): void {
  if (location.hash === pageAddress(page)) return;
  location.hash = pageAddress(page);
}

/** The key under which a page keeps its draft and its chosen run. */
export function draftKey(page: Page): string {
  if (page.name === 'exercise') return page.exercise;
  return page.name === COSTS ? COSTS : 'workbench';
}

/** The page that a run belongs to. */
export function pageOfRun({ request: { ladder, exercise } }: Pick<RunRecord, 'request'>): Page {
  if (ladder !== undefined) return { name: COSTS };
  const known = findExercise(exercise ?? '');
  return known === undefined ? { name: 'workbench' } : { name: 'exercise', exercise: known.id };
}

/** Follows the address from now on. */
export function followAddress(): void {
  const follow = () => useLab.setState({ page: pageOfAddress(location.hash) });
  addEventListener('hashchange', follow);
  follow();
}
