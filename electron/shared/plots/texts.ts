/**
 * Every word of a plot, in both languages, but for those that it shares with the charts that have rows. Numbers and
 * places on an axis arrive formatted. In French a no-break space stands before : ; % and inside « ».
 */
import type { Language } from '../contract.ts';
import { ENERGY_WORDS } from '../energy-words.ts';
import { list } from '../figures/texts.ts';
import type { Observe } from '../run.ts';
import type { ScalingLaw } from '../serial-share.ts';
import { CONDITIONS_TEXTS } from './conditions-texts.ts';
import { COST_LADDER_TEXTS } from './cost-ladder-texts.ts';
import type { PlotChart, SpanKind } from './plot.ts';
import type { Lane } from './timeline.ts';

type Places = readonly string[];

export interface PlotTexts {
  readonly titles: Readonly<Record<PlotChart, string>>;
  readonly axes: {
    readonly cells: string;
    readonly threads: string;
    readonly logarithmic: (title: string) => string;
    readonly speedup: string;
    readonly efficiency: string;
    readonly secondsPerStep: string;
    readonly samples: string;
    readonly seconds: string;
    readonly step: string;
    readonly timePerStep: string;
    readonly observed: Readonly<Record<Observe['what'], string>>;
    readonly lowerIsBetter: string;
  };
  readonly threads: (count: number) => string;
  readonly samples: (count: string) => string;
  readonly idealSpeedup: string;
  readonly idealEfficiency: string;
  readonly reference: (label: string, rate: string) => string;
  readonly legend: string;
  readonly keyUntrusted: string;
  readonly keyShade: (unit: string) => string;
  readonly keyBest: string;
  readonly keyNear: string;
  readonly keyBar: string;
  readonly keyLeast: string;
  readonly differs: (fields: Places) => string;
  /** Names what is not ranked, and says how its drawing tells. */
  readonly unranked: Readonly<Record<'hollow' | 'hatched' | 'alike', (labels: Places) => string>>;
  readonly withoutResult: (labels: Places) => string;
  readonly withoutOneThread: (labels: Places) => string;
  readonly offTheMap: (labels: Places) => string;
  readonly andOthers: (count: number) => string;
  readonly tooFewRounds: string;
  readonly onlyPoint: (label: string, at: string, value: string) => string;
  readonly peak: (label: string, at: string, value: string) => string;
  readonly level: (label: string, points: number, at: string, value: string) => string;
  readonly ties: (count: number) => string;
  readonly slowest: (at: string, ratio: string, range: string) => string;
  readonly ahead: (fast: string, slow: string) => string;
  readonly crossing: (first: string, until: string, second: string, from: string) => string;
  readonly undecided: (a: string, b: string) => string;
  readonly speedup: (label: string, at: string, ratio: string, range: string, efficiency: string) => string;
  readonly saturates: (at: string) => string;
  readonly noGain: string;
  readonly efficiency: (label: string, at: string, efficiency: string, range: string) => string;
  readonly mapBest: (label: string, at: string, rate: string) => string;
  readonly mapTies: (count: number) => string;
  readonly mapSlowest: (at: string, ratio: string, range: string) => string;
  readonly mapReference: (label: string, ratio: string, range: string) => string;
  readonly spread: (label: string, share: string, slowest: string) => string;
  readonly spreads: (narrow: string, narrowShare: string, wide: string, wideShare: string) => string;
  readonly lanes: Readonly<Record<Lane, string>>;
  readonly spans: Readonly<Record<SpanKind, string>>;
  readonly spanOfImage: (what: string, image: number, seconds: string) => string;
  readonly timeOfImage: (label: string, whole: string, parts: Places) => string;
  readonly captionTimeline: string;
  readonly aStep: string;
  readonly partOfStep: (what: string, seconds: string) => string;
  readonly timeOfStep: (label: string, whole: string, parts: Places) => string;
  readonly captionTransfers: string;
  readonly step: (step: string) => string;
  readonly stretch: (from: string, to: string) => string;
  readonly course: (label: string, fast: string, fastAt: string, slow: string, slowAt: string) => string;
  readonly captionCourse: string;
  readonly keyObserved: string;
  readonly difference: (label: string, from: string, fromStep: string, to: string, toStep: string) => string;
  readonly noDifference: (label: string) => string;
  readonly subnormals: (label: string, most: string, share: string, step: string, last: string) => string;
  readonly noSubnormals: (label: string) => string;
  readonly noNumber: (label: string, step: string) => string;
  readonly captionObserved: Readonly<Record<Observe['what'], string>>;
  readonly captionPoints: (rounds: string) => string;
  readonly captionRatios: (rounds: string) => string;
  readonly workingSet: string;
  readonly inCache: (level: string) => string;
  readonly beyondCache: (level: string) => string;
  readonly cache: (level: string, size: string) => string;
  readonly captionCaches: string;
  readonly columnEfficiency: string;
  readonly physicalCores: (count: number) => string;
  /** A fitted curve; the share is a percentage with its interval. */
  readonly fitted: Readonly<Record<ScalingLaw, (label: string, share: string) => string>>;
  readonly serialShare: Readonly<Record<ScalingLaw, (share: string, range: string, limit: string) => string>>;
  readonly noSerialShare: (most: string) => string;
  readonly overIdeal: string;
  readonly noFaster: string;
  readonly fitsAsWell: (causes: Places) => string;
  readonly misfit: (off: string, at: string) => string;
  readonly tooFewThreadCounts: string;
  readonly causes: {
    readonly memory: (bytes: string) => string;
    readonly caches: string;
    readonly meeting: string;
    readonly siblings: (cores: number) => string;
    readonly crowd: (processors: number) => string;
  };
  readonly captionScaling: string;
  readonly captionWeak: string;
  readonly captionMap: (rounds: string) => string;
  readonly captionBins: string;
  readonly captionMedian: (rounds: string) => string;
}

export const PLOT_TEXTS: Readonly<Record<Language, PlotTexts>> = {
  en: {
    titles: {
      'cost-ladder': COST_LADDER_TEXTS.en.title,
      climb: COST_LADDER_TEXTS.en.climbTitle,
      roofline: 'Roofline',
      sweep: 'Cell updates per second along a sweep',
      scaling: 'Strong scaling',
      'weak-scaling': 'Weak scaling',
      'heat-map': 'Map of two parameters',
      histogram: 'Spread of the times per step',
      timeline: 'What the time went on',
      transfers: 'What a step pays for transfers',
      course: 'Time per step along the run',
      observations: 'Observed along the run',
      energy: ENERGY_WORDS.en.title,
      conditions: CONDITIONS_TEXTS.en.title,
    },
    axes: {
      cells: 'Grid',
      threads: 'Threads',
      logarithmic: (title) => `${title}, logarithmic scale`,
      speedup: 'Speed-up: rate over the rate with 1 thread',
      efficiency: 'Efficiency: rate per thread over the rate of 1 thread',
      secondsPerStep: 'Time per step of a sample, logarithmic scale',
      samples: 'samples',
      seconds: 'Time since the round began',
      step: 'Step',
      timePerStep: 'Time per step',
      observed: { difference: 'Largest difference of v from f64', subnormals: 'Subnormal values in u and v' },
      lowerIsBetter: 'lower is better',
    },
    threads: (count) => (count === 1 ? '1 thread' : `${count} threads`),
    samples: (count) => `${count} samples`,
    idealSpeedup: 'ideal: as many times the rate as threads',
    idealEfficiency: 'ideal: no loss per thread',
    reference: (label, rate) => `${label}, without this parameter: ${rate}`,
    legend: 'Legend',
    keyUntrusted: 'wrong, not verified or incomplete',
    keyShade: (unit) => `${unit}: bright is fast`,
    keyBest: 'highest median',
    keyNear: 'not clearly slower than it',
    keyBar: 'samples in a bin',
    keyLeast: 'fastest sample',
    differs: (fields) => `Not the same set-up: ${list(fields, 'and')} ${fields.length === 1 ? 'differs' : 'differ'} between lines.`,
    unranked: {
      hollow: (labels) => `Drawn hollow, not ranked: ${list(labels, 'and')}.`,
      hatched: (labels) => `Hatched, not ranked: ${list(labels, 'and')}.`,
      alike: (labels) => `Not ranked: ${list(labels, 'and')}.`,
    },
    withoutResult: (labels) => `Without a result: ${list(labels, 'and')}.`,
    withoutOneThread: (labels) => `Not drawn, for want of a verified result with 1 thread: ${list(labels, 'and')}.`,
    offTheMap: (labels) => `Not on the map: ${list(labels, 'and')}.`,
    andOthers: (count) => `${count} more`,
    tooFewRounds: 'Too few rounds to conclude.',
    onlyPoint: (label, at, value) => `${label} at ${at}: ${value}.`,
    peak: (label, at, value) => `${label} is fastest at ${at}: ${value}.`,
    level: (label, points, at, value) =>
      `${label} is level: its ${points} points cannot be told apart, the highest median being at ${at}, ${value}.`,
    ties: (count) => (count === 1 ? 'One other point cannot be told from it.' : `${count} other points cannot be told from it.`),
    slowest: (at, ratio, range) => `That is ${ratio} × its rate at ${at}, the lowest ${range}.`,
    ahead: (fast, slow) => `${fast} is ahead of ${slow} wherever both were measured.`,
    crossing: (first, until, second, from) => `${first} is ahead up to ${until}, ${second} from ${from} on.`,
    undecided: (a, b) => `Nowhere can ${a} and ${b} be told apart.`,
    speedup: (label, at, ratio, range, efficiency) =>
      `With ${at}, ${label} reaches ${ratio} × its rate with one ${range}, an efficiency of ${efficiency}.`,
    saturates: (at) => `Beyond ${at} nothing is clearly gained.`,
    noGain: 'That is no clear gain over one.',
    efficiency: (label, at, efficiency, range) =>
      `With ${at} and as many times the cells, ${label} keeps ${efficiency} of the rate per thread ${range}.`,
    mapBest: (label, at, rate) => `${label} is fastest with ${at}: ${rate}.`,
    mapTies: (count) =>
      count === 0
        ? 'Every other combination is clearly slower.'
        : count === 1
          ? 'One other combination cannot be told from it.'
          : `${count} other combinations cannot be told from it: the optimum is flat.`,
    mapSlowest: (at, ratio, range) => `The slowest, ${at}, takes ${ratio} × as long ${range}.`,
    mapReference: (label, ratio, range) => `Over ${label}, this is ${ratio} × the rate ${range}.`,
    spread: (label, share, slowest) =>
      `${label}: the middle half of the samples spans ${share} of their median, and the slowest took ${slowest} × the fastest.`,
    spreads: (narrow, narrowShare, wide, wideShare) =>
      `Width of the middle half of the samples, over their median: from ${narrowShare} (${narrow}) to ${wideShare} (${wide}).`,
    lanes: { compute: 'compute', transfer: 'transfer', disk: 'disk' },
    spans: { compile: 'compiling', steps: 'steps', read: 'reading out', write: 'writing', upload: 'upload', download: 'download' },
    spanOfImage: (what, image, seconds) => `${what}, image ${image}: ${seconds}`,
    timeOfImage: (label, whole, parts) => `${label}: ${whole} an image (${parts.join(', ')}).`,
    captionTimeline: 'Of each variant the round of median length is drawn.',
    aStep: 'a step',
    partOfStep: (what, seconds) => `${what}: ${seconds}`,
    timeOfStep: (label, whole, parts) => `${label}: ${whole} a step (${parts.join(', ')}).`,
    captionTransfers:
      'Parts are medians, laid end to end: where they go on at once, a bar is longer than the step takes. What crosses once is shared out over all steps.',
    step: (step) => `step ${step}`,
    stretch: (from, to) => `steps ${from} to ${to}`,
    course: (label, fast, fastAt, slow, slowAt) => `${label}: a step takes between ${fast} (${fastAt}) and ${slow} (${slowAt}).`,
    captionCourse: 'A point stands for all steps between two observations, which are not timed themselves.',
    keyObserved: 'read between two batches',
    difference: (label, from, fromStep, to, toStep) =>
      `${label}: the largest difference of v from f64 goes from ${from} at step ${fromStep} to ${to} at step ${toStep}.`,
    noDifference: (label) => `${label}: no difference of v from f64.`,
    subnormals: (label, most, share, step, last) =>
      `${label}: at most ${most} subnormal values, ${share} of all, at step ${step}; ${last} at the end.`,
    noSubnormals: (label) => `${label}: no subnormal value at any observed step.`,
    noNumber: (label, step) => `${label}: no numbers from step ${step} on.`,
    captionObserved: {
      difference:
        'Compared cell by cell with simd in f64 from the same start, in the first round; steps without any difference are not drawn.',
      subnormals: 'Only stored values are counted; a product such as u v² may be subnormal where u and v are not.',
    },
    workingSet: 'Working set',
    inCache: (level) => `in ${level}`,
    beyondCache: (level) => `beyond ${level}`,
    cache: (level, size) => `${level}: ${size}`,
    captionCaches:
      'Dashed verticals: the grid whose u and v, in two buffers each, fill a cache; L1 and L2 count once for each core that the threads have.',
    columnEfficiency: 'Efficiency',
    physicalCores: (count) => (count === 1 ? '1 core' : `${count} cores`),
    fitted: {
      amdahl: (label, share) => `Amdahl’s law, serial share ${share}: ${label}`,
      gustafson: (label, share) => `Gustafson’s law, serial share ${share}: ${label}`,
    },
    serialShare: {
      amdahl: (share, range, limit) =>
        `A serial share of ${share} ${range} would explain it by Amdahl’s law, which then ends at ${limit} × the rate of one thread.`,
      gustafson: (share, range) => `A serial share of ${share} ${range} would explain the loss by Gustafson’s law.`,
    },
    noSerialShare: (most) => `No serial share can be made out: at most ${most}.`,
    noFaster: 'A program that is serial throughout would do as well: no share explains it.',
    overIdeal: 'The gain is more than ideal: several cores also bring several caches.',
    fitsAsWell: (causes) => `What looks like a serial share may as well be ${list(causes, 'or')}: no fit tells them apart.`,
    misfit: (off, at) => `The law is off by ${off} with ${at}: something else limits there.`,
    tooFewThreadCounts: 'No serial share is fitted to fewer than three numbers of threads.',
    causes: {
      memory: (bytes) => `the one memory that all threads share (u and v take ${bytes}, more than the caches hold)`,
      caches: 'caches and a clock that the cores share',
      meeting: 'the meeting of the team after each step',
      siblings: (cores) => `two threads to a core beyond ${cores} threads`,
      crowd: (processors) => `more threads than the ${processors} processors of this machine`,
    },
    captionPoints: (rounds) =>
      `Point and bar: median over ${rounds === '1' ? '1 round' : `${rounds} rounds`} and its 95 % bootstrap interval.`,
    captionRatios: (rounds) =>
      `Point and bar: ratio to one thread over ${rounds === '1' ? '1 round' : `${rounds} rounds`}, taken round by round within a run, and its 95 % interval.`,
    captionScaling: 'The dashed line is the ideal: P threads, P times the rate of one.',
    captionWeak: 'Every thread has as many cells as the one thread at the left; the dashed line is the ideal, no loss.',
    captionMap: (rounds) => `Each number is the median over ${rounds === '1' ? '1 round' : `${rounds} rounds`}.`,
    captionBins: 'A sample is one batch of steps. All variants share one axis and bins that are equally wide on it.',
    captionMedian: (rounds) =>
      `Tick and bar below: median over ${rounds === '1' ? '1 round' : `${rounds} rounds`} and its 95 % bootstrap interval.`,
  },
  fr: {
    titles: {
      'cost-ladder': COST_LADDER_TEXTS.fr.title,
      climb: COST_LADDER_TEXTS.fr.climbTitle,
      roofline: 'Roofline',
      sweep: 'Mises à jour de cellules par seconde le long d’un balayage',
      scaling: 'Passage à l’échelle fort',
      'weak-scaling': 'Passage à l’échelle faible',
      'heat-map': 'Carte de deux paramètres',
      histogram: 'Dispersion des temps par pas',
      timeline: 'À quoi est passé le temps',
      transfers: 'Ce qu’un pas paie en transferts',
      course: 'Temps par pas au fil du calcul',
      observations: 'Observé au fil du calcul',
      energy: ENERGY_WORDS.fr.title,
      conditions: CONDITIONS_TEXTS.fr.title,
    },
    axes: {
      cells: 'Grille',
      threads: 'Threads',
      logarithmic: (title) => `${title}, échelle logarithmique`,
      speedup: 'Accélération : débit rapporté à celui d’un seul thread',
      efficiency: 'Efficacité : débit par thread rapporté à celui d’un seul thread',
      secondsPerStep: 'Temps par pas d’un échantillon, échelle logarithmique',
      samples: 'échantillons',
      seconds: 'Temps depuis le début de la répétition',
      step: 'Pas',
      timePerStep: 'Temps par pas',
      observed: { difference: 'Plus grand écart de v avec f64', subnormals: 'Valeurs sous-normales dans u et v' },
      lowerIsBetter: 'plus petit, c’est mieux',
    },
    threads: (count) => (count === 1 ? '1 thread' : `${count} threads`),
    samples: (count) => `${count} échantillons`,
    idealSpeedup: 'idéal : autant de fois le débit que de threads',
    idealEfficiency: 'idéal : aucune perte par thread',
    reference: (label, rate) => `${label}, sans ce paramètre : ${rate}`,
    legend: 'Légende',
    keyUntrusted: 'faux, non vérifié ou incomplet',
    keyShade: (unit) => `${unit} : clair, c’est rapide`,
    keyBest: 'médiane la plus élevée',
    keyNear: 'pas nettement plus lent',
    keyBar: 'échantillons dans une classe',
    keyLeast: 'échantillon le plus rapide',
    differs: (fields) => `Conditions différentes d’une ligne à l’autre : ${list(fields, 'et')}.`,
    unranked: {
      hollow: (labels) => `En creux, hors classement : ${list(labels, 'et')}.`,
      hatched: (labels) => `En hachures, hors classement : ${list(labels, 'et')}.`,
      alike: (labels) => `Hors classement : ${list(labels, 'et')}.`,
    },
    withoutResult: (labels) => `Sans résultat : ${list(labels, 'et')}.`,
    withoutOneThread: (labels) => `Non dessinés, faute de résultat vérifié à 1 thread : ${list(labels, 'et')}.`,
    offTheMap: (labels) => `Hors de la carte : ${list(labels, 'et')}.`,
    andOthers: (count) => (count === 1 ? '1 autre' : `${count} autres`),
    tooFewRounds: 'Trop peu de répétitions pour conclure.',
    onlyPoint: (label, at, value) => `${label}, ${at} : ${value}.`,
    peak: (label, at, value) => `${label} est le plus rapide à ${at} : ${value}.`,
    level: (label, points, at, value) =>
      `${label} reste plat : ses ${points} points ne se départagent pas, la médiane la plus élevée étant à ${at}, ${value}.`,
    ties: (count) => (count === 1 ? 'Un autre point ne s’en distingue pas.' : `${count} autres points ne s’en distinguent pas.`),
    slowest: (at, ratio, range) => `C’est ${ratio} × son débit à ${at}, le plus bas ${range}.`,
    ahead: (fast, slow) => `${fast} devance ${slow} partout où les deux ont été mesurés.`,
    crossing: (first, until, second, from) => `${first} devance jusqu’à ${until}, ${second} à partir de ${from}.`,
    undecided: (a, b) => `Nulle part ${a} et ${b} ne se départagent.`,
    speedup: (label, at, ratio, range, efficiency) =>
      `Avec ${at}, ${label} atteint ${ratio} × son débit à un seul ${range}, soit une efficacité de ${efficiency}.`,
    saturates: (at) => `Au-delà de ${at}, le gain n’est plus net.`,
    noGain: 'Ce n’est pas un gain net sur un seul.',
    efficiency: (label, at, efficiency, range) =>
      `Avec ${at} et autant de fois plus de cellules, ${label} garde ${efficiency} du débit par thread ${range}.`,
    mapBest: (label, at, rate) => `${label} est le plus rapide avec ${at} : ${rate}.`,
    mapTies: (count) =>
      count === 0
        ? 'Toutes les autres combinaisons sont nettement plus lentes.'
        : count === 1
          ? 'Une autre combinaison ne s’en distingue pas.'
          : `${count} autres combinaisons ne s’en distinguent pas : l’optimum est plat.`,
    mapSlowest: (at, ratio, range) => `La plus lente, ${at}, prend ${ratio} × ce temps ${range}.`,
    mapReference: (label, ratio, range) => `Par rapport à ${label}, c’est ${ratio} × le débit ${range}.`,
    spread: (label, share, slowest) =>
      `${label} : la moitié centrale des échantillons s’étend sur ${share} de leur médiane, et le plus lent a pris ${slowest} × le temps du plus rapide.`,
    spreads: (narrow, narrowShare, wide, wideShare) =>
      `Largeur de la moitié centrale des échantillons, rapportée à leur médiane : de ${narrowShare} (${narrow}) à ${wideShare} (${wide}).`,
    lanes: { compute: 'calcul', transfer: 'transfert', disk: 'disque' },
    spans: { compile: 'compilation', steps: 'pas', read: 'lecture de l’état', write: 'écriture', upload: 'envoi', download: 'relecture' },
    spanOfImage: (what, image, seconds) => `${what}, image ${image} : ${seconds}`,
    timeOfImage: (label, whole, parts) => `${label} : ${whole} par image (${parts.join(', ')}).`,
    captionTimeline: 'De chaque variante, c’est la répétition de durée médiane qui est dessinée.',
    aStep: 'un pas',
    partOfStep: (what, seconds) => `${what} : ${seconds}`,
    timeOfStep: (label, whole, parts) => `${label} : ${whole} par pas (${parts.join(', ')}).`,
    captionTransfers:
      'Les parts sont des médianes, mises bout à bout : là où elles se recouvrent, la barre est plus longue que le pas. Ce qui traverse une fois est réparti sur tous les pas.',
    step: (step) => `pas ${step}`,
    stretch: (from, to) => `pas ${from} à ${to}`,
    course: (label, fast, fastAt, slow, slowAt) => `${label} : un pas prend entre ${fast} (${fastAt}) et ${slow} (${slowAt}).`,
    captionCourse: 'Un point vaut pour tous les pas entre deux observations, qui ne sont pas elles-mêmes chronométrées.',
    keyObserved: 'lu entre deux lots',
    difference: (label, from, fromStep, to, toStep) =>
      `${label} : le plus grand écart de v avec f64 va de ${from} au pas ${fromStep} à ${to} au pas ${toStep}.`,
    noDifference: (label) => `${label} : aucun écart de v avec f64.`,
    subnormals: (label, most, share, step, last) =>
      `${label} : au plus ${most} valeurs sous-normales, ${share} de toutes, au pas ${step} ; ${last} à la fin.`,
    noSubnormals: (label) => `${label} : aucune valeur sous-normale aux pas observés.`,
    noNumber: (label, step) => `${label} : plus de nombres à partir du pas ${step}.`,
    captionObserved: {
      difference:
        'Comparé cellule par cellule à simd en f64 parti du même état, à la première répétition ; les pas sans aucun écart ne sont pas dessinés.',
      subnormals: 'Seules les valeurs rangées sont comptées ; un produit comme u v² peut être sous-normal là où u et v ne le sont pas.',
    },
    workingSet: 'Mémoire de travail',
    inCache: (level) => `tient dans ${level}`,
    beyondCache: (level) => `dépasse ${level}`,
    cache: (level, size) => `${level} : ${size}`,
    captionCaches:
      'Verticales tiretées : la grille dont u et v, dans deux tampons chacun, remplissent un cache ; L1 et L2 comptent une fois par cœur qu’ont les threads.',
    columnEfficiency: 'Efficacité',
    physicalCores: (count) => (count === 1 ? '1 cœur' : `${count} cœurs`),
    fitted: {
      amdahl: (label, share) => `loi d’Amdahl, part séquentielle ${share} : ${label}`,
      gustafson: (label, share) => `loi de Gustafson, part séquentielle ${share} : ${label}`,
    },
    serialShare: {
      amdahl: (share, range, limit) =>
        `Une part séquentielle de ${share} ${range} l’expliquerait par la loi d’Amdahl, qui s’arrête alors à ${limit} × le débit d’un seul thread.`,
      gustafson: (share, range) => `Une part séquentielle de ${share} ${range} expliquerait la perte par la loi de Gustafson.`,
    },
    noSerialShare: (most) => `Aucune part séquentielle ne se dégage : au plus ${most}.`,
    noFaster: 'Un programme séquentiel de bout en bout ferait aussi bien : aucune part ne l’explique.',
    overIdeal: 'Le gain est plus qu’idéal : plusieurs cœurs apportent aussi plusieurs caches.',
    fitsAsWell: (causes) =>
      `Ce qui ressemble à une part séquentielle peut tout aussi bien être autre chose : ${list(causes, 'ou')}. Aucun ajustement ne les distingue.`,
    misfit: (off, at) => `La loi s’écarte de ${off} avec ${at} : autre chose limite là.`,
    tooFewThreadCounts: 'Aucune part séquentielle n’est ajustée à moins de trois nombres de threads.',
    causes: {
      memory: (bytes) => `la mémoire unique que tous les threads se partagent (u et v prennent ${bytes}, plus que les caches)`,
      caches: 'les caches et l’horloge que les cœurs se partagent',
      meeting: 'le rendez-vous de l’équipe après chaque pas',
      siblings: (cores) => `deux threads par cœur au-delà de ${cores} threads`,
      crowd: (processors) => `davantage de threads que les ${processors} processeurs de cette machine`,
    },
    captionPoints: (rounds) =>
      `Point et barre : médiane de ${rounds === '1' ? '1 répétition' : `${rounds} répétitions`} et son intervalle bootstrap à 95 %.`,
    captionRatios: (rounds) =>
      `Point et barre : rapport à un seul thread sur ${rounds === '1' ? '1 répétition' : `${rounds} répétitions`}, pris répétition par répétition au sein d’une mesure, et son intervalle à 95 %.`,
    captionScaling: 'La ligne tiretée est l’idéal : P threads, P fois le débit d’un seul.',
    captionWeak: 'Chaque thread a autant de cellules que le thread seul, à gauche ; la ligne tiretée est l’idéal, sans perte.',
    captionMap: (rounds) => `Chaque nombre est la médiane de ${rounds === '1' ? '1 répétition' : `${rounds} répétitions`}.`,
    captionBins: 'Un échantillon est un lot de pas. Toutes les variantes ont le même axe et des classes d’égale largeur sur lui.',
    captionMedian: (rounds) =>
      `Trait et barre, dessous : médiane de ${rounds === '1' ? '1 répétition' : `${rounds} répétitions`} et son intervalle bootstrap à 95 %.`,
  },
};
