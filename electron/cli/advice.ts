/** What would make this machine measure more, or better: sentences, most important first. */
import type { Hello, Language } from '../shared/contract.ts';
import { REASONS } from '../shared/trouble-words.ts';

type Words = Record<Language, string>;

const ADVICE = {
  softwareOnly: {
    en: 'Only a software GPU was found: GPU kernels run, but their speed is the processor’s; install the graphics driver of a real GPU if there is one.',
    fr: 'Seul un GPU logiciel a été trouvé\u00a0: les noyaux GPU tournent, mais leur vitesse est celle du processeur\u00a0; installez le pilote d’un vrai GPU s’il y en a un.',
  },
  battery: {
    en: 'The machine runs on battery, which slows it down: plug it in before measuring.',
    fr: 'La machine est sur batterie, ce qui la ralentit\u00a0: branchez-la avant de mesurer.',
  },
  governor: {
    en: 'The processor’s governor saves power: choose “performance” before measuring.',
    fr: 'Le gouverneur du processeur économise l’énergie\u00a0: choisissez «\u00a0performance\u00a0» avant de mesurer.',
  },
  virtual: {
    en: 'The machine is virtual: others share its processor, so expect wider intervals.',
    fr: 'La machine est virtuelle\u00a0: d’autres partagent son processeur, attendez-vous à des intervalles plus larges.',
  },
} as const satisfies Record<string, Words>;

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export function adviceFor({ machine, adapters, kernels }: Hello, language: Language): string[] {
  const advice: string[] = [];
  const reasons = new Set(kernels.flatMap(({ available, reason }) => (available || reason === undefined ? [] : [reason])));
  for (const reason of reasons) advice.push(`${capitalised(REASONS[reason][language])}.`);
  const usable = adapters.filter((adapter) => adapter.usable);
  if (usable.length > 0 && usable.every(({ type }) => type === 'software')) advice.push(ADVICE.softwareOnly[language]);
  if (machine.power === 'battery') advice.push(ADVICE.battery[language]);
  if (machine.governor === 'powersave') advice.push(ADVICE.governor[language]);
  if (machine.virtualisation !== 'none' && machine.virtualisation !== 'unknown') advice.push(ADVICE.virtual[language]);
  return advice;
}
