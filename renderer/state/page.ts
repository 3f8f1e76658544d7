/** Which page the window shows, kept in the address' fragment so that Back and Forward work. */
import { EXERCISES, findExercise } from '../../kernels/syllabus.ts';
import { useLab } from './lab-store.ts';

export const PLAIN_PAGES = ['workbench', 'sessions', 'compare', 'machine'] as const;
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
  return page.name === 'exercise' ? page.exercise : 'workbench';
}

/** Follows the address from now on. */
export function followAddress(): void {
  const follow = () => useLab.setState({ page: pageOfAddress(location.hash) });
  addEventListener('hashchange', follow);
  follow();
}
