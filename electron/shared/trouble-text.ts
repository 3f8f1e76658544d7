/**
 * The one place where trouble becomes a sentence: what happened, what was expected, what was received or what to
 * try, on one line. Used by the renderer and the command line; every other part exchanges codes. Texts that came
 * from outside are quoted, cleaned of control characters and cut, so that a sentence stays one sentence.
 */
import type { Language } from './contract.ts';
import { translateExpectation } from './expectation.ts';
import type { Trouble, UnavailableReason } from './trouble.ts';
import { DETAILED_PROBLEMS, detailIn, MACHINE_WORDS, PROBLEMS, REASONS, SUPPORT_WORDS } from './trouble-words.ts';
import { formatInteger, formatNumber, NO_BREAK_SPACE } from './units.ts';

const LONGEST_QUOTE = 80;
const LONGEST_DETAIL = 200;
const NOTHING: Record<Language, string> = { en: 'nothing', fr: 'rien' };

/** A text from outside on one line, cut to `longest` characters. */
function oneLine(text: string, longest: number): string {
  const clean = text.replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  const characters = [...clean];
  return characters.length <= longest ? clean : `${characters.slice(0, longest - 1).join('')}…`;
}

function quoted(text: string, language: Language, longest = LONGEST_QUOTE): string {
  const inner = oneLine(text, longest);
  return language === 'fr' ? `«${NO_BREAK_SPACE}${inner}${NO_BREAK_SPACE}»` : `“${inner}”`;
}

const path = (text: string, language: Language) => quoted(text, language, LONGEST_DETAIL);

/** What was received, as it came; nothing where the value is missing. */
const received = (text: string, language: Language) => (oneLine(text, LONGEST_QUOTE) === '' ? NOTHING[language] : quoted(text, language));

/** A detail in brackets, without its own full stop, or nothing. */
function bracketed(detail: string, language: Language = 'en'): string {
  const text = oneLine(detailIn(detail.split('\n')[0] ?? '', language), LONGEST_DETAIL).replace(/\.+$/, '');
  return text === '' ? '' : ` (${text})`;
}

/** Why a kernel is greyed and what to do, as the end of a sentence. */
export function unavailableText(reason: UnavailableReason, detail: string, language: Language): string {
  return `${REASONS[reason][language]}${bracketed(detail, language)}`;
}

function listed(items: readonly string[], language: Language): string {
  if (items.length === 0) return NOTHING[language];
  const shown = items.slice(0, 40).map((item) => oneLine(item, LONGEST_QUOTE));
  const last = shown.pop()!;
  return shown.length === 0 ? last : `${shown.join(', ')} ${language === 'fr' ? 'ou' : 'or'} ${last}`;
}

const magnitude = (value: number | null, language: Language) => (value === null ? 'NaN' : formatNumber(value, language));

/** Puts French no-break spaces into the text of a template, and leaves what is inserted as it is: paths, details. */
function french(texts: TemplateStringsArray, ...inserted: readonly string[]): string {
  return String.raw({ raw: texts.map((text) => text.replace(/ ([:;!?])/g, `${NO_BREAK_SPACE}$1`)) }, ...inserted);
}

/** The sentence of one trouble in either language. */
function sentences(trouble: Trouble): Record<Language, () => string> {
  switch (trouble.code) {
    case 'bad-value':
      return {
        en: () =>
          `${oneLine(trouble.name, LONGEST_QUOTE)}: expected ${translateExpectation(oneLine(trouble.expected, LONGEST_DETAIL), 'en')}, received ${received(trouble.received, 'en')}.`,
        fr: () =>
          french`${oneLine(trouble.name, LONGEST_QUOTE)} : attendu ${translateExpectation(oneLine(trouble.expected, LONGEST_DETAIL), 'fr')}, reçu ${received(trouble.received, 'fr')}.`,
      };
    case 'unknown-kernel':
      return {
        en: () => `There is no kernel ${quoted(trouble.received, 'en')}: expected ${listed(trouble.known, 'en')}.`,
        fr: () => french`Il n’y a pas de noyau ${quoted(trouble.received, 'fr')} : attendu ${listed(trouble.known, 'fr')}.`,
      };
    case 'unknown-exercise':
      return {
        en: () => `There is no exercise ${quoted(trouble.received, 'en')}: expected ${listed(trouble.known, 'en')}.`,
        fr: () => french`Il n’y a pas d’exercice ${quoted(trouble.received, 'fr')} : attendu ${listed(trouble.known, 'fr')}.`,
      };
    case 'not-supported': {
      const word = SUPPORT_WORDS[trouble.what];
      const kernel = oneLine(trouble.kernel, LONGEST_QUOTE);
      return {
        en: () =>
          `The kernel ${kernel} does not support the ${word.en} ${quoted(trouble.received, 'en')}: expected ${listed(trouble.supported, 'en')}.`,
        fr: () =>
          french`Le noyau ${kernel} n’accepte pas ${word.fr} ${quoted(trouble.received, 'fr')} : attendu ${listed(trouble.supported, 'fr')}.`,
      };
    }
    case 'kernel-unavailable': {
      const kernel = oneLine(trouble.kernel, LONGEST_QUOTE);
      return {
        en: () => `The kernel ${kernel} cannot run here: ${unavailableText(trouble.reason, trouble.detail, 'en')}.`,
        fr: () => french`Le noyau ${kernel} ne peut pas tourner ici : ${unavailableText(trouble.reason, trouble.detail, 'fr')}.`,
      };
    }
    case 'grid-too-large': {
      const kernel = oneLine(trouble.kernel, LONGEST_QUOTE);
      return {
        en: () =>
          `The grid is too large for the ${trouble.limit === 'memory' ? 'memory of this machine' : 'GPU adapter'} with the kernel ${kernel}: expected at most ${formatInteger(trouble.largestCells, 'en')} cells, received ${formatInteger(trouble.cells, 'en')}.`,
        fr: () =>
          french`La grille est trop grande pour ${trouble.limit === 'memory' ? 'la mémoire de cette machine' : 'l’adaptateur GPU'} avec le noyau ${kernel} : attendu au plus ${formatInteger(trouble.largestCells, 'fr')} cellules, reçu ${formatInteger(trouble.cells, 'fr')}.`,
      };
    }
    case 'runner-died':
      return {
        en: () =>
          `The process that runs the ${trouble.backend} kernels ended unexpectedly${bracketed(trouble.detail)}: what it was measuring is cut short, run again to start a fresh one.`,
        fr: () =>
          french`Le processus qui exécute les noyaux ${trouble.backend} s’est arrêté brusquement${bracketed(trouble.detail)} : ce qu’il mesurait est interrompu, relancez pour en démarrer un nouveau.`,
      };
    case 'runner-silent':
      return {
        en: () =>
          `The process that runs the ${trouble.backend} kernels has not answered for ${formatInteger(trouble.seconds, 'en')}${NO_BREAK_SPACE}s and was stopped: run again with a smaller grid or fewer steps.`,
        fr: () =>
          french`Le processus qui exécute les noyaux ${trouble.backend} n’a pas répondu depuis ${formatInteger(trouble.seconds, 'fr')}${NO_BREAK_SPACE}s et a été arrêté : relancez avec une grille plus petite ou moins de pas.`,
      };
    case 'gpu-lost':
      return {
        en: () =>
          `The GPU was lost during the run${bracketed(trouble.detail)}: run again, with a smaller grid or fewer steps per submission.`,
        fr: () =>
          french`Le GPU a été perdu pendant la mesure${bracketed(trouble.detail)} : relancez, avec une grille plus petite ou moins de pas par soumission.`,
      };
    case 'gpu-error':
      return {
        en: () => `The GPU driver refused the work${bracketed(trouble.detail)}: try other parameters or another adapter.`,
        fr: () =>
          french`Le pilote du GPU a refusé le travail${bracketed(trouble.detail)} : essayez d’autres paramètres ou un autre adaptateur.`,
      };
    case 'out-of-memory':
      return {
        en: () => `There is not enough memory for this run${bracketed(trouble.detail)}: choose a smaller grid or close other programs.`,
        fr: () =>
          french`La mémoire ne suffit pas pour cette mesure${bracketed(trouble.detail)} : choisissez une grille plus petite ou fermez d’autres programmes.`,
      };
    case 'verification-failed': {
      const kernel = oneLine(trouble.kernel, LONGEST_QUOTE);
      return {
        en: () =>
          `The kernel ${kernel} is wrong here and its time is no result: expected an error of at most ${magnitude(trouble.tolerance, 'en')} against the reference, received ${magnitude(trouble.maxAbsError, 'en')}.`,
        fr: () =>
          french`Le noyau ${kernel} est faux ici et son temps n’est pas un résultat : attendu une erreur d’au plus ${magnitude(trouble.tolerance, 'fr')} par rapport à la référence, reçu ${magnitude(trouble.maxAbsError, 'fr')}.`,
      };
    }
    case 'cancelled':
      return {
        en: () => 'The run was cancelled: the samples measured before are kept.',
        fr: () => french`La mesure a été annulée : les échantillons déjà mesurés sont gardés.`,
      };
    case 'busy':
      return {
        en: () => 'Another run is going on: wait for its end or cancel it.',
        fr: () => french`Une autre mesure est en cours : attendez sa fin ou annulez-la.`,
      };
    case 'other-machine': {
      const word = MACHINE_WORDS[trouble.field];
      return {
        en: () =>
          `This run can only go on on the machine where it began: expected its ${word.en} ${received(trouble.expected, 'en')}, received ${received(trouble.received, 'en')}.`,
        fr: () =>
          french`Cette mesure ne peut continuer que sur la machine où elle a commencé : attendu ${word.fr} ${received(trouble.expected, 'fr')}, reçu ${received(trouble.received, 'fr')}.`,
      };
    }
    case 'session': {
      const detail = (inLanguage: Language) => (DETAILED_PROBLEMS.has(trouble.problem) ? bracketed(trouble.detail, inLanguage) : '');
      return {
        en: () => `The session ${path(trouble.path, 'en')} cannot be used: ${PROBLEMS[trouble.problem].en}${detail('en')}.`,
        fr: () => french`La session ${path(trouble.path, 'fr')} ne peut pas servir : ${PROBLEMS[trouble.problem].fr}${detail('fr')}.`,
      };
    }
    case 'cannot-write':
      return {
        en: () =>
          `Cannot write ${path(trouble.path, 'en')}${bracketed(trouble.detail)}: choose a folder that exists and that you may write to.`,
        fr: () =>
          french`Impossible d’écrire ${path(trouble.path, 'fr')}${bracketed(trouble.detail, 'fr')} : choisissez un dossier qui existe et où vous pouvez écrire.`,
      };
    case 'cannot-read':
      return {
        en: () => `Cannot read ${path(trouble.path, 'en')}${bracketed(trouble.detail)}: check the path and its permissions.`,
        fr: () =>
          french`Impossible de lire ${path(trouble.path, 'fr')}${bracketed(trouble.detail, 'fr')} : vérifiez le chemin et ses droits d’accès.`,
      };
    case 'nothing-to-export':
      return {
        en: () => `There is nothing to export${bracketed(trouble.detail)}: make a run first, or choose one that has results.`,
        fr: () =>
          french`Il n’y a rien à exporter${bracketed(trouble.detail)} : faites d’abord une mesure, ou choisissez-en une qui a des résultats.`,
      };
    case 'disconnected':
      return {
        en: () => 'The connection to the engine is lost: reload the page, or start the app again.',
        fr: () => french`La connexion au moteur est perdue : rechargez la page, ou relancez l’application.`,
      };
    case 'internal':
      return {
        en: () => 'The app met a fault of its own: try again, and report it if it comes back.',
        fr: () => french`L’application a rencontré une erreur interne : réessayez, et signalez-la si elle revient.`,
      };
  }
}

/** One sentence on one line, with its full stop. */
export function troubleText(trouble: Trouble, language: Language): string {
  return sentences(trouble)[language]();
}
