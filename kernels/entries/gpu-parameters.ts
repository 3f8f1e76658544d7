/** Parameters that WebGPU kernels have in common. */
import type { KernelParameter } from '../kernel.ts';

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

export const stepsPerSubmit: KernelParameter = {
  name: 'stepsPerSubmit',
  title: { en: 'Steps per submission', fr: 'Pas par soumission' },
  ...{ default: 32, min: 1, max: 4096 },
};
