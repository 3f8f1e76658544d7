/** What is said of an experiment's quality, in both languages: each item's measured value, why it matters, and what helps. */
import type { Language } from './contract.ts';
import type { ItemGrade, Judged, Quality, QualityFacts, QualityGrade, QualityItem } from './quality.ts';
import { formatInteger, formatNumber, formatSeconds } from './units.ts';

export interface QualityWords {
  readonly title: string;
  readonly grades: Readonly<Record<QualityGrade, string>>;
  readonly itemGrades: Readonly<Record<ItemGrade, string>>;
  readonly items: Readonly<Record<QualityItem, string>>;
  /** "Quality of the experiment: B, good with doubts." */
  readonly summary: (grade: QualityGrade, meaning: string) => string;
  /** "Bad: other programs (78 %)." */
  readonly listed: (grade: string, items: readonly string[]) => string;
  readonly labelled: (name: string, text: string) => string;
  readonly unknown: (count: number) => string;
  /** "Before the run, bad: other programs (78 %).", of what `listed` or `nothing` says. */
  readonly before: (text: string) => string;
  readonly nothing: string;
  readonly headings: {
    readonly item: string;
    readonly grade: string;
    readonly value: string;
    readonly reason: string;
    readonly remedy: string;
  };
}

/** Below it a share is nothing. */
const LEAST_SHARE = 5e-5;

const percent = (share: number, language: Language): string =>
  `${formatNumber(Math.abs(share) < LEAST_SHARE ? 0 : 100 * share, language, 2)}\u00a0%`;
const signed = (share: number, language: Language): string => (share >= LEAST_SHARE ? '+' : '') + percent(share, language);

type Values = { readonly [I in QualityItem]: (facts: QualityFacts[I]) => string | undefined };
type Say = Readonly<Record<QualityItem, { readonly reason: string; readonly remedy: string }>>;

const VALUES: Readonly<Record<Language, Values>> = {
  en: {
    power: ({ power }) => power && { mains: 'mains', battery: 'battery', changed: 'changed during the run' }[power],
    mode: ({ modes }) => (modes.length === 0 ? undefined : modes.join(', ')),
    load: ({ share }) => (share === undefined ? undefined : `${percent(share, 'en')} of the processors`),
    clock: ({ change, measured }) =>
      change === undefined ? undefined : `${signed(change, 'en')} over the run${measured ? ', measured by a loop, not read' : ''}`,
    throttling: ({ slowed, turns }) => (turns === 0 ? undefined : `${slowed} of ${turns} turns slowed`),
    drift: ({ change }) =>
      change && `${signed(change.median, 'en')} (${signed(change.low, 'en')} to ${signed(change.high, 'en')}) from first round to last`,
    samples: ({ seconds }) => (seconds === undefined ? undefined : `${formatSeconds(seconds, 'en')} a sample`),
    rounds: ({ fewest }) => (fewest === 1 ? '1 round' : `${fewest} rounds`),
    pinning: ({ pinned }) => (pinned ? 'pinned' : 'not pinned'),
    kinds: ({ fast, slow, mixed }) =>
      slow === undefined
        ? undefined
        : slow === 0
          ? 'all alike'
          : `${fast} fast, ${slow} slow${mixed ? ', a thread may run on either' : ''}`,
    swap: ({ pages }) => (pages === undefined ? undefined : pages === 0 ? 'none' : `${formatInteger(pages, 'en')} pages`),
    gpu: ({ software }) => (software.length === 0 ? 'a real one' : `software: ${software.join(', ')}`),
    virtual: ({ under, steal }) =>
      under === undefined ? 'none' : steal === undefined ? under : `${under}, ${percent(steal, 'en')} of the time taken away`,
  },
  fr: {
    power: ({ power }) => power && { mains: 'secteur', battery: 'batterie', changed: 'a changé pendant la mesure' }[power],
    mode: ({ modes }) => (modes.length === 0 ? undefined : modes.join(', ')),
    load: ({ share }) => (share === undefined ? undefined : `${percent(share, 'fr')} des processeurs`),
    clock: ({ change, measured }) =>
      change === undefined ? undefined : `${signed(change, 'fr')} sur la mesure${measured ? ', mesurée par une boucle, non lue' : ''}`,
    throttling: ({ slowed, turns }) =>
      turns === 0 ? undefined : `${slowed} ${slowed < 2 ? 'tour ralenti' : 'tours ralentis'} sur ${turns}`,
    drift: ({ change }) =>
      change &&
      `${signed(change.median, 'fr')} (${signed(change.low, 'fr')} à ${signed(change.high, 'fr')}) de la première répétition à la dernière`,
    samples: ({ seconds }) => (seconds === undefined ? undefined : `${formatSeconds(seconds, 'fr')} par échantillon`),
    rounds: ({ fewest }) => (fewest === 1 ? '1 répétition' : `${fewest} répétitions`),
    pinning: ({ pinned }) => (pinned ? 'épinglés' : 'non épinglés'),
    kinds: ({ fast, slow, mixed }) =>
      slow === undefined
        ? undefined
        : slow === 0
          ? 'tous semblables'
          : `${fast} rapides, ${slow} lents${mixed ? ', un thread peut tourner sur les uns ou les autres' : ''}`,
    swap: ({ pages }) => (pages === undefined ? undefined : pages === 0 ? 'aucun' : `${formatInteger(pages, 'fr')} pages`),
    gpu: ({ software }) => (software.length === 0 ? 'véritable' : `logiciel : ${software.join(', ')}`),
    virtual: ({ under, steal }) =>
      under === undefined ? 'aucune' : steal === undefined ? under : `${under}, ${percent(steal, 'fr')} du temps retiré`,
  },
};

const SAY: Readonly<Record<Language, Say>> = {
  en: {
    power: {
      reason: 'On battery the processor is held to less power, and to less and less as the battery empties.',
      remedy: 'Plug the computer in.',
    },
    mode: {
      reason: 'A mode that saves energy lets the clock rise late or not at all.',
      remedy: 'Choose the performance mode in the system’s settings, or set the governor to performance.',
    },
    load: {
      reason:
        'Other programs take cores, caches and memory bandwidth, and not the same from one round to the next. The drawing of the window counts among them.',
      remedy: 'Close other programs, and turn the display of the field off.',
    },
    clock: {
      reason: 'When the clock changes over the run, early and late rounds measure two machines.',
      remedy: 'Let the machine reach a steady temperature first, and measure more rounds.',
    },
    throttling: {
      reason:
        'A processor that is too hot slows itself down. Such turns, each one round of one variant, are marked in the chart of the machine and stay in the statistics.',
      remedy: 'Give it air, wait until it has cooled, or run shorter rounds.',
    },
    drift: {
      reason:
        'A trend of the times over the rounds says that something changes that is not the kernel. Interleaved rounds share it, absolute rates do not.',
      remedy: 'Trust ratios within the run rather than rates, and run again when the machine is steady.',
    },
    samples: {
      reason: 'A short sample is little longer than the timer’s steps and the interruptions of the system.',
      remedy: 'Ask for more steps or a larger grid, so that a sample lasts 20\u00a0ms.',
    },
    rounds: {
      reason: 'Intervals from few rounds are wide or too sure of themselves.',
      remedy: 'Measure at least 6 rounds.',
    },
    pinning: {
      reason: 'Threads that other programs push from core to core lose their caches.',
      remedy: 'Pin the threads to cores in the settings of the run.',
    },
    kinds: {
      reason:
        'Fast and slow cores of one processor take different times for the same work: where a thread lands, and when it is moved, decides what is measured. A team waits for its slowest.',
      remedy: 'Pin the threads, and use no more of them than there are processors of the first kind.',
    },
    swap: {
      reason: 'Memory was moved to or from the disk, thousands of times slower than memory.',
      remedy: 'Close programs that hold memory, or choose a smaller grid.',
    },
    gpu: {
      reason: 'A software adapter is a program on the processor: its times say nothing of a GPU.',
      remedy: 'Choose a real GPU where there is one, or compare the GPU kernels among themselves only.',
    },
    virtual: {
      reason: 'A virtual machine shares its processors with others that it cannot see, and mostly hides clock and temperature.',
      remedy: 'Measure on the machine itself when absolute rates matter.',
    },
  },
  fr: {
    power: {
      reason: 'Sur batterie, le processeur reçoit moins de puissance, et de moins en moins quand elle se vide.',
      remedy: 'Branchez l’ordinateur au secteur.',
    },
    mode: {
      reason: 'Un mode économe laisse la fréquence monter tard, ou pas du tout.',
      remedy: 'Choisissez le mode performances dans les réglages du système, ou le gouverneur performance.',
    },
    load: {
      reason:
        'Les autres programmes prennent des cœurs, des caches et de la bande passante, et pas les mêmes d’une répétition à l’autre. Le dessin de la fenêtre en fait partie.',
      remedy: 'Fermez les autres programmes et coupez l’affichage du champ.',
    },
    clock: {
      reason: 'Si la fréquence change pendant la mesure, les premières et les dernières répétitions mesurent deux machines.',
      remedy: 'Laissez la machine atteindre une température stable, et mesurez plus de répétitions.',
    },
    throttling: {
      reason:
        'Un processeur trop chaud se ralentit. Ces tours, chacun une répétition d’une variante, sont marqués dans le graphique de la machine et restent dans les statistiques.',
      remedy: 'Donnez-lui de l’air, attendez qu’il refroidisse, ou faites des répétitions plus courtes.',
    },
    drift: {
      reason:
        'Une tendance des temps au fil des répétitions dit qu’autre chose que le noyau change. Les répétitions entrelacées la partagent, les débits absolus non.',
      remedy: 'Fiez-vous aux rapports d’une même mesure plutôt qu’aux débits, et recommencez quand la machine est stable.',
    },
    samples: {
      reason: 'Un échantillon court dépasse à peine le pas de l’horloge et les interruptions du système.',
      remedy: 'Demandez plus de pas ou une plus grande grille, pour qu’un échantillon dure 20 ms.',
    },
    rounds: {
      reason: 'Les intervalles tirés de peu de répétitions sont larges, ou trop sûrs d’eux.',
      remedy: 'Mesurez au moins 6 répétitions.',
    },
    pinning: {
      reason: 'Les threads que d’autres programmes chassent d’un cœur à l’autre perdent leurs caches.',
      remedy: 'Épinglez les threads aux cœurs dans les réglages de la mesure.',
    },
    kinds: {
      reason:
        'Les cœurs rapides et lents d’un même processeur ne prennent pas le même temps pour un même travail : où un thread atterrit, et quand il est déplacé, décide de ce qu’on mesure. Une équipe attend le plus lent.',
      remedy: 'Épinglez les threads, et n’en prenez pas plus qu’il n’y a de processeurs de la première sorte.',
    },
    swap: {
      reason: 'De la mémoire a été déplacée vers le disque ou depuis lui, des milliers de fois plus lent qu’elle.',
      remedy: 'Fermez les programmes qui occupent la mémoire, ou choisissez une grille plus petite.',
    },
    gpu: {
      reason: 'Un adaptateur logiciel est un programme du processeur : ses temps ne disent rien d’un GPU.',
      remedy: 'Choisissez un vrai GPU s’il y en a un, ou ne comparez les noyaux GPU qu’entre eux.',
    },
    virtual: {
      reason:
        'Une machine virtuelle partage ses processeurs avec d’autres qu’elle ne voit pas, et cache le plus souvent fréquence et température.',
      remedy: 'Mesurez sur la machine elle-même quand les débits absolus comptent.',
    },
  },
};

const uncapitalised = (text: string): string => `${text[0]!.toLowerCase()}${text.slice(1)}`;

export const QUALITY_WORDS: Readonly<Record<Language, QualityWords>> = {
  en: {
    title: 'Quality of the experiment',
    grades: { A: 'nothing to object', B: 'good, with doubts', C: 'doubtful', D: 'bad' },
    itemGrades: { good: 'good', doubtful: 'doubtful', bad: 'bad', unknown: 'not known' },
    items: {
      power: 'power supply',
      mode: 'power mode',
      load: 'other programs',
      clock: 'clock over the run',
      throttling: 'throttling',
      drift: 'drift over the rounds',
      samples: 'length of samples',
      rounds: 'rounds',
      pinning: 'threads on cores',
      kinds: 'kinds of cores',
      swap: 'swapping',
      gpu: 'GPU',
      virtual: 'virtual machine',
    },
    summary: (grade, meaning) => `Quality of the experiment: ${grade}, ${meaning}.`,
    listed: (grade, items) => `${grade[0]!.toUpperCase()}${grade.slice(1)}: ${items.join('; ')}.`,
    labelled: (name, text) => `${name}: ${text}`,
    unknown: (count) => (count === 1 ? 'One item is not known.' : `${count} items are not known.`),
    before: (text) => `Before the run, ${uncapitalised(text)}`,
    nothing: 'nothing that is known speaks against measuring.',
    headings: { item: 'what', grade: 'grade', value: 'measured', reason: 'why it matters', remedy: 'what helps' },
  },
  fr: {
    title: 'Qualité de l’expérience',
    grades: { A: 'rien à redire', B: 'bonne, avec des réserves', C: 'douteuse', D: 'mauvaise' },
    itemGrades: { good: 'bon', doubtful: 'douteux', bad: 'mauvais', unknown: 'inconnu' },
    items: {
      power: 'alimentation',
      mode: 'mode d’énergie',
      load: 'autres programmes',
      clock: 'fréquence pendant la mesure',
      throttling: 'ralentissement thermique',
      drift: 'dérive au fil des répétitions',
      samples: 'durée des échantillons',
      rounds: 'répétitions',
      pinning: 'threads et cœurs',
      kinds: 'sortes de cœurs',
      swap: 'échange avec le disque',
      gpu: 'GPU',
      virtual: 'machine virtuelle',
    },
    summary: (grade, meaning) => `Qualité de l’expérience : ${grade}, ${meaning}.`,
    listed: (grade, items) => `${grade[0]!.toUpperCase()}${grade.slice(1)} : ${items.join(' ; ')}.`,
    labelled: (name, text) => `${name} : ${text}`,
    unknown: (count) => (count === 1 ? 'Un point est inconnu.' : `${count} points sont inconnus.`),
    before: (text) => `Avant la mesure, ${uncapitalised(text)}`,
    nothing: 'rien de connu ne s’oppose à mesurer.',
    headings: { item: 'quoi', grade: 'appréciation', value: 'mesuré', reason: 'pourquoi', remedy: 'que faire' },
  },
};

/** What was measured, in words; undefined where nothing was. */
export function valueText({ item, facts }: Judged, language: Language): string | undefined {
  return (VALUES[language][item] as (facts: unknown) => string | undefined)(facts);
}

export interface ItemText {
  readonly item: QualityItem;
  readonly grade: ItemGrade;
  readonly name: string;
  readonly gradeName: string;
  readonly value: string;
  readonly reason: string;
  /** Where there is something to mend. */
  readonly remedy?: string;
}

export function itemText(judged: Judged, language: Language): ItemText {
  const words = QUALITY_WORDS[language];
  const { item, grade } = judged;
  const { reason, remedy } = SAY[language][item];
  return {
    item,
    grade,
    name: words.items[item],
    gradeName: words.itemGrades[grade],
    value: valueText(judged, language) ?? words.itemGrades.unknown,
    reason,
    ...(grade === 'doubtful' || grade === 'bad' ? { remedy } : {}),
  };
}

/** "Bad: other programs (78 % of the processors). Doubtful: …", of what is not good; empty where all is. */
export function objections(items: readonly Judged[], language: Language): string[] {
  const words = QUALITY_WORDS[language];
  return (['bad', 'doubtful'] as const).flatMap((grade) => {
    const named = items
      .filter((judged) => judged.grade === grade)
      .map((judged) => {
        const value = valueText(judged, language);
        return value === undefined ? words.items[judged.item] : `${words.items[judged.item]} (${value})`;
      });
    return named.length === 0 ? [] : [words.listed(words.itemGrades[grade], named)];
  });
}

/** The grade and what is not good, in one line. */
export function qualityLine({ grade, items }: Quality, language: Language): string {
  const words = QUALITY_WORDS[language];
  const unknown = items.filter((judged) => judged.grade === 'unknown').length;
  return [
    words.summary(grade, words.grades[grade]),
    ...objections(items, language),
    ...(unknown === 0 ? [] : [words.unknown(unknown)]),
  ].join(' ');
}
