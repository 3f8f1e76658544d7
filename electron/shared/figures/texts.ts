/**
 * Every word of a figure, in both languages: a text that is missing in one of them does not compile. Numbers arrive
 * formatted. In French a no-break space stands before the colon and inside the guillemets.
 */
import type { BoundaryId, SeedId, StencilId } from '../../../kernels/model.ts';
import type { Language } from '../contract.ts';
import type { FigureChart, MarkKind } from './figure.ts';

/** What differs between the runs of one figure. */
export type SetupField = 'grid' | 'steps' | 'stencil' | 'boundary' | 'seed' | 'precision' | 'constants' | 'subnormals' | 'machine';

export interface FigureTexts {
  readonly titles: Readonly<Record<FigureChart, string>>;
  readonly axis: Readonly<Record<FigureChart, (baseline: string) => string>>;
  readonly hint: string;
  readonly noBaseline: string;
  readonly columnRate: string;
  readonly columnRatio: (baseline: string) => string;
  readonly keyTitle: string;
  readonly keyDot: Readonly<Record<FigureChart, string>>;
  readonly keySlowed: string;
  readonly keyMedian: Readonly<Record<FigureChart, string>>;
  readonly keyInterval: Readonly<Record<FigureChart, string>>;
  readonly marks: Readonly<Record<MarkKind, string>>;
  readonly cells: (grid: string) => string;
  readonly steps: (steps: string, rounds: string) => string;
  readonly stencil: (id: StencilId, a: string, b: string) => string;
  readonly boundary: (id: BoundaryId) => string;
  readonly seed: (id: SeedId) => string;
  readonly subnormals: (flushed: boolean) => string;
  readonly threads: (threads: number) => string;
  readonly cores: (cores: string) => string;
  readonly memory: (bytes: string) => string;
  readonly unknownProcessor: string;
  readonly softwareGpu: string;
  readonly run: (id: number) => string;
  readonly fields: Readonly<Record<SetupField, string>>;
  readonly differs: (fields: readonly string[]) => string;
  readonly untrusted: (labels: readonly string[]) => string;
  readonly softwareNotice: (labels: readonly string[]) => string;
  /** With the sign: how much longer or shorter the passes took by the GPU's own clock. */
  readonly clock: (label: string, percent: string) => string;
  readonly clocksNotice: (clocks: readonly string[]) => string;
  /** Steps in one submission: the fewest and the most that were sent, and those asked for. */
  readonly submit: (label: string, least: string, most: string, asked: string) => string;
  readonly submitsNotice: (submits: readonly string[]) => string;
  readonly unrankedBaseline: (baseline: string) => string;
  readonly faster: (fast: string, slow: string, ratio: string, range: string) => string;
  readonly unclear: (fast: string, slow: string, ratio: string, range: string) => string;
  readonly alone: (label: string, rate: string) => string;
  readonly tooFewRounds: (fast: string, slow: string, ratio: string, range: string) => string;
  readonly nothingTrusted: string;
  readonly nothingMeasured: string;
  readonly captionDots: Readonly<Record<FigureChart, string>>;
  readonly captionDecimated: (drawn: string, measured: string) => string;
  readonly captionInterval: Readonly<Record<FigureChart, (rounds: string) => string>>;
  /** In an SVG that does not carry what it shows. */
  readonly captionLeftOut: string;
  readonly captionInterleaved: string;
  readonly captionVerified: string;
  readonly captionSource: (version: string, date: string) => string;
}

/** "a, b and c". */
export const list = (items: readonly string[], and: string): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${and} ${items.at(-1)}`;

export const FIGURE_TEXTS: Readonly<Record<Language, FigureTexts>> = {
  en: {
    titles: { timings: 'Cell updates per second', speedup: 'Speed-up' },
    axis: {
      timings: () => 'Cell updates per second, logarithmic scale',
      speedup: (baseline) => `Cell updates per second relative to ${baseline}, logarithmic scale`,
    },
    hint: 'higher is better',
    noBaseline: 'the baseline',
    columnRate: 'median',
    columnRatio: (baseline) => `× ${baseline}`,
    keyTitle: 'Legend',
    keyDot: { timings: 'one sample', speedup: 'one sample' },
    keySlowed: 'sample while the processor was slowed',
    keyMedian: { timings: 'median over rounds', speedup: 'ratio over rounds' },
    keyInterval: { timings: '95 % interval of the median', speedup: '95 % interval of the ratio' },
    marks: {
      wrong: 'WRONG RESULT',
      unverified: 'NOT VERIFIED',
      failed: 'FAILED',
      unmeasured: 'NOT MEASURED',
      cancelled: 'INCOMPLETE',
      running: 'RUNNING',
      waiting: 'WAITING',
    },
    cells: (grid) => `${grid} cells`,
    steps: (steps, rounds) => `${steps === '1' ? '1 step' : `${steps} steps`} × ${rounds === '1' ? '1 round' : `${rounds} rounds`}`,
    stencil: (id, a, b) => `stencil ${id} (${a}, ${b})`,
    boundary: (id) => `boundary ${id}`,
    seed: (id) => `seed ${id}`,
    subnormals: (flushed) => (flushed ? 'subnormals flushed' : 'subnormals kept'),
    threads: (threads) => (threads === 1 ? '1 thread' : `${threads} threads`),
    cores: (cores) => `${cores} logical cores`,
    memory: (bytes) => `${bytes} memory`,
    unknownProcessor: 'unknown processor',
    softwareGpu: 'software GPU',
    run: (id) => `run ${id}`,
    fields: {
      grid: 'grid',
      steps: 'steps',
      stencil: 'stencil',
      boundary: 'boundary',
      seed: 'seed',
      precision: 'precision',
      constants: 'constants',
      subnormals: 'subnormals',
      machine: 'machine',
    },
    differs: (fields) => `Not the same set-up: ${list(fields, 'and')} ${fields.length === 1 ? 'differs' : 'differ'} between rows.`,
    untrusted: (labels) => `Not ranked: ${list(labels, 'and')}.`,
    softwareNotice: (labels) => `${list(labels, 'and')}: software GPU, a processor standing in for one. Says nothing about GPUs.`,
    clock: (label, percent) => `${label} (${percent} %)`,
    clocksNotice: (clocks) =>
      `The GPU’s clock against elapsed time, by which rates go: ${clocks.join(', ')}. The difference is launching and waiting.`,
    submit: (label, least, most, asked) => `${label} (${least === most ? least : `${least} to ${most}`} instead of ${asked})`,
    submitsNotice: (submits) =>
      `Fewer steps per submission than asked for, so that none holds the GPU for too long: ${submits.join(', ')}.`,
    unrankedBaseline: (baseline) => `No ratios: ${baseline}, the baseline, has no verified result.`,
    faster: (fast, slow, ratio, range) => `${fast} updates ${ratio} × more cells per second than ${slow} ${range}.`,
    unclear: (fast, slow, ratio, range) => `${fast} updates ${ratio} × as many cells per second as ${slow} ${range}.`,
    alone: (label, rate) => `${label} updates ${rate}.`,
    tooFewRounds: (fast, slow, ratio, range) =>
      `Too few rounds to conclude: ${fast} updates ${ratio} × as many cells per second as ${slow} ${range}.`,
    nothingTrusted: 'No complete and verified result: nothing is concluded.',
    nothingMeasured: 'Nothing has been measured.',
    captionDots: {
      timings: 'Every sample (one batch of steps) is a dot, the first measured at the top of its row.',
      speedup: 'Every sample is a dot: its rate over the median rate of the baseline, the first measured at the top of its row.',
    },
    captionDecimated: (drawn, measured) => `${drawn} of ${measured} samples are drawn, at equal steps of rank, the extremes among them.`,
    captionInterval: {
      timings: (rounds) => `Tick and bar: median over ${rounds === '1' ? '1 round' : `${rounds} rounds`} and its 95 % bootstrap interval.`,
      speedup: (rounds) =>
        `Tick and bar: ratio over ${rounds === '1' ? '1 round' : `${rounds} rounds`}, taken round by round within a run, and its 95 % interval.`,
    },
    captionLeftOut: 'The samples are not inside this SVG, which they would make larger than 300 kB; they are inside its PNG and its PDF.',
    captionInterleaved: 'Rounds of the kernels were interleaved in random order.',
    captionVerified: 'Kernels are checked against a double-precision reference before they are timed.',
    captionSource: (version, date) => `Gray-Scott Lab ${version}, measured ${date}.`,
  },
  fr: {
    titles: { timings: 'Mises à jour de cellules par seconde', speedup: 'Accélération' },
    axis: {
      timings: () => 'Mises à jour de cellules par seconde, échelle logarithmique',
      speedup: (baseline) => `Débit rapporté à celui de ${baseline}, échelle logarithmique`,
    },
    hint: 'plus grand, c’est mieux',
    noBaseline: 'la référence',
    columnRate: 'médiane',
    columnRatio: (baseline) => `× ${baseline}`,
    keyTitle: 'Légende',
    keyDot: { timings: 'un échantillon', speedup: 'un échantillon' },
    keySlowed: 'échantillon pendant que le processeur était ralenti',
    keyMedian: { timings: 'médiane des répétitions', speedup: 'rapport sur les répétitions' },
    keyInterval: { timings: 'intervalle à 95 % de la médiane', speedup: 'intervalle à 95 % du rapport' },
    marks: {
      wrong: 'RÉSULTAT FAUX',
      unverified: 'NON VÉRIFIÉ',
      failed: 'ÉCHEC',
      unmeasured: 'NON MESURÉ',
      cancelled: 'INCOMPLET',
      running: 'EN COURS',
      waiting: 'EN ATTENTE',
    },
    cells: (grid) => `${grid} cellules`,
    steps: (steps, rounds) => `${steps} pas × ${rounds === '1' ? '1 répétition' : `${rounds} répétitions`}`,
    stencil: (id, a, b) => `stencil ${id} (${a} ; ${b})`,
    boundary: (id) => `bord ${id}`,
    seed: (id) => `graine ${id}`,
    subnormals: (flushed) => (flushed ? 'sous-normaux mis à zéro' : 'sous-normaux gardés'),
    threads: (threads) => (threads === 1 ? '1 thread' : `${threads} threads`),
    cores: (cores) => `${cores} cœurs logiques`,
    memory: (bytes) => `${bytes} de mémoire`,
    unknownProcessor: 'processeur inconnu',
    softwareGpu: 'GPU logiciel',
    run: (id) => `mesure ${id}`,
    fields: {
      grid: 'la grille',
      steps: 'le nombre de pas',
      stencil: 'le stencil',
      boundary: 'le bord',
      seed: 'la graine',
      precision: 'la précision',
      constants: 'les constantes',
      subnormals: 'le traitement des sous-normaux',
      machine: 'la machine',
    },
    differs: (fields) => `Conditions différentes d’une ligne à l’autre : ${list(fields, 'et')}.`,
    untrusted: (labels) => `Hors classement : ${list(labels, 'et')}.`,
    softwareNotice: (labels) => `${list(labels, 'et')} : GPU logiciel, un processeur qui en tient lieu. Ne dit rien des GPU.`,
    clock: (label, percent) => `${label} (${percent} %)`,
    clocksNotice: (clocks) =>
      `L’horloge du GPU par rapport au temps écoulé, dont viennent les débits : ${clocks.join(', ')}. L’écart, ce sont les lancements et l’attente.`,
    submit: (label, least, most, asked) => `${label} (${least === most ? least : `${least} à ${most}`} au lieu de ${asked})`,
    submitsNotice: (submits) =>
      `Moins de pas par soumission que demandé, pour qu’aucune n’occupe le GPU trop longtemps : ${submits.join(', ')}.`,
    unrankedBaseline: (baseline) => `Pas de rapports : ${baseline}, la référence, n’a pas de résultat vérifié.`,
    faster: (fast, slow, ratio, range) => `${fast} met à jour ${ratio} × plus de cellules par seconde que ${slow} ${range}.`,
    unclear: (fast, slow, ratio, range) => `${fast} met à jour ${ratio} × le nombre de cellules par seconde de ${slow} ${range}.`,
    alone: (label, rate) => `${label} met à jour ${rate}.`,
    tooFewRounds: (fast, slow, ratio, range) =>
      `Trop peu de répétitions pour conclure : ${fast} met à jour ${ratio} × le nombre de cellules par seconde de ${slow} ${range}.`,
    nothingTrusted: 'Aucun résultat complet et vérifié : rien n’est conclu.',
    nothingMeasured: 'Rien n’a été mesuré.',
    captionDots: {
      timings: 'Chaque échantillon (un lot de pas) est un point, le premier mesuré en haut de sa ligne.',
      speedup:
        'Chaque échantillon est un point : son débit rapporté au débit médian de la référence, le premier mesuré en haut de sa ligne.',
    },
    captionDecimated: (drawn, measured) =>
      `${drawn} échantillons sur ${measured} sont dessinés, à intervalles réguliers de rang, extrêmes compris.`,
    captionInterval: {
      timings: (rounds) =>
        `Trait et barre : médiane de ${rounds === '1' ? '1 répétition' : `${rounds} répétitions`} et son intervalle bootstrap à 95 %.`,
      speedup: (rounds) =>
        `Trait et barre : rapport sur ${rounds === '1' ? '1 répétition' : `${rounds} répétitions`}, pris répétition par répétition au sein d’une mesure, et son intervalle à 95 %.`,
    },
    captionLeftOut: 'Les échantillons ne sont pas dans ce SVG, qu’ils feraient dépasser 300 ko ; ils sont dans le PNG et dans le PDF.',
    captionInterleaved: 'Les répétitions des noyaux ont été entrelacées dans un ordre aléatoire.',
    captionVerified: 'Les noyaux sont comparés à une référence en double précision avant d’être chronométrés.',
    captionSource: (version, date) => `Gray-Scott Lab ${version}, mesuré le ${date}.`,
  },
};
