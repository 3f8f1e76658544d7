import type { ConclusionTools, Exercise, Measured, MeasuredLimit } from '../exercise.ts';
import { DEFAULT_GRID } from '../model.ts';
import { fasterRelation, judge, NOT_MEASURED } from '../relation.ts';

/** From this share of its roof on, a kernel is said to be held by it. */
const HELD = 0.6;

/** The rungs whose roofs the conclusion names: on the ground, on the slope in both precisions, and beyond its end. */
const NAMED = ['aos_nested', 'simd', 'simd@f64', 'threads_rows', 'champion', 'gpu_naive', 'gpu_champion'] as const;

function roofName({ of, level }: MeasuredLimit, language: 'en' | 'fr'): string {
  if (of === 'compute') return { en: 'the compute roof', fr: 'du toit de calcul' }[language];
  if (of === 'gpu-memory') return { en: 'the copy roof of the GPU', fr: 'du toit de copie du GPU' }[language];
  if (of === 'gpu-compute') return { en: 'the compute roof of the GPU', fr: 'du toit de calcul du GPU' }[language];
  if (level === 'memory') return { en: 'the memory roof', fr: 'du toit de la mémoire' }[language];
  return { en: `the ${level} roof`, fr: `du toit du ${level}` }[language];
}

/** How much of the roof over it each rung reached; without ceilings only that they are missing. */
function roofSentences(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const found = NAMED.flatMap((key) => {
    const limit = measured.limit(key);
    return limit === undefined ? [] : [{ key, limit }];
  });
  if (found.length === 0) {
    return {
      en: ' Ceilings not measured yet: with them the chart has its roofs, and says which one holds whom.',
      fr: ' Plafonds pas encore mesurés : avec eux, le graphique a ses toits, et dit lequel retient qui.',
    }[language];
  }
  const parts = found.map(({ key, limit }) => {
    const share = tools.number(100 * limit.share, 2);
    return `\`${key}\` ${share}\u00a0% ${language === 'en' ? 'of ' : ''}${roofName(limit, language)}`;
  });
  const held = found.filter(({ limit }) => limit.share >= HELD).map(({ key }) => `\`${key}\``);
  const list = {
    en: ` Of the roof above them they reach: ${parts.join(', ')}.`,
    fr: ` Du toit au-dessus d’eux, ils atteignent : ${parts.join(', ')}.`,
  }[language];
  if (held.length === 0) {
    return `${list}${
      {
        en: ' None comes near: what holds them is neither bandwidth nor arithmetic.',
        fr: ' Aucun ne s’en approche : ce qui les retient n’est ni la bande passante, ni l’arithmétique.',
      }[language]
    }`;
  }
  return `${list}${
    {
      en: ` The roof holds ${held.join(', ')}; whoever is far below has tests, scalar code or waiting to get rid of first.`,
      fr: ` Le toit retient ${held.join(', ')} ; qui reste loin dessous doit d’abord se défaire de ses tests, de son code scalaire ou de ses attentes.`,
    }[language]
  }`;
}

/** What doubling the bytes of every value costs. */
function precisionSentence(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const ratio = measured.ratio('simd', 'simd@f64');
  if (ratio === undefined) return '';
  const shown = tools.ratio(ratio);
  return {
    en: ` In f64 every value has twice the bytes, so the intensity is half: \`simd\` in f32 is worth ${shown} of itself in f64.`,
    fr: ` En f64, chaque valeur a deux fois plus d’octets, et l’intensité est moitié moindre : \`simd\` en f32 vaut ${shown} par rapport à lui-même en f64.`,
  }[language];
}

function gpuSentence(measured: Measured, language: 'en' | 'fr'): string {
  if (measured.gpu !== 'software') return '';
  return {
    en: ' The GPU was a software one: the processor played its part, under roofs of its own, and nothing here tells of a GPU.',
    fr: ' Le GPU était logiciel : le processeur en jouait le rôle, sous des toits à part, et rien ici ne parle d’un GPU.',
  }[language];
}

export const c20: Exercise = {
  id: 'C20',
  day: 10,
  title: { en: 'Roofline', fr: 'Roofline, le modèle du toit' },
  goal: {
    en: 'Place the whole ladder under the roofs of your machine, and read off which of them holds each rung.',
    fr: 'Placer toute l’échelle sous les toits de votre machine, et lire lequel retient chaque échelon.',
  },
  idea: {
    en: `A kernel needs two things of a machine: **operations** and **bytes**. Their ratio is its **arithmetic intensity**, in flop per byte. Here a cell takes 33 operations and, with ideal caches, 16 bytes in f32: about 2. In f64 the operations stay and the bytes double: about 1.

Two measured ceilings bound it. The **peak** is what the cores compute when nothing is missing: a flat roof. The **bandwidth** is what memory delivers: at x flop per byte it feeds x × bandwidth, a slope. They meet at the **ridge**. Left of it, faster arithmetic is worth nothing; right of it, faster memory is worth nothing.

All rungs that read and write each cell once stand on one vertical line. Better code moves **up** along it, until it hits the slope. From there only fewer bytes help: steps fused in the cache divide them by their depth and move the point to the **right**, where the roof is higher.

The cache levels have slopes of their own: a small grid may pass above that of memory.`,
    fr: `Un noyau demande deux choses à une machine : des **opérations** et des **octets**. Leur rapport est son **intensité arithmétique**, en flop par octet. Ici une cellule demande 33 opérations et, avec des caches idéaux, 16 octets en f32 : environ 2. En f64, les opérations restent et les octets doublent : environ 1.

Deux plafonds mesurés le bornent. Le **pic** est ce que calculent les cœurs quand rien ne manque : un toit plat. La **bande passante** est ce que livre la mémoire : à x flop par octet, elle nourrit x × bande passante, une pente. Ils se croisent à la **crête**. À sa gauche, une arithmétique plus rapide ne vaut rien ; à sa droite, une mémoire plus rapide ne vaut rien.

Les échelons qui lisent et écrivent chaque cellule une fois sont sur une même verticale. Un meilleur code y **monte**, jusqu’à la pente. Dès lors, seuls moins d’octets aident : des pas fusionnés dans le cache les divisent par leur profondeur et déplacent le point vers la **droite**, où le toit est plus haut.

Les caches ont leurs propres pentes : une petite grille peut passer au-dessus de celle de la mémoire.`,
  },
  formula: {
    en: 'attainable = min( peak,  intensity × bandwidth )      intensity = flop ÷ bytes:   f32 33 ÷ 16 ≈ 2.1,   f64 33 ÷ 32 ≈ 1.0',
    fr: 'accessible = min( pic,  intensité × bande passante )      intensité = flop ÷ octets :   f32 33 ÷ 16 ≈ 2,1,   f64 33 ÷ 32 ≈ 1,0',
  },
  changed: {
    en: 'Nothing new in the code: these are rungs that you know. `aos_nested` to `simd` run on one thread, `threads_rows` and `champion` on all; `simd` runs in f32 and in f64. `champion` takes its steps in the cache, `gpu_champion` in the memory of a work-group, so that both read and write a cell once for several steps.',
    fr: 'Rien de nouveau dans le code : ce sont des échelons que vous connaissez. D’`aos_nested` à `simd`, tout tourne sur un thread ; `threads_rows` et `champion` les prennent tous ; `simd` tourne en f32 et en f64. `champion` avance de plusieurs pas dans le cache, `gpu_champion` dans la mémoire d’un groupe de travail : tous deux lisent et écrivent une cellule une fois pour plusieurs pas.',
  },
  prediction: {
    question: {
      en: '`champion` asks memory for far fewer bytes than `threads_rows`. How many times faster is it?',
      fr: '`champion` demande bien moins d’octets à la mémoire que `threads_rows`. Combien de fois est-il plus rapide ?',
    },
    of: 'champion',
    over: 'threads_rows',
    min: 0.5,
    max: 32,
  },
  lookAt: {
    en: 'Before you run it, place a point on the chart: at the intensity of a kernel, how high will it come? Then follow the arrows: up, up, and where do they turn? Which points stand on the slope of one thread, which on that of all? Set 256 × 256 and run again: the grid is in a cache, and the same kernels pass above the slope of memory.',
    fr: 'Avant de lancer, posez un point sur le graphique : à l’intensité d’un noyau, jusqu’où montera-t-il ? Suivez ensuite les flèches : elles montent, montent, et où tournent-elles ? Quels points sont sur la pente d’un seul thread, lesquels sur celle de tous ? Passez à 256 × 256 et relancez : la grille est en cache, et les mêmes noyaux dépassent la pente de la mémoire.',
  },
  variants: [
    { kernel: 'aos_nested' },
    { kernel: 'soa_window' },
    { kernel: 'autovec' },
    { kernel: 'simd' },
    { kernel: 'simd', key: 'simd@f64', precision: 'f64' },
    { kernel: 'threads_rows' },
    { kernel: 'champion' },
    // Fewer, for a software adapter's sake: two minutes must do.
    { kernel: 'gpu_naive', steps: 48 },
    { kernel: 'gpu_champion', steps: 48 },
  ],
  baseline: 'threads_rows',
  grid: DEFAULT_GRID,
  // Whole sweeps of every depth that the champions are tuned to.
  steps: 96,
  rounds: 5,
  chart: 'roofline',
  relation: (measured) => fasterRelation(measured.ratio('champion', 'threads_rows')),
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio('champion', 'threads_rows');
    const up = measured.ratio('simd', 'aos_nested');
    if (ratio === undefined || up === undefined) return NOT_MEASURED[language];
    const [shown, climbed] = [tools.ratio(ratio), tools.ratio(up)];
    const verdicts = {
      held: {
        en: `From \`aos_nested\` to \`simd\` the point moves up: ${climbed}. From \`threads_rows\` to \`champion\` it moves to the right, and up again: ${shown}.`,
        fr: `D’\`aos_nested\` à \`simd\`, le point monte : ${climbed}. De \`threads_rows\` à \`champion\`, il part vers la droite, et monte encore : ${shown}.`,
      },
      'not-held': {
        en: `From \`aos_nested\` to \`simd\` the point moves up: ${climbed}. Going to the right is worth nothing here: \`champion\` over \`threads_rows\` gives ${shown}. The slope was not what held \`threads_rows\`: a cache holds this grid, or few threads leave memory idle.`,
        fr: `D’\`aos_nested\` à \`simd\`, le point monte : ${climbed}. Aller vers la droite ne vaut rien ici : \`champion\` par rapport à \`threads_rows\` donne ${shown}. Ce n’est pas la pente qui retenait \`threads_rows\` : un cache contient cette grille, ou peu de threads laissent la mémoire oisive.`,
      },
      unclear: {
        en: `From \`aos_nested\` to \`simd\` the point moves up: ${climbed}. Whether going to the right is worth anything, this run cannot tell: ${shown}.`,
        fr: `D’\`aos_nested\` à \`simd\`, le point monte : ${climbed}. Aller vers la droite vaut-il quelque chose ? Cette mesure ne peut le dire : ${shown}.`,
      },
    };
    return [
      verdicts[judge(ratio)][language],
      precisionSentence(measured, language, tools),
      roofSentences(measured, language, tools),
      gpuSentence(measured, language),
    ].join('');
  },
};
