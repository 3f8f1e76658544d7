import { describe, expect, test } from 'vitest';
import { COMPARISON_FORMATS } from '../../shared/contract.ts';
import { fixtureRun, fixtureSession, TOUR } from '../../shared/figures/figure.fixture.ts';
import { ROOFLINE_SESSIONS } from '../../shared/plots/roofline.fixture.ts';
import { exportComparison } from './export-comparison.ts';

const A = { name: 'mine', session: ROOFLINE_SESSIONS['a ladder']! };
const other = { ...TOUR[3]!, variant: { isa: 'avx2' as const } };
const B = { name: 'theirs, with a comma', session: fixtureSession(fixtureRun({ variants: [other], rounds: 3, batches: 2 })) };
const LOOK = { language: 'en', preset: 'report', grey: false, scale: 1 } as const;

describe.each(COMPARISON_FORMATS)('the roofline of two sessions as %s', (format) => {
  test('is named, and names both', async () => {
    const { fileName, bytes } = await exportComparison(A, B, { format, ...LOOK });
    expect(fileName).toBe(`comparison-roofline.${format}`);
    const text = Buffer.from(bytes).toString('latin1');
    if (format === 'svg') for (const name of ['A: mine', 'B: theirs']) expect(text).toContain(name);
    if (format === 'pdf') expect(text).toMatch(/^%PDF-/);
    if (format === 'png') expect(text).toMatch(/^\x89PNG/);
  });
});

test('its table has the samples of both sessions, whose runs may have the same numbers, and what places them', async () => {
  const { bytes } = await exportComparison(A, B, { format: 'csv', ...LOOK });
  const [head, ...rows] = new TextDecoder().decode(bytes).trim().split('\r\n');
  const columns = head!.split(',');
  expect(columns).toEqual(expect.arrayContaining(['session', 'flop_per_cell [FLOP]', 'bytes_per_cell [B]', 'intensity [FLOP/B]']));
  const theirs = rows.filter((row) => row.includes('"theirs, with a comma"'));
  expect(theirs).toHaveLength(3 * 2);
  const mine = rows.filter((row) => /(^|,)mine,/.test(row));
  expect(mine.length).toBe(rows.length - theirs.length);
  expect(mine.length).toBeGreaterThan(0);
});

test('of a session without anything under a roof there is nothing to export', async () => {
  await expect(exportComparison(A, { name: 'empty', session: fixtureSession() }, { format: 'svg', ...LOOK })).rejects.toMatchObject({
    trouble: { code: 'nothing-to-export' },
  });
});
