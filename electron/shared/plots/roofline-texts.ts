/** Every word of a roofline, in both languages. Numbers arrive formatted. */
import type { Isa } from '../../../kernels/kernel.ts';
import type { ComputeCeiling, MemoryLevel } from '../ceilings.ts';
import type { Language } from '../contract.ts';
import { list } from '../figures/texts.ts';
import type { RooflinePlot } from './plot.ts';

type Names = readonly string[];

export interface RooflineTexts {
  readonly title: string;
  readonly intensity: string;
  readonly flops: string;
  readonly higherIsBetter: string;
  readonly level: Readonly<Record<MemoryLevel, string>>;
  readonly operation: Readonly<Record<ComputeCeiling['operation'], string>>;
  readonly isa: Readonly<Record<Isa | 'scalar', string>>;
  readonly streaming: string;
  readonly copy: string;
  readonly softwareGpu: string;
  /** "the memory roof (2 threads)", the parts being those of its name. */
  readonly roof: (parts: Names) => string;
  readonly roofLabel: (name: string, rate: string) => string;
  readonly shareOf: (share: string, parts: Names) => string;
  readonly ridge: (intensity: string, memory: string, peak: string) => string;
  readonly intensityOf: (flops: string, bytes: string, intensity: string) => string;
  readonly predicted: (label: string, rate: string) => string;
  readonly withShare: (label: string, share: string) => string;
  readonly holds: (parts: Names, labels: Names) => string;
  readonly farBelow: (labels: Names) => string;
  readonly servedByCache: (labels: Names) => string;
  readonly aboveAll: (labels: Names) => string;
  readonly predictionWithin: (label: string, predicted: string, measured: string) => string;
  readonly predictionOff: (label: string, predicted: string, measured: string, off: string, high: boolean) => string;
  readonly predictionOpen: (label: string, predicted: string) => string;
  readonly noRoofs: string;
  readonly noCeilings: string;
  readonly noCeilingsOf: (machine: string) => string;
  readonly noGpuCeilings: (adapters: Names) => string;
  readonly softwareLeftOut: (labels: Names) => string;
  readonly otherTimes: (labels: Names) => string;
  readonly leftOut: (count: string) => string;
  readonly captionPoints: (rounds: string) => string;
  readonly captionRoofs: (date: string) => string;
  readonly captionGpu: string;
  readonly key: Omit<RooflinePlot['key'], 'title' | 'machines'>;
}

const ISA_NAMES = { scalar: 'scalar', baseline: 'SSE2', avx2: 'AVX2', avx512: 'AVX-512', neon: 'NEON' } as const;

const withDetails = (head: string, details: Names): string => (details.length === 0 ? head : `${head} (${details.join(', ')})`);

export const ROOFLINE_TEXTS: Readonly<Record<Language, RooflineTexts>> = {
  en: {
    title: 'Legend',
    intensity: 'Arithmetic intensity, flop/byte, logarithmic scale',
    flops: 'Floating-point operations per second, flop/s, logarithmic scale',
    higherIsBetter: 'higher is better',
    level: { L1: 'L1', L2: 'L2', L3: 'L3', memory: 'memory' },
    operation: { fma: 'FMA', add: 'add' },
    isa: ISA_NAMES,
    streaming: 'streaming',
    copy: 'copy',
    softwareGpu: 'software GPU',
    roof: ([head = '', ...details]) => withDetails(`the ${head} roof`, details),
    roofLabel: (name, rate) => `${name}: ${rate}`,
    shareOf: (share, [head = '', ...details]) => `${share} of ${withDetails(`the ${head} roof`, details)}`,
    ridge: (intensity, memory, peak) => `Ridge at ${intensity} flop/byte: ${memory} meets ${peak}`,
    intensityOf: (flops, bytes, intensity) => `${flops} flop ÷ ${bytes} bytes per cell and step = ${intensity} flop/byte`,
    predicted: (label, rate) => `Predicted for ${label}: ${rate}`,
    withShare: (label, share) => `${label} (${share})`,
    holds: ([head = '', ...details], labels) => `${withDetails(`The ${head} roof`, details)} holds ${list(labels, 'and')}.`,
    farBelow: (labels) =>
      `Below 60 % of the roof over them, so something else holds them (scalar code, tests, waiting for results): ${list(labels, 'and')}.`,
    servedByCache: (labels) => `Faster than the memory of a grid of this size allows, so served by a cache: ${list(labels, 'and')}.`,
    aboveAll: (labels) => `Above every measured roof: ${list(labels, 'and')}. The ceilings are too low, measure them on a quiet machine.`,
    predictionWithin: (label, predicted, measured) => `You predicted ${predicted} for ${label}, which reached ${measured}: right.`,
    predictionOff: (label, predicted, measured, off, high) =>
      `You predicted ${predicted} for ${label}, which reached ${measured}: the prediction was ${off} too ${high ? 'high' : 'low'}.`,
    predictionOpen: (label, predicted) => `You predicted ${predicted} for ${label}.`,
    noRoofs: 'Without roofs it cannot be told what holds the kernels.',
    noCeilings: 'Ceilings not measured yet: the points stand without roofs.',
    noCeilingsOf: (machine) => `Ceilings not measured yet on ${machine}: its points stand without roofs.`,
    noGpuCeilings: (adapters) => `Without measured ceilings: ${list(adapters, 'and')}.`,
    softwareLeftOut: (labels) => `Not drawn beside a GPU’s roofs, for a processor stood in for the GPU: ${list(labels, 'and')}.`,
    otherTimes: (labels) => `Not drawn, for their times hold more than steps: ${list(labels, 'and')}.`,
    leftOut: (count) => `Of other runs the newest results are drawn; older ones left out: ${count}.`,
    captionPoints: (rounds) =>
      `A point is at the flop per byte that its kernel declares, caches taken as ideal; point and bar: median over ${rounds === '1' ? '1 round' : `${rounds} rounds`} and its 95 % bootstrap interval.`,
    captionRoofs: (date) => `Roofs: triads and chains of operations measured on this machine on ${date}.`,
    captionGpu: 'WGSL has no f64: GPU kernels compute in f32.',
    key: {
      point: 'median over rounds',
      interval: '95 % interval of the median',
      hollow: 'wrong, not verified or incomplete',
      software: 'software GPU: a processor standing in',
      prediction: 'prediction',
      team: 'roof of the fastest team of threads',
      thin: 'roof of one thread',
      gpu: 'roof of the GPU',
      ridge: 'ridge',
      arrow: 'next rung, with its gain where it is clear',
    },
  },
  fr: {
    title: 'Légende',
    intensity: 'Intensité arithmétique, flop/octet, échelle logarithmique',
    flops: 'Opérations flottantes par seconde, flop/s, échelle logarithmique',
    higherIsBetter: 'plus grand, c’est mieux',
    level: { L1: 'L1', L2: 'L2', L3: 'L3', memory: 'mémoire' },
    operation: { fma: 'FMA', add: 'additions' },
    isa: { ...ISA_NAMES, scalar: 'scalaire' },
    streaming: 'écritures directes',
    copy: 'copie',
    softwareGpu: 'GPU logiciel',
    roof: ([head = '', ...details]) => withDetails(`le toit « ${head} »`, details),
    roofLabel: (name, rate) => `${name} : ${rate}`,
    shareOf: (share, [head = '', ...details]) => `${share} ${withDetails(`du toit « ${head} »`, details)}`,
    ridge: (intensity, memory, peak) => `Crête à ${intensity} flop/octet : ${memory} rencontre ${peak}`,
    intensityOf: (flops, bytes, intensity) => `${flops} flop ÷ ${bytes} octets par cellule et par pas = ${intensity} flop/octet`,
    predicted: (label, rate) => `Prédit pour ${label} : ${rate}`,
    withShare: (label, share) => `${label} (${share})`,
    holds: ([head = '', ...details], labels) => `${withDetails(`Le toit « ${head} »`, details)} retient ${list(labels, 'et')}.`,
    farBelow: (labels) =>
      `Sous 60 % de leur toit, et donc retenus par autre chose (code scalaire, tests, attente de résultats) : ${list(labels, 'et')}.`,
    servedByCache: (labels) =>
      `Plus rapides que ne le permet la mémoire pour une grille de cette taille, et donc servis par un cache : ${list(labels, 'et')}.`,
    aboveAll: (labels) =>
      `Au-dessus de tous les toits mesurés : ${list(labels, 'et')}. Les plafonds sont trop bas, mesurez-les sur une machine au repos.`,
    predictionWithin: (label, predicted, measured) =>
      `Vous aviez prédit ${predicted} pour ${label}, qui a atteint ${measured} : c’est juste.`,
    predictionOff: (label, predicted, measured, off, high) =>
      `Vous aviez prédit ${predicted} pour ${label}, qui a atteint ${measured} : la prédiction était ${off} trop ${high ? 'haute' : 'basse'}.`,
    predictionOpen: (label, predicted) => `Vous aviez prédit ${predicted} pour ${label}.`,
    noRoofs: 'Sans toits, rien ne dit ce qui retient les noyaux.',
    noCeilings: 'Plafonds pas encore mesurés : les points sont sans toit.',
    noCeilingsOf: (machine) => `Plafonds pas encore mesurés sur ${machine} : ses points sont sans toit.`,
    noGpuCeilings: (adapters) => `Sans plafonds mesurés : ${list(adapters, 'et')}.`,
    softwareLeftOut: (labels) => `Non dessinés à côté des toits d’un GPU, car un processeur en tenait lieu : ${list(labels, 'et')}.`,
    otherTimes: (labels) => `Non dessinés, car leurs temps contiennent plus que des pas : ${list(labels, 'et')}.`,
    leftOut: (count) => `Des autres mesures, les résultats les plus récents sont dessinés ; plus anciens et laissés de côté : ${count}.`,
    captionPoints: (rounds) =>
      `Un point se place aux flop par octet que son noyau déclare, caches supposés idéaux ; point et barre : médiane de ${rounds === '1' ? '1 répétition' : `${rounds} répétitions`} et son intervalle bootstrap à 95 %.`,
    captionRoofs: (date) => `Toits : triades et chaînes d’opérations mesurées sur cette machine le ${date}.`,
    captionGpu: 'WGSL n’a pas de f64 : les noyaux GPU calculent en f32.',
    key: {
      point: 'médiane des répétitions',
      interval: 'intervalle à 95 % de la médiane',
      hollow: 'faux, non vérifié ou incomplet',
      software: 'GPU logiciel : un processeur en tient lieu',
      prediction: 'prédiction',
      team: 'toit de l’équipe de threads la plus rapide',
      thin: 'toit d’un seul thread',
      gpu: 'toit du GPU',
      ridge: 'crête',
      arrow: 'échelon suivant, et son gain s’il est net',
    },
  },
};
