import { describe, expect, test } from 'vitest';
import { isProblem, readValues } from './values.ts';

const whole = { min: 1, max: 4096 };

describe('whole numbers', () => {
  test.each([
    ['1, 2,4', [1, 2, 4]],
    ['8;2;8', [2, 8]],
    ['5', [5]],
    ['1:4', [1, 2, 3, 4]],
    ['1:4096', [1, 513, 1025, 1537, 2049, 2560, 3072, 3584, 4096]],
    ['10:50:5', [10, 20, 30, 40, 50]],
    ['64:1024log', [64, 128, 256, 512, 1024]],
    ['64 : 1000 log', [64, 128, 256, 512, 1000]],
    ['1:1000:4log', [1, 10, 100, 1000]],
    ['1:1000:4:log', [1, 10, 100, 1000]],
    ['1:3:50', [1, 2, 3]],
    ['1\u202f000:2\u202f000:2', [1000, 2000]],
  ])('%s', (text, values) => {
    expect(readValues(text, whole)).toEqual(values);
  });

  test.each([
    ['', /^a list a,b,c or a range/],
    ['1,,2', /^a list/],
    ['0:4', /from 1 to 4096$/],
    ['1:5000', /from 1 to 4096$/],
    ['2.5', /^a list/],
    ['a:b', /^a list/],
    ['8:8', /second number is the larger/],
    ['9:3', /second number is the larger/],
    ['1:9:1', /^a range of 2 to 1000 points$/],
    ['1:9:x', /^a range of 2 to 1000 points$/],
  ])('refuses “%s”', (text, phrase) => {
    const read = readValues(text, whole);
    expect(isProblem(read) && read.expected).toMatch(phrase);
  });

  test('has no logarithm of nothing', () => {
    const read = readValues('0:8log', { min: 0, max: 64 });
    expect(isProblem(read) && read.expected).toMatch(/begins at 1/);
  });
});

test('words stand in their own order, once each', () => {
  expect(readValues('f64, f32 f32', { words: ['f32', 'f64'] })).toEqual(['f32', 'f64']);
  const read = readValues('f32,f16', { words: ['f32', 'f64'] });
  expect(read).toEqual({ expected: 'one or more of f32, f64, with commas between', received: 'f16' });
});
