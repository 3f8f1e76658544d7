/** The logarithmic scale of the prediction's slider, with values that a person would say. */

/** Place of a value between `min` and `max`, from 0 to 1. */
export function logarithmicPosition(value: number, min: number, max: number): number {
  return Math.log(value / min) / Math.log(max / min);
}

/** The value at a place, rounded to two digits as people predict. */
export function logarithmicValue(position: number, min: number, max: number): number {
  const value = min * (max / min) ** position;
  return Math.min(max, Math.max(min, Number(value.toPrecision(2))));
}

const MOST_MARKS = 7;
const DIGITS = [[1, 2, 5], [1, 3], [1]];

function marksOf(digits: readonly number[], min: number, max: number): number[] {
  const marks: number[] = [];
  for (let power = Math.floor(Math.log10(min)); power <= Math.ceil(Math.log10(max)); power++) {
    for (const digit of digits) {
      const mark = Number((digit * 10 ** power).toPrecision(2));
      if (mark >= min * 0.999 && mark <= max * 1.001) marks.push(mark);
    }
  }
  return marks;
}

/** Round ratios between the ends, as many as there is room for. */
export function ratioMarks(min: number, max: number): number[] {
  return DIGITS.map((digits) => marksOf(digits, min, max)).find((marks) => marks.length <= MOST_MARKS) ?? [];
}
