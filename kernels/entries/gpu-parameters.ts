/** Parameters that WebGPU kernels have in common. */
import type { KernelParameter } from '../kernel.ts';
import { DEFAULT_STEPS_PER_IMAGE, TRANSFERS } from '../transfer.ts';

export const workgroupX = {
  name: 'workgroupX',
  title: { en: 'Work-group width', fr: 'Largeur du groupe' },
  ...{ default: 16, min: 1, max: 1024 },
} satisfies KernelParameter;

export const workgroupY = {
  name: 'workgroupY',
  title: { en: 'Work-group height', fr: 'Hauteur du groupe' },
  ...{ default: 8, min: 1, max: 1024 },
} satisfies KernelParameter;

const stepsPerSubmit: KernelParameter = {
  name: 'stepsPerSubmit',
  title: { en: 'Steps per submission', fr: 'Pas par soumission' },
  ...{ default: 32, min: 1, max: 4096 },
};

const transfer: KernelParameter = {
  name: 'transfer',
  title: { en: 'Transfer of the state', fr: 'Transfert de l’état' },
  ...{ default: 'once', choices: TRANSFERS },
};

const stepsPerImage: KernelParameter = {
  name: 'stepsPerImage',
  title: { en: 'Steps per image', fr: 'Pas par image' },
  ...{ default: DEFAULT_STEPS_PER_IMAGE, min: 1, max: 4096 },
};

/** What the host does with every WebGPU kernel, whatever its own tuning is: each entry ends its parameters with these. */
export const hostParameters: readonly KernelParameter[] = [stepsPerSubmit, transfer, stepsPerImage];
