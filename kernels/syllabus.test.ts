import { describe, expect, test } from 'vitest';
import { findKernel } from './catalog.ts';
import { DAYS, variantKey } from './exercise.ts';
import type { Text } from './model.ts';
import { NOT_MEASURED } from './relation.ts';
import { EXERCISES, findExercise, nextExercise } from './syllabus.ts';

const words = (text: string) => text.split(/\s+/).filter((word) => word !== '').length;

function checkFrench(text: string): void {
  expect(text).not.toContain("'");
  // An ordinary space here would let the mark begin a line.
  expect(text).not.toMatch(/ [:;!?%»]|« /);
}

function checkText(text: Text): void {
  expect(text.en.trim()).not.toBe('');
  expect(text.fr.trim()).not.toBe('');
  expect(text.en).not.toContain("'");
  checkFrench(text.fr);
}

test('ids are unique, days are the school’s and in order, and the next exercise follows', () => {
  expect(new Set(EXERCISES.map(({ id }) => id)).size).toBe(EXERCISES.length);
  const days = EXERCISES.map(({ day }) => day);
  expect(days).toEqual([...days].sort((a, b) => a - b));
  for (const day of days) expect(DAYS.map((known) => known.day)).toContain(day);
  expect(findExercise('no such exercise')).toBeUndefined();
  expect(EXERCISES.map(({ id }) => nextExercise(id))).toEqual([...EXERCISES.slice(1), undefined]);
  expect(nextExercise('no such exercise')).toBeUndefined();
});

test('what lessons share is in both languages', () => {
  for (const text of [NOT_MEASURED, ...DAYS.map(({ title }) => title)]) checkText(text);
});

describe.each(EXERCISES.map((exercise) => [exercise.id, exercise] as const))('%s', (id, exercise) => {
  const texts = {
    title: exercise.title,
    goal: exercise.goal,
    idea: exercise.idea,
    changed: exercise.changed,
    question: exercise.prediction.question,
    lookAt: exercise.lookAt,
  };

  test('is written in full in both languages', () => {
    expect(id).toMatch(/^[A-Z]\d\db?$/);
    for (const text of Object.values(texts)) {
      checkText(text);
      expect(text.en).not.toBe(text.fr);
    }
    if (exercise.formula !== undefined) checkText(exercise.formula);
    for (const language of ['en', 'fr'] as const) {
      expect(words(exercise.idea[language])).toBeLessThan(200);
      expect(words(exercise.idea[language])).toBeGreaterThan(80);
      expect(exercise.prediction.question[language]).toMatch(/\?$/);
      // Marks of emphasis and of code come in pairs.
      for (const { [language]: text } of Object.values(texts))
        expect([text.split('**').length % 2, text.split('`').length % 2]).toEqual([1, 1]);
    }
  });

  test('compares kernels that exist, with tuning that they take', () => {
    const keys = exercise.variants.map(variantKey);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { kernel: kernelId, key, isa, threads, parameters } of exercise.variants) {
      const kernel = findKernel(kernelId)!;
      expect(kernel).toBeDefined();
      if (key !== undefined) expect(key.startsWith(`${kernelId}@`)).toBe(true);
      if (isa !== undefined) expect(kernel.isas).toContain(isa);
      if (threads !== undefined) expect(kernel.threaded).toBe(true);
      const { boundary, precision } = exercise.convention ?? {};
      if (boundary !== undefined) expect(kernel.boundaries).toContain(boundary);
      if (precision !== undefined) expect(kernel.precisions).toContain(precision);
      for (const [name, value] of Object.entries(parameters ?? {})) {
        const parameter = kernel.parameters.find((known) => known.name === name)!;
        expect(parameter).toBeDefined();
        if (parameter.choices !== undefined) expect(parameter.choices).toContain(value);
        else expect(Number(value) >= parameter.min && Number(value) <= parameter.max).toBe(true);
      }
    }
    expect(keys).toContain(exercise.baseline);
    expect(keys).toEqual(expect.arrayContaining([exercise.prediction.of, exercise.prediction.over]));
  });

  test('asks for a run that can be judged', () => {
    expect(exercise.rounds).toBeGreaterThanOrEqual(5);
    expect(exercise.steps).toBeGreaterThan(0);
    expect(exercise.prediction.min).toBeGreaterThan(0);
    expect(exercise.prediction.max).toBeGreaterThan(exercise.prediction.min);
  });
});
