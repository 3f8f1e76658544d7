import { expect, test } from 'vitest';
import { type Annotation, annotationChangeSchema, annotationSchema, changedAnnotation, withAnnotation } from './annotations.ts';

const AT = { runId: 2, variant: 1 };

test('a change sets what it names, an empty text takes it away, and nothing is left of what has nothing set', () => {
  const named = changedAnnotation(undefined, AT, { name: 'mine' });
  expect(named).toEqual({ ...AT, name: 'mine' });
  const hidden = changedAnnotation(named, AT, { hidden: true, note: 'on battery' });
  expect(hidden).toEqual({ ...AT, name: 'mine', note: 'on battery', hidden: true });
  expect(changedAnnotation(hidden, AT, { hidden: false })).toEqual({ ...AT, name: 'mine', note: 'on battery' });
  expect(changedAnnotation(hidden, AT, { name: '', note: '', hidden: false })).toBeUndefined();
  expect(changedAnnotation(hidden, AT, {})).toEqual(hidden);
});

test('the list keeps one for each result, in their order', () => {
  const list: Annotation[] = [
    { runId: 1, variant: 3, hidden: true },
    { runId: 2, variant: 1, name: 'a' },
  ];
  expect(withAnnotation(list, AT, { ...AT, name: 'b' })).toEqual([list[0], { ...AT, name: 'b' }]);
  expect(withAnnotation(list, AT, undefined)).toEqual([list[0]]);
  expect(withAnnotation(list, { runId: 1, variant: 0 }, { runId: 1, variant: 0, hidden: true })).toHaveLength(3);
  expect(withAnnotation(list, { runId: 1, variant: 0 }, { runId: 1, variant: 0, hidden: true })[0]?.variant).toBe(0);
});

test.each(['', ' led by a space', 'ended by one ', 'two\nlines', 'a\u0000', 'a\u0085b', 'a\ufffe', 'x'.repeat(61)])(
  'the name %j is refused, because a format could not hold it',
  (name) => expect(annotationSchema.safeParse({ ...AT, name }).success).toBe(false),
);

test.each(['a', 'été « 3 % »', '<b>&', '=1+1', '日本語', 'x'.repeat(60)])('the name %j is taken', (name) => {
  expect(annotationSchema.safeParse({ ...AT, name }).success).toBe(true);
  expect(annotationChangeSchema.safeParse({ name }).success).toBe(true);
});

test('a note has lines, and an annotation sets something', () => {
  expect(annotationSchema.safeParse({ ...AT, note: 'one\n\ttwo' }).success).toBe(true);
  expect(annotationSchema.safeParse({ ...AT, note: 'a\u001bb' }).success).toBe(false);
  expect(annotationSchema.safeParse(AT).success).toBe(false);
  expect(annotationSchema.safeParse({ ...AT, hidden: false }).success).toBe(false);
});
