/** Words for what may differ between two sessions, and for what came of comparing them. */

import type { ComparisonRow, NotComparableReason } from '../shared/compare.ts';
import type { SetupField } from '../shared/compare-setup.ts';
import type { Language } from '../shared/contract.ts';
import { slowedPhrase, verdictPhrase } from '../shared/verdict-words.ts';

type Words = Record<Language, string>;

export const FIELD_WORDS: Record<SetupField, Words> = {
  grid: { en: 'grid', fr: 'grille' },
  precision: { en: 'precision', fr: 'précision' },
  stencil: { en: 'stencil', fr: 'stencil' },
  boundary: { en: 'boundary', fr: 'bord' },
  seed: { en: 'seed', fr: 'graine' },
  diffusionU: { en: 'Du', fr: 'Du' },
  diffusionV: { en: 'Dv', fr: 'Dv' },
  feed: { en: 'F', fr: 'F' },
  kill: { en: 'k', fr: 'k' },
  dt: { en: 'dt', fr: 'dt' },
  threads: { en: 'threads', fr: 'threads' },
  isa: { en: 'instruction set', fr: 'jeu d’instructions' },
  adapter: { en: 'GPU adapter', fr: 'adaptateur GPU' },
  flushSubnormals: { en: 'subnormals flushed', fr: 'dénormalisés mis à zéro' },
  pin: { en: 'threads pinned', fr: 'threads fixés' },
  cpu: { en: 'processor', fr: 'processeur' },
  architecture: { en: 'architecture', fr: 'architecture' },
  logicalCores: { en: 'logical cores', fr: 'cœurs logiques' },
  memoryBytes: { en: 'memory (bytes)', fr: 'mémoire (octets)' },
  os: { en: 'system', fr: 'système' },
  kernel: { en: 'system kernel', fr: 'noyau du système' },
  virtualisation: { en: 'virtualisation', fr: 'virtualisation' },
  power: { en: 'power', fr: 'alimentation' },
  governor: { en: 'governor', fr: 'gouverneur' },
  compiler: { en: 'compiler', fr: 'compilateur' },
  node: { en: 'Node', fr: 'Node' },
  gpus: { en: 'GPUs', fr: 'GPU' },
  appVersion: { en: 'app version', fr: 'version de l’application' },
};

const NOT_COMPARABLE: Words = { en: 'not comparable', fr: 'pas comparable' };

/** "B is faster by 12 % (9 to 15)". */
export function comparisonText({ verdict, slowed }: Pick<ComparisonRow, 'verdict' | 'slowed'>, language: Language): string {
  if (verdict.kind === 'not-comparable') return NOT_COMPARABLE[language];
  return verdictPhrase('B', verdict, language) + slowedPhrase(slowed, { of: 'B', over: 'A' }, language);
}

export const REASON_WORDS: Record<NotComparableReason, Words> = {
  grid: { en: 'grid', fr: 'grille' },
  precision: { en: 'precision', fr: 'précision' },
  convention: { en: 'convention', fr: 'convention' },
  unfinished: { en: 'unfinished', fr: 'inachevé' },
  unverified: { en: 'not verified', fr: 'non vérifié' },
  'too-few-rounds': { en: 'too few rounds', fr: 'trop peu de tours' },
};
