import { expect, test } from 'vitest';
import { hangingColumns } from './hanging-indents.ts';

test.each([
  ['int rows = 3;', 0],
  ['    row(in, out);', 4],
  [' * Teaches: take the tests out.', 3],
  ['/** One step.', 4],
  ['  // the last row', 5],
  ['  *pointer = 0;', 2],
  ['', 0],
  [' '.repeat(60), 24],
])('%j goes on %i columns in', (line, columns) => expect(hangingColumns(line)).toBe(columns));
