import type { ConclusionTools, Exercise, Measured } from '../exercise.ts';
import { fasterRelation, judge, NOT_MEASURED, together } from '../relation.ts';
import { VECTORS } from '../vector-registers.ts';

const LEVELS = ['O0', 'O1', 'O2', 'O3'] as const;
const bar = (level: string) => `autovec@${level}`;

/** What each level gains over the one below; empty unless all were measured. */
function ladderSentence(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const steps = LEVELS.slice(1).flatMap((level, index) => {
    const ratio = measured.ratio(bar(level), bar(LEVELS[index]!));
    return ratio === undefined ? [] : [`-${level} ${tools.ratio(ratio)}`];
  });
  if (steps.length < LEVELS.length - 1) return '';
  return {
    en: ` Rung by rung, each over the one below: ${steps.join(', ')}.`,
    fr: ` Échelon par échelon, chacun par rapport au précédent : ${steps.join(', ')}.`,
  }[language];
}

/** What the processor's own instructions add to the highest level. */
function nativeSentence(measured: Measured, language: 'en' | 'fr', tools: ConclusionTools): string {
  const [isa, narrow] = [measured.isa('autovec'), measured.isa(bar('O3'))];
  const ratio = measured.ratio('autovec', bar('O3'));
  if (isa === undefined || narrow === undefined || ratio === undefined) return '';
  const { name, values } = VECTORS[isa];
  if (isa === narrow) {
    return {
      en: ` This processor offers nothing wider than ${name}: \`native\` is the same build as -O3.`,
      fr: ` Ce processeur n’offre rien de plus large que ${name} : \`native\` est la même compilation que -O3.`,
    }[language];
  }
  const shown = tools.ratio(ratio);
  const found = {
    held: {
      en: ` Compiled for ${name} (${values} values per register instead of ${VECTORS[narrow].values}), it gains ${shown} more.`,
      fr: ` Compilée pour ${name} (${values} valeurs par registre au lieu de ${VECTORS[narrow].values}), elle gagne encore ${shown}.`,
    },
    'not-held': {
      en: ` Compiling it for ${name} as well gives ${shown}: nothing more. The wider registers then wait for something other than arithmetic.`,
      fr: ` La compiler en outre pour ${name} donne ${shown} : rien de plus. Les registres larges attendent alors autre chose que le calcul.`,
    },
    unclear: {
      en: ` Compiling it for ${name} as well gives ${shown}: this run cannot tell it from -O3.`,
      fr: ` La compiler en outre pour ${name} donne ${shown} : cette mesure ne la distingue pas de -O3.`,
    },
  };
  return found[judge(ratio)][language];
}

export const c06: Exercise = {
  id: 'C06',
  day: 2,
  title: { en: 'Compiler flags', fr: 'Options de compilation' },
  goal: {
    en: 'Change not one line of the source, only how hard the compiler tries.',
    fr: 'Ne changer aucune ligne du code, seulement l’effort demandé au compilateur.',
  },
  idea: {
    en: `The compiler translates your page, and its **level of optimisation** says how hard it tries.

\`-O0\` translates line by line. Every variable lives in memory: each operation loads, computes and stores again, so that a debugger finds everything in its place. \`-O1\` keeps values in registers and takes out of the loop what never changes. \`-O2\` also reorders instructions; most programs are delivered so. \`-O3\` accepts longer code: it unrolls loops and **vectorises** them. Clang does that from \`-O2\` on, GCC there only if it needs no extra code for rows of any length; MSVC knows nothing above \`/O2\`.

These four are built for the **baseline** of the architecture, which every processor runs. The last bar, \`native\`, is \`-O3\` for the widest instructions of your own: what \`-march=native\` would choose, here picked when the program starts.

All builds are in this application, and \`gslab doctor\` names the flags of each. None relaxes arithmetic as \`-ffast-math\` would: the results are the same to the last bit.`,
    fr: `Le compilateur traduit votre page, et le **niveau d’optimisation** dit quel effort il y met.

\`-O0\` traduit ligne à ligne. Toute variable vit en mémoire : chaque opération lit, calcule et range, pour qu’un débogueur retrouve chaque chose à sa place. \`-O1\` garde les valeurs dans les registres et sort de la boucle ce qui ne change pas. \`-O2\` réordonne aussi les instructions ; la plupart des programmes sont livrés ainsi. \`-O3\` accepte un code plus long : il déroule les boucles et les **vectorise**. Clang le fait dès \`-O2\`, GCC seulement si aucune longueur de ligne n’exige de code en plus ; MSVC ne connaît rien au-delà de \`/O2\`.

Ces quatre niveaux visent le jeu d’instructions **de base**, que tout processeur exécute. La dernière barre, \`native\`, est \`-O3\` avec les instructions les plus larges du vôtre : ce que choisirait \`-march=native\`.

Tout est déjà compilé dans l’application, et \`gslab doctor\` en donne les options. Aucune ne relâche l’arithmétique comme \`-ffast-math\` : les résultats sont les mêmes au bit près.`,
  },
  formula: {
    en: '-O0 → -O1 → -O2 → -O3 → native:   one source, five translations',
    fr: '-O0 → -O1 → -O2 → -O3 → native :   un code, cinq traductions',
  },
  changed: {
    en: 'Nothing in the source. The file `autovec.cpp` is compiled at -O0, -O1 and -O2 into libraries of their own, beside the usual -O3; the parameter `flags` chooses which one is called.',
    fr: 'Rien dans le code. Le fichier `autovec.cpp` est compilé en -O0, -O1 et -O2 dans des bibliothèques séparées, à côté de l’habituel -O3 ; le paramètre `flags` choisit laquelle est appelée.',
  },
  prediction: {
    question: {
      en: 'How many times faster is -O3 than -O0, both with the baseline instructions?',
      fr: 'Combien de fois -O3 est-il plus rapide que -O0, tous deux avec les instructions de base ?',
    },
    of: bar('O3'),
    over: bar('O0'),
    min: 0.5,
    max: 64,
  },
  lookAt: {
    en: 'Find the largest rung of the ladder: is it the one that you would have named? Then run it again at 4096 × 4096. The upper rungs shrink, for no flag makes memory faster; -O0 stays where it is.',
    fr: 'Cherchez le plus grand échelon : est-ce celui que vous auriez nommé ? Relancez ensuite en 4096 × 4096. Les échelons du haut se resserrent, car aucune option n’accélère la mémoire ; -O0 reste où il est.',
  },
  variants: [
    ...LEVELS.map((level) => ({ kernel: 'autovec', key: bar(level), parameters: { flags: level } })),
    { kernel: 'autovec', parameters: { flags: 'native' } },
  ],
  baseline: bar('O0'),
  // 16 B per cell in f32: 1 MiB, within the second-level cache of most processors.
  grid: { rows: 204, cols: 320 },
  steps: 1000,
  rounds: 7,
  chart: 'speedup',
  relation: (measured) => {
    const optimised = fasterRelation(measured.ratio(bar('O3'), bar('O0')));
    if (measured.isa('autovec') === measured.isa(bar('O3'))) return optimised;
    return together(optimised, fasterRelation(measured.ratio('autovec', bar('O3'))));
  },
  conclusion: (measured, language, tools) => {
    const ratio = measured.ratio(bar('O3'), bar('O0'));
    if (ratio === undefined) return NOT_MEASURED[language];
    const shown = tools.ratio(ratio);
    const verdicts = {
      held: {
        en: `From -O0 to -O3 the same page gains ${shown}. A debug build says nothing about the speed of a program.`,
        fr: `De -O0 à -O3, la même page gagne ${shown}. Une compilation de débogage ne dit rien de la vitesse d’un programme.`,
      },
      'not-held': {
        en: `From -O0 to -O3 the ratio is ${shown}: no gain here, which loops like this one seldom show. \`gslab doctor\` names the flags that each was compiled with.`,
        fr: `De -O0 à -O3, le rapport est de ${shown} : aucun gain ici, ce qui est rare pour de telles boucles. \`gslab doctor\` donne les options de chaque compilation.`,
      },
      unclear: {
        en: `From -O0 to -O3 the ratio is ${shown}. ${tools.undecided(ratio)}`,
        fr: `De -O0 à -O3, le rapport est de ${shown}. ${tools.undecided(ratio)}`,
      },
    };
    return verdicts[judge(ratio)][language] + ladderSentence(measured, language, tools) + nativeSentence(measured, language, tools);
  },
};
