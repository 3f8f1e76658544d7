import { expect, test } from 'vitest';
import { withoutOpening } from './source-view.ts';

test('the opening comment goes, of either kind, and nothing after it', () => {
  expect(withoutOpening('/**\n * Teaches: this.\n */\n#include "x.h"\n/* kept */\n')).toBe('#include "x.h"\n/* kept */\n');
  expect(withoutOpening('// Teaches this,\n// and that.\n\nstruct A { }; // kept\n')).toBe('struct A { }; // kept\n');
  expect(withoutOpening('int a;\n// kept\n')).toBe('int a;\n// kept\n');
});
