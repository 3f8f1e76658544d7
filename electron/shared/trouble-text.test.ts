import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from './contract.ts';
import { expected, translateExpectation } from './expectation.ts';
import { machineFieldSchema, sessionProblemSchema, type Trouble, troubleSchema, unavailableReasonSchema } from './trouble.ts';
import { troubleText } from './trouble-text.ts';

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('abc', 'a\nb', '\u001b[31mred', 'x'.repeat(5000), ''));
const texts = fc.array(text, { maxLength: 60 });
const number = fc.double();

/** Any trouble that the schema allows, one generator per code. */
const anyTrouble: fc.Arbitrary<Trouble> = fc.oneof(
  fc.record({ code: fc.constant('bad-value' as const), name: text, expected: text, received: text }),
  fc.record({ code: fc.constant('unknown-kernel' as const), received: text, known: texts }),
  fc.record({ code: fc.constant('unknown-exercise' as const), received: text, known: texts }),
  fc.record({
    code: fc.constant('not-supported' as const),
    kernel: text,
    what: fc.constantFrom(
      'boundary' as const,
      'stencil' as const,
      'precision' as const,
      'isa' as const,
      'threads' as const,
      'adapter' as const,
    ),
    received: text,
    supported: texts,
  }),
  fc.record({
    code: fc.constant('kernel-unavailable' as const),
    kernel: text,
    reason: fc.constantFrom(...unavailableReasonSchema.options),
    detail: text,
  }),
  fc.record({
    code: fc.constant('grid-too-large' as const),
    kernel: text,
    limit: fc.constantFrom('memory' as const, 'adapter' as const),
    largestCells: number,
    cells: number,
  }),
  fc.record({ code: fc.constant('runner-died' as const), backend: fc.constantFrom('native', 'webgpu'), detail: text }),
  fc.record({ code: fc.constant('runner-silent' as const), backend: fc.constantFrom('native', 'webgpu'), seconds: number }),
  fc.record({ code: fc.constantFrom('gpu-lost' as const, 'gpu-error' as const, 'out-of-memory' as const), detail: text }),
  fc.record({ code: fc.constant('verification-failed' as const), kernel: text, maxAbsError: fc.option(number), tolerance: number }),
  fc.record({ code: fc.constantFrom('cancelled' as const, 'busy' as const, 'disconnected' as const) }),
  fc.record({
    code: fc.constant('other-machine' as const),
    field: fc.constantFrom(...machineFieldSchema.options),
    expected: text,
    received: text,
  }),
  fc.record({
    code: fc.constant('session' as const),
    path: text,
    problem: fc.constantFrom(...sessionProblemSchema.options),
    detail: text,
  }),
  fc.record({ code: fc.constantFrom('cannot-write' as const, 'cannot-read' as const), path: text, detail: text }),
  fc.record({ code: fc.constantFrom('nothing-to-export' as const, 'internal' as const), detail: text }),
);

describe('the sentence of a trouble', () => {
  it('is one line that ends with a full stop, in both languages, whatever came from outside', () => {
    fc.assert(
      fc.property(anyTrouble, fc.constantFrom(...LANGUAGES), (trouble, language) => {
        const sentence = troubleText(trouble, language);
        expect(sentence).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}]{10,5000}\.$/u);
        expect(sentence).not.toContain('undefined');
      }),
    );
  });

  it('exists for every code, and differs between the languages', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(anyTrouble, (trouble) => {
        seen.add(trouble.code);
        expect(troubleText(trouble, 'fr')).not.toBe(troubleText(trouble, 'en'));
      }),
      { numRuns: 500 },
    );
    const codes = troubleSchema.options.map((option) => option.shape.code.value);
    expect([...seen].sort()).toEqual([...codes].sort());
  });

  it('names the option, what was expected and what was received', () => {
    const trouble: Trouble = { code: 'bad-value', name: '--rows', expected: expected.wholeNumber(1, 1_000_000), received: '2.5' };
    expect(troubleText(trouble, 'en')).toBe('--rows: expected a whole number from 1 to 1\u202f000\u202f000, received “2.5”.');
    expect(troubleText(trouble, 'fr')).toBe('--rows\u00a0: attendu un nombre entier de 1 à 1\u202f000\u202f000, reçu «\u00a02.5\u00a0».');
  });

  it('takes a detail for nothing but a text', () => {
    const trouble: Trouble = { code: 'cannot-read', path: '/a', detail: 'toString' };
    expect(troubleText(trouble, 'fr')).toContain('(toString)');
  });

  it('gives the largest possible grid', () => {
    const trouble: Trouble = { code: 'grid-too-large', kernel: 'autovec', limit: 'memory', largestCells: 12_345_678, cells: 1e9 };
    expect(troubleText(trouble, 'en')).toContain('at most 12\u202f345\u202f678 cells, received 1\u202f000\u202f000\u202f000');
  });

  it('leaves what came from outside as it was', () => {
    const path = '/home/ada/what : why ?/a.gslab';
    for (const language of LANGUAGES)
      expect(troubleText({ code: 'session', path, problem: 'empty', detail: '' }, language)).toContain(path);
    for (const problem of sessionProblemSchema.options) {
      const sentence = troubleText({ code: 'session', path: 'x', problem, detail: 'no permission to read it' }, 'fr');
      expect(sentence).not.toMatch(/ [:;?!»]|« |permission/);
    }
  });

  it('keeps the log of an internal fault out of it', () => {
    const detail = 'TypeError: x is not a function\n    at /somewhere/secret.ts:1:1';
    for (const language of LANGUAGES) expect(troubleText({ code: 'internal', detail }, language)).not.toContain('secret');
  });
});

describe('what was expected', () => {
  it('is known in French for every phrase that the app makes', () => {
    const phrases = [
      expected.wholeNumber(1, 10),
      expected.number(-1, 2.5),
      expected.anyNumber(),
      expected.oneOf(['f32', 'f64']),
      expected.nameAndValue([]),
      expected.nameAndValue(['workgroupX']),
      expected.fileName(['.npy', '.h5']),
      expected.newFile(),
      expected.folder(),
      expected.file(),
      expected.option(),
      expected.command(['run', 'list']),
      expected.freePort(),
      expected.argument('KERNEL'),
      expected.value(),
      expected.nothingMore(),
    ];
    for (const phrase of phrases) expect(translateExpectation(phrase, 'fr')).not.toBe(phrase);
    expect(translateExpectation(expected.number(-1, 2.5), 'fr')).toBe('un nombre de −1 à 2,5');
  });

  it('shows a phrase that it does not know as it is', () => {
    expect(translateExpectation('three blue fish', 'fr')).toBe('three blue fish');
  });
});
