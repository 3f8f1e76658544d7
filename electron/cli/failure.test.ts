import { describe, expect, it } from 'vitest';
import type { Trouble } from '../shared/trouble.ts';
import { sentenceOf } from './failure.ts';

describe('what is wrong, in the words of the command line', () => {
  const badValue = (name: string): Trouble => ({ code: 'bad-value', name, expected: 'a number', received: 'x' });

  it('names the option that gave a value of the engine', () => {
    expect(sentenceOf(badValue('diffusionU'), 'en')).toMatch(/^--du: /);
    expect(sentenceOf(badValue('workgroupX'), 'en')).toMatch(/^--param workgroupX: /);
    expect(sentenceOf(badValue('--rows'), 'en')).toMatch(/^--rows: /);
    expect(sentenceOf(badValue('observe.every'), 'en')).toMatch(/^--observe: /);
  });

  it('puts the option before trouble that names none, with the space before the colon that French wants', () => {
    const trouble: Trouble = { code: 'not-supported', kernel: 'autovec', what: 'boundary', received: 'frozen', supported: ['zero'] };
    expect(sentenceOf(trouble, 'en')).toMatch(/^--boundary: The kernel/);
    expect(sentenceOf(trouble, 'fr')).toMatch(/^--boundary\u00a0: Le noyau/);
  });
});
