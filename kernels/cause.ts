/** What makes a program fast or slow, one thing at a time: the causes that a cost ladder changes alone. */
import type { Text } from './model.ts';

/** In the order in which the school teaches them. */
export const CAUSE_IDS = [
  'pinning',
  'nesting',
  'layout',
  'loop-order',
  'vectorising',
  'tests',
  'fusing',
  'width',
  'blocks',
  'depth',
  'streaming',
  'threads',
  'language',
  'precision',
  'subnormals',
  'scripting',
  'intrinsics',
  'coalescing',
  'transfer',
  'batching',
] as const;
export type CauseId = (typeof CAUSE_IDS)[number];

export interface Cause {
  /** Of the good state: what is taken away. */
  readonly title: Text;
  /** As the head of a sentence: what is done instead. */
  readonly change: Text;
  /** The school's module, under the school's own name for it. */
  readonly module: Text;
  /** The lesson that is about it. */
  readonly exercise: string;
  /** Why it costs where it does: a sentence. */
  readonly physics: Text;
  /** Why it may cost nothing, or even pay: a sentence. */
  readonly otherwise: Text;
}

/** The rungs from the very naive program to the best one, each named by what it adds. */
export const RUNG_IDS = ['naive', 'layout', 'tests', 'vectorising', 'threads', 'depth'] as const;
export type RungId = (typeof RUNG_IDS)[number];

/** What a rung adds to the one before. */
export const RUNGS: Readonly<Record<RungId, Text>> = {
  naive: { en: 'Very naive', fr: 'Très naïf' },
  layout: { en: 'Structure of arrays', fr: 'Structure de tableaux' },
  tests: { en: 'Centre without tests', fr: 'Centre sans tests' },
  vectorising: { en: 'Vectorised', fr: 'Vectorisé' },
  threads: { en: 'Threads', fr: 'Threads' },
  depth: { en: 'Temporal blocking', fr: 'Blocage temporel' },
};
