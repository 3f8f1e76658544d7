/** The one list of exercises, in the order of the school's days. Adding an exercise is its entry and one line here. */
import type { Exercise } from './exercise.ts';
import { b01 } from './exercises/b01.ts';
import { c01 } from './exercises/c01.ts';
import { c01b } from './exercises/c01b.ts';
import { c02 } from './exercises/c02.ts';
import { c03 } from './exercises/c03.ts';
import { c04 } from './exercises/c04.ts';
import { c05 } from './exercises/c05.ts';
import { c06 } from './exercises/c06.ts';
import { c07 } from './exercises/c07.ts';
import { c08 } from './exercises/c08.ts';
import { c09 } from './exercises/c09.ts';
import { c10 } from './exercises/c10.ts';
import { c11 } from './exercises/c11.ts';
import { c12 } from './exercises/c12.ts';
import { c13 } from './exercises/c13.ts';
import { c14 } from './exercises/c14.ts';
import { c15 } from './exercises/c15.ts';
import { c16 } from './exercises/c16.ts';
import { c17 } from './exercises/c17.ts';
import { c18 } from './exercises/c18.ts';
import { c19 } from './exercises/c19.ts';
import { c20 } from './exercises/c20.ts';
import { c21 } from './exercises/c21.ts';
import { g01 } from './exercises/g01.ts';
import { g02 } from './exercises/g02.ts';
import { g03 } from './exercises/g03.ts';
import { g04 } from './exercises/g04.ts';
import { g05 } from './exercises/g05.ts';
import { g06 } from './exercises/g06.ts';
import { g07 } from './exercises/g07.ts';
import { g08 } from './exercises/g08.ts';
import { g09 } from './exercises/g09.ts';
import { g10 } from './exercises/g10.ts';
import { g11 } from './exercises/g11.ts';
import { g12 } from './exercises/g12.ts';
import { g13 } from './exercises/g13.ts';
import { g14 } from './exercises/g14.ts';
import { g15 } from './exercises/g15.ts';

export const EXERCISES: readonly Exercise[] = [
  c01,
  c01b,
  c02,
  c03,
  c04,
  c05,
  c06,
  c07,
  c08,
  c15,
  c16,
  c17,
  c12,
  c13,
  c14,
  c18,
  c19,
  c09,
  c10,
  c11,
  g01,
  g02,
  g03,
  g04,
  g05,
  g06,
  g07,
  g08,
  g09,
  g10,
  g11,
  g12,
  g13,
  g14,
  g15,
  c20,
  c21,
  b01,
];

export function findExercise(id: string): Exercise | undefined {
  return EXERCISES.find((exercise) => exercise.id === id);
}

/** The exercise after this one, in the order of the syllabus; undefined after the last. */
export function nextExercise(id: string): Exercise | undefined {
  const index = EXERCISES.findIndex((exercise) => exercise.id === id);
  return index < 0 ? undefined : EXERCISES[index + 1];
}
