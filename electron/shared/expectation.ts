/**
 * What was expected of a bad value, in the few forms that the app uses. Trouble carries it as one English phrase
 * (`expected` of `bad-value`), made here and only here, so that `translateExpectation` can say it in French and write
 * its numbers by locale. A phrase that it does not know is shown as it is.
 */
import type { Language } from './contract.ts';
import { formatNumber } from './units.ts';

export const expected = {
  wholeNumber: (min: number, max: number) => `a whole number from ${min} to ${max}`,
  number: (min: number, max: number) => `a number from ${min} to ${max}`,
  anyNumber: () => 'a number',
  oneOf: (words: readonly string[]) => `one of ${words.join(', ')}`,
  nameAndValue: (names: readonly string[]) =>
    names.length === 0 ? 'nothing: these kernels have no parameters' : `name=value with a name of ${names.join(', ')}`,
  observation: (words: readonly string[]) => `WHAT:EVERY with WHAT one of ${words.join(', ')} and EVERY a number of steps`,
  values: (min: number, max: number) =>
    `a list a,b,c or a range FROM:TO, FROM:TO:POINTS or FROM:TO:POINTS log, of whole numbers from ${min} to ${max}`,
  words: (words: readonly string[]) => `one or more of ${words.join(', ')}, with commas between`,
  risingRange: () => 'a range whose second number is the larger one',
  logRange: () => 'a logarithmic range that begins at 1 or more',
  points: (most: number) => `a range of 2 to ${most} points`,
  pointsInAll: (most: number) => `at most ${most} points in all`,
  sweptAxis: (names: readonly string[]) => `NAME=VALUES with a NAME of ${names.join(', ')}`,
  axisOnce: () => 'each name once',
  fileName: (extensions: readonly string[]) => `a file name ending in ${extensions.join(' or ')}`,
  newFile: () => 'a file that does not exist yet, or --force to replace it',
  folder: () => 'a folder that exists and can be written to',
  file: () => 'a file that exists and can be read',
  option: () => 'an option of this command (see --help)',
  command: (names: readonly string[]) => `a command of ${names.join(', ')}`,
  unfinishedRun: () => 'a run that has rounds left, or a number of rounds to add, and a kernel that did not fail',
  freePort: () => 'a port that is free and that this user may open, or 0 for any',
  argument: (name: string) => `the argument ${name}`,
  value: () => 'a value',
  nothingMore: () => 'nothing more',
} as const;

const NUMBER = /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/;

const FRENCH: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`^a whole number from (${NUMBER.source}) to (${NUMBER.source})$`), 'un nombre entier de $1 à $2'],
  [new RegExp(`^a number from (${NUMBER.source}) to (${NUMBER.source})$`), 'un nombre de $1 à $2'],
  [/^a number$/, 'un nombre'],
  [/^one of (.*)$/s, 'un mot parmi $1'],
  [/^nothing: these kernels have no parameters$/, 'rien\u00a0: ces noyaux n’ont pas de paramètre'],
  [/^name=value with a name of (.*)$/s, 'nom=valeur avec un nom parmi $1'],
  [/^WHAT:EVERY with WHAT one of (.*) and EVERY a number of steps$/s, 'WHAT:EVERY, où WHAT est un mot parmi $1 et EVERY un nombre de pas'],
  [
    new RegExp(
      `^a list a,b,c or a range FROM:TO, FROM:TO:POINTS or FROM:TO:POINTS log, of whole numbers from (${NUMBER.source}) to (${NUMBER.source})$`,
    ),
    'une liste a,b,c ou une plage DE:À, DE:À:POINTS ou DE:À:POINTS log, de nombres entiers de $1 à $2',
  ],
  [/^one or more of (.*), with commas between$/s, 'un ou plusieurs mots parmi $1, séparés par des virgules'],
  [/^a range whose second number is the larger one$/, 'une plage dont le second nombre est le plus grand'],
  [/^a logarithmic range that begins at 1 or more$/, 'une plage logarithmique qui commence à 1 ou plus'],
  [/^a range of 2 to (\d+) points$/, 'une plage de 2 à $1 points'],
  [/^at most (\d+) points in all$/, 'au plus $1 points en tout'],
  [/^NAME=VALUES with a NAME of (.*)$/s, 'NOM=VALEURS avec un NOM parmi $1'],
  [/^each name once$/, 'chaque nom une seule fois'],
  [/^a file name ending in (.*)$/s, 'un nom de fichier finissant par $1'],
  [/^a file that does not exist yet, or --force to replace it$/, 'un fichier qui n’existe pas encore, ou --force pour le remplacer'],
  [/^a folder that exists and can be written to$/, 'un dossier qui existe et où l’on peut écrire'],
  [/^a file that exists and can be read$/, 'un fichier qui existe et que l’on peut lire'],
  [/^an option of this command \(see --help\)$/, 'une option de cette commande (voir --help)'],
  [/^a command of (.*)$/s, 'une commande parmi $1'],
  [
    /^a port that is free and that this user may open, or 0 for any$/,
    'un port libre et permis à cet utilisateur, ou 0 pour n’importe lequel',
  ],
  [
    /^a run that has rounds left, or a number of rounds to add, and a kernel that did not fail$/,
    'une mesure à qui il reste des répétitions, ou un nombre de répétitions à ajouter, et un noyau qui n’a pas échoué',
  ],
  [/^the argument (.*)$/s, 'l’argument $1'],
  [/^a value$/, 'une valeur'],
  [/^nothing more$/, 'rien de plus'],
];

const BOUNDS = new RegExp(`(from|de) (${NUMBER.source}) (to|à) (${NUMBER.source})$`);

/** The bounds of a range at full precision, by locale. */
function localisedBounds(phrase: string, language: Language): string {
  return phrase.replace(
    BOUNDS,
    (_, from: string, low: string, to: string, high: string) =>
      `${from} ${formatNumber(Number(low), language, 15)} ${to} ${formatNumber(Number(high), language, 15)}`,
  );
}

export function translateExpectation(phrase: string, language: Language): string {
  if (language === 'fr') {
    for (const [pattern, french] of FRENCH) {
      if (pattern.test(phrase)) return localisedBounds(phrase.replace(pattern, french), 'fr');
    }
  }
  return localisedBounds(phrase, language);
}
