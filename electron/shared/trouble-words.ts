/** The fixed phrases that `trouble-text.ts` puts into its sentences: why something cannot run, what is wrong with a file. */
import type { Language } from './contract.ts';
import type { MachineField, SessionProblem, Trouble, UnavailableReason } from './trouble.ts';

type Sentence = Record<Language, string>;

/** Why a kernel is greyed, as the end of a sentence, with what to do. */
export const REASONS: Record<UnavailableReason, Sentence> = {
  'addon-not-built': {
    en: 'the native addon is not built: install a C++20 compiler and Python 3, then run “npm run build:native”',
    fr: `l’extension native n’est pas compilée\u00a0: installez un compilateur C++20 et Python 3, puis lancez «\u00a0npm run build:native\u00a0»`,
  },
  'addon-failed': {
    en: 'the native addon could not be loaded: rebuild it with “npm run build:native”',
    fr: `l’extension native n’a pas pu être chargée\u00a0: recompilez-la avec «\u00a0npm run build:native\u00a0»`,
  },
  'compiler-missing': {
    en: 'the native addon was built without the compiler that it needs: install gfortran (Linux, macOS), then run “npm run build:native”',
    fr: `l’extension native a été compilée sans le compilateur qu’il lui faut\u00a0: installez gfortran (Linux, macOS), puis lancez «\u00a0npm run build:native\u00a0»`,
  },
  'isa-missing': {
    en: 'this processor lacks the instruction set that it needs: choose a narrower one',
    fr: `ce processeur n’a pas le jeu d’instructions qu’il faut\u00a0: choisissez-en un plus étroit`,
  },
  'no-adapter': {
    en: 'no GPU adapter was found, not even a software one: install a Vulkan driver',
    fr: `aucun adaptateur GPU n’a été trouvé, même logiciel\u00a0: installez un pilote Vulkan`,
  },
  'webgpu-failed': {
    en: 'WebGPU did not start: update the graphics driver',
    fr: `WebGPU n’a pas démarré\u00a0: mettez à jour le pilote graphique`,
  },
  'feature-missing': {
    en: 'the adapter lacks a feature that it needs: choose another adapter',
    fr: `il manque à l’adaptateur une fonction nécessaire\u00a0: choisissez-en un autre`,
  },
  'software-gpu': {
    en: 'on a software GPU it would only take time: choose a GPU with --adapter',
    fr: `sur un GPU logiciel, il ne ferait que prendre du temps\u00a0: choisissez un GPU avec --adapter`,
  },
  'runner-crashing': {
    en: 'its process crashed several times in a row: restart the app',
    fr: `son processus s’est arrêté plusieurs fois de suite\u00a0: relancez l’application`,
  },
};

/** What of a machine's record is not what it was. */
export const MACHINE_WORDS: Record<MachineField, Sentence> = {
  cpu: { en: 'processor', fr: 'le processeur' },
  vendor: { en: 'processor’s maker', fr: 'le fabricant du processeur' },
  architecture: { en: 'architecture', fr: 'l’architecture' },
  logicalCores: { en: 'number of logical cores', fr: 'le nombre de cœurs logiques' },
  physicalCores: { en: 'number of cores', fr: 'le nombre de cœurs' },
  cacheBytes: { en: 'caches', fr: 'les caches' },
  memoryBytes: { en: 'memory in bytes', fr: 'la mémoire en octets' },
  isas: { en: 'instruction sets', fr: 'les jeux d’instructions' },
  os: { en: 'system', fr: 'le système' },
  kernel: { en: 'kernel of the system', fr: 'le noyau du système' },
  virtualisation: { en: 'virtualisation', fr: 'la virtualisation' },
  node: { en: 'version of Node', fr: 'la version de Node' },
  appVersion: { en: 'version of the app', fr: 'la version de l’application' },
  compiler: { en: 'compiler', fr: 'le compilateur' },
  adapter: { en: 'GPU adapter', fr: 'l’adaptateur GPU' },
};

export const PROBLEMS: Record<SessionProblem, Sentence> = {
  missing: { en: 'there is no such file; check the path', fr: 'ce fichier n’existe pas\u00a0; vérifiez le chemin' },
  empty: { en: 'the file is empty; choose another copy', fr: 'le fichier est vide\u00a0; choisissez une autre copie' },
  truncated: {
    en: 'the end of the file is missing; choose another copy',
    fr: 'la fin du fichier manque\u00a0; choisissez une autre copie',
  },
  'not-sqlite': {
    en: 'expected a .gslab session, received a file of another kind',
    fr: 'une session .gslab était attendue, c’est un fichier d’une autre sorte',
  },
  'not-a-session': {
    en: 'expected a .gslab session, received a database of another program',
    fr: 'une session .gslab était attendue, c’est la base de données d’un autre programme',
  },
  'newer-schema': {
    en: 'it was written by a newer version of the app; update this one',
    fr: 'elle a été écrite par une version plus récente de l’application\u00a0; mettez celle-ci à jour',
  },
  corrupt: { en: 'its content is damaged; choose another copy', fr: 'son contenu est abîmé\u00a0; choisissez une autre copie' },
  'too-large': {
    en: 'it is larger than a session can be; choose another file',
    fr: 'il est plus gros qu’une session ne peut l’être\u00a0; choisissez un autre fichier',
  },
  unreadable: {
    en: 'it cannot be opened; close what uses it, or check its permissions',
    fr: 'elle ne peut pas être ouverte\u00a0; fermez ce qui s’en sert, ou vérifiez ses droits d’accès',
  },
  exists: {
    en: 'the file exists already; choose another name or say that it may be replaced',
    fr: 'le fichier existe déjà\u00a0; choisissez un autre nom ou demandez à le remplacer',
  },
  'no-data': {
    en: 'expected a figure that this app has exported, received a picture without its data',
    fr: 'une figure exportée par cette application était attendue, c’est une image sans ses données',
  },
  'data-left-out': {
    en: 'its samples were too many for an SVG of 300 kB and are not in it; open the session, or the figure’s PNG or PDF',
    fr: 'ses échantillons étaient trop nombreux pour un SVG de 300\u00a0ko et n’y sont pas\u00a0; ouvrez la session, ou le PNG ou le PDF de la figure',
  },
};

export const SUPPORT_WORDS: Record<Extract<Trouble, { code: 'not-supported' }>['what'], Sentence> = {
  boundary: { en: 'boundary', fr: 'le bord' },
  stencil: { en: 'stencil', fr: 'le stencil' },
  precision: { en: 'precision', fr: 'la précision' },
  isa: { en: 'instruction set', fr: 'le jeu d’instructions' },
  threads: { en: 'number of threads', fr: 'le nombre de threads' },
  parameter: { en: 'parameter', fr: 'le paramètre' },
  adapter: { en: 'adapter', fr: 'l’adaptateur' },
  observation: { en: 'observation', fr: 'l’observation' },
};

/** Problems whose detail says more than the phrase above does. */
export const DETAILED_PROBLEMS: ReadonlySet<SessionProblem> = new Set(['truncated', 'newer-schema', 'corrupt', 'too-large', 'unreadable']);

/** Details that the app words itself, in French. Others are the system's own and stay as they are. */
const FRENCH_DETAILS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'its folder does not exist': 'son dossier n’existe pas',
    'it is a folder': 'c’est un dossier',
    'no permission to write there': 'pas le droit d’y écrire',
    'no permission to read it': 'pas le droit de le lire',
    'the disk is read-only': 'le disque est en lecture seule',
    'the file or its folder is read-only': 'le fichier ou son dossier est en lecture seule',
    'the disk is full': 'le disque est plein',
    'the disk quota is used up': 'le quota de disque est épuisé',
    'another program is using it': 'un autre programme s’en sert',
    'the name is too long': 'le nom est trop long',
    'its links lead round in a circle': 'ses liens tournent en rond',
    'another Gray-Scott Lab has it open': 'un autre Gray-Scott Lab l’a ouverte',
    'it is not a regular file': 'ce n’est pas un fichier ordinaire',
    'No C++ compiler was found': 'aucun compilateur C++ n’a été trouvé',
    'The program make was not found': 'le programme make n’a pas été trouvé',
    'Python 3 was not found': 'Python 3 n’a pas été trouvé',
    'The C++ sources did not compile': 'les sources C++ n’ont pas pu être compilées',
  }),
);

export function detailIn(detail: string, language: Language): string {
  return language === 'fr' ? (FRENCH_DETAILS.get(detail) ?? detail) : detail;
}
