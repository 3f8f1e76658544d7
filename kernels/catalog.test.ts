import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findKernel, KERNELS, SOUND_KERNELS } from './catalog.ts';
import { contrast } from './contrast.fixture.ts';
import { defaultParameters, type Kernel } from './kernel.ts';
import { BOUNDARY_IDS, STENCIL_IDS } from './model.ts';

const root = join(import.meta.dirname, '..');

test('ids are unique and spelled for file names', () => {
  expect(new Set(KERNELS.map(({ id }) => id)).size).toBe(KERNELS.length);
  for (const { id } of KERNELS) expect(id).toMatch(/^[a-z][a-z0-9_]*$/);
  expect(findKernel('aos_nested')).toBe(KERNELS[0]);
  expect(findKernel('no_such_kernel')).toBeUndefined();
});

test('no two kernels look alike: colour, marker and dash differ as a triple', () => {
  expect(new Set(KERNELS.map(({ look }) => Object.values(look).join())).size).toBe(KERNELS.length);
});

const codeOf = ({ source }: Kernel): string[] => {
  const lines = readFileSync(join(root, ...source.split('/')), 'utf8').split('\n');
  return lines.slice(lines.indexOf(''));
};

test('a kernel that is wrong on purpose lacks one line of the one before, and is left out of the sound ones', () => {
  const broken = KERNELS.filter((kernel) => kernel.broken);
  expect(broken.length).toBeGreaterThan(0);
  expect([...SOUND_KERNELS, ...broken]).toHaveLength(KERNELS.length);
  for (const kernel of broken) {
    const right = codeOf(findKernel(kernel.previous!)!);
    const wrong = codeOf(kernel);
    expect(right.filter((line) => !wrong.includes(line)).map((line) => line.trim())).toEqual(['workgroupBarrier();']);
    expect(
      right.toSpliced(
        right.findIndex((line) => !wrong.includes(line)),
        1,
      ),
    ).toEqual(wrong);
  }
});

test.each(KERNELS.filter(({ candidates }) => candidates !== undefined).map((kernel) => [kernel.id, kernel] as const))(
  '%s has candidates of the same parameters, all within bounds, the defaults among them',
  (_, kernel) => {
    const candidates = kernel.candidates ?? [];
    const names = Object.keys(candidates[0]!);
    expect(new Set(candidates.map((candidate) => JSON.stringify(candidate))).size).toBe(candidates.length);
    expect(candidates).toContainEqual(Object.fromEntries(names.map((name) => [name, defaultParameters(kernel)[name]])));
    for (const candidate of candidates) {
      expect(Object.keys(candidate)).toEqual(names);
      for (const [name, value] of Object.entries(candidate)) {
        const { choices, min, max } = kernel.parameters.find((parameter) => parameter.name === name)!;
        if (choices !== undefined) expect(choices).toContain(value);
        else expect(Number.isInteger(value) && Number(value) >= min && Number(value) <= max, `${name} ${value}`).toBe(true);
      }
    }
  },
);

describe.each(KERNELS.map((kernel) => [kernel.id, kernel] as const))('%s', (id, kernel) => {
  test('shows a source file of its own name, and a rung before it that exists', () => {
    expect(existsSync(join(root, ...kernel.source.split('/')))).toBe(true);
    expect(kernel.source).toMatch(new RegExp(`/${id}\\.(cpp|f90|wgsl|ts)$`));
    if (kernel.previous !== undefined) {
      const previous = findKernel(kernel.previous);
      expect(previous).toBeDefined();
      expect(KERNELS.indexOf(previous!)).toBeLessThan(KERNELS.indexOf(kernel));
    }
  });

  test('supports every stencil and at least the zero and background boundaries', () => {
    expect([...kernel.stencils].sort()).toEqual([...STENCIL_IDS].sort());
    expect(kernel.boundaries).toEqual(expect.arrayContaining(['zero', 'background']));
    for (const boundary of kernel.boundaries) expect(BOUNDARY_IDS).toContain(boundary);
    expect(kernel.precisions).toContain('f32');
    if (kernel.backend === 'webgpu') expect(kernel.precisions).toEqual(['f32']);
    expect(kernel.isas !== undefined).toBe(kernel.backend === 'native');
    if (kernel.isas !== undefined) expect(kernel.isas).toContain('baseline');
  });

  test('is named and explained in both languages', () => {
    for (const text of [kernel.title, kernel.summary, kernel.cost.bytesFormula, ...kernel.parameters.map(({ title }) => title)]) {
      expect(text.en.trim()).not.toBe('');
      expect(text.fr.trim()).not.toBe('');
      expect(text.fr).not.toContain("'");
      // An ordinary space here would let the mark begin a line.
      expect(text.fr).not.toMatch(/ [:;!?%»]|« /);
    }
  });

  test('declares a cost for every stencil and precision', () => {
    for (const precision of kernel.precisions) {
      for (const stencil of kernel.stencils) {
        const context = { precision, stencil, parameters: defaultParameters(kernel) };
        expect(kernel.cost.bytesPerCell(context)).toBeGreaterThan(0);
        expect(kernel.cost.flopsPerCell(context)).toBeGreaterThan(0);
      }
    }
  });

  test('has parameters whose default is allowed', () => {
    for (const parameter of kernel.parameters) {
      if (parameter.choices !== undefined) expect(parameter.choices).toContain(parameter.default);
      else expect(parameter.default >= parameter.min && parameter.default <= parameter.max).toBe(true);
    }
    expect(new Set(kernel.parameters.map(({ name }) => name)).size).toBe(kernel.parameters.length);
  });

  test('can be seen on white and on the dark ground', () => {
    expect(kernel.look.color).toMatch(/^#[0-9A-F]{6}$/);
    expect(contrast(kernel.look.color, '#FFFFFF')).toBeGreaterThanOrEqual(3);
    expect(contrast(kernel.look.color, '#0F1115')).toBeGreaterThanOrEqual(3);
  });
});
