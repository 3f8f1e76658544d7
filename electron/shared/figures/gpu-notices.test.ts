import { describe, expect, it } from 'vitest';
import type { Sample, Variant } from '../run.ts';
import { gpuNotices } from './gpu-notices.ts';
import { FIGURE_TEXTS } from './texts.ts';

const NO_BREAK = '\u00a0';

const result = (label: string, asked: number, sample: Partial<Sample>, status: 'done' | 'running' = 'done') => {
  const variant: Variant = { kernel: label.split(' ')[0]!, precision: 'f32', threads: 1, parameters: { stepsPerSubmit: asked } };
  return { label, run: { status }, result: { variant, samples: [{ round: 0, index: 0, steps: 64, seconds: 1, ...sample }] } };
};

describe('gpuNotices', () => {
  it('says what was sent instead of what, and why, in both languages', () => {
    const results = [result('gpu_naive', 32, { stepsPerSubmit: 6 }), result('gpu_tiled', 32, {})];
    expect(gpuNotices(results, FIGURE_TEXTS.en)).toEqual([
      'Fewer steps per submission than asked for, so that none holds the GPU for too long: gpu_naive (6 instead of 32).',
    ]);
    expect(gpuNotices(results, FIGURE_TEXTS.fr)).toEqual([
      `Moins de pas par soumission que demandé, pour qu’aucune n’occupe le GPU trop longtemps${NO_BREAK}: gpu_naive (6 au lieu de 32).`,
    ]);
  });

  it('puts the variants of a kernel that asked for as many together, and names one that stands alone', () => {
    const results = [
      result('gpu_naive 64×64', 32, { stepsPerSubmit: 10 }),
      result('gpu_naive 512×512', 32, { stepsPerSubmit: 1 }),
      result('gpu_naive stepsPerSubmit=16', 16, { stepsPerSubmit: 3 }),
    ];
    const [notice] = gpuNotices(results, FIGURE_TEXTS.en);
    expect(notice).toContain(': gpu_naive (1 to 10 instead of 32), gpu_naive stepsPerSubmit=16 (3 instead of 16).');
    const [shortened] = gpuNotices(results, FIGURE_TEXTS.en, (items) => [items[0]!, `${items.length - 1} more`]);
    expect(shortened).toContain(': gpu_naive (1 to 10 instead of 32), 1 more.');
  });

  it('tells clocks that disagree beside it', () => {
    const notices = gpuNotices([result('gpu_naive', 32, { stepsPerSubmit: 6, gpuSeconds: 0.8 })], FIGURE_TEXTS.fr);
    expect(notices[0]).toContain(`gpu_naive (−20${NO_BREAK}%)`);
    expect(notices[1]).toContain('gpu_naive (6 au lieu de 32)');
  });

  it('waits for the end of the run', () => {
    expect(gpuNotices([result('gpu_naive', 32, { stepsPerSubmit: 6, gpuSeconds: 0.8 }, 'running')], FIGURE_TEXTS.en)).toEqual([]);
  });
});
