/** Final fields inside a session: both species in packed parts, so that neither writing nor reading needs one huge blob. */
import type { DatabaseSync } from 'node:sqlite';
import type { Field, Grid } from '../../../kernels/model.ts';
import { packPart, partCount, unpackPart, VALUES_PER_PART } from '../field/pack.ts';
import { keptFieldSchema } from './read.ts';
import { sessionTrouble } from './session-trouble.ts';

const SPECIES = ['u', 'v'] as const;

export interface KeptField {
  readonly step: number;
  readonly grid: Grid;
  /** In 32-bit floats, whatever the run's precision. */
  readonly field: Field;
}

/** Replaces the field kept for the variant. Runs inside the caller's transaction. */
export function writeKeptField(database: DatabaseSync, runId: number, variant: number, step: number, grid: Grid, field: Field): void {
  database.prepare('DELETE FROM kept_field_part WHERE run = ? AND variant = ?').run(runId, variant);
  database.prepare('DELETE FROM kept_field WHERE run = ? AND variant = ?').run(runId, variant);
  database.prepare('INSERT INTO kept_field VALUES (?, ?, ?, ?, ?)').run(runId, variant, step, grid.rows, grid.cols);
  const insert = database.prepare('INSERT INTO kept_field_part (run, variant, species, part, packed) VALUES (?, ?, ?, ?, ?)');
  for (const species of SPECIES)
    for (let part = 0; part < partCount(grid.rows * grid.cols); part++)
      insert.run(runId, variant, species, part, packPart(field[species], part));
}

export function readKeptField(path: string, database: DatabaseSync, runId: number, variant: number): KeptField | undefined {
  const row = database
    .prepare('SELECT step, grid_rows AS rows, grid_cols AS cols FROM kept_field WHERE run = ? AND variant = ?')
    .get(runId, variant);
  if (row === undefined) return undefined;
  const { step, rows, cols } = keptFieldSchema.parse(row);
  const select = database.prepare('SELECT packed FROM kept_field_part WHERE run = ? AND variant = ? AND species = ? AND part = ?');
  const read = (species: (typeof SPECIES)[number]) => {
    const values = new Float32Array(rows * cols);
    for (let part = 0; part < partCount(values.length); part++) {
      const packed = select.get(runId, variant, species, part)?.packed;
      try {
        if (!(packed instanceof Uint8Array)) throw new TypeError('a part is missing');
        unpackPart(packed, values.subarray(part * VALUES_PER_PART, (part + 1) * VALUES_PER_PART));
      } catch (error) {
        throw sessionTrouble(path, 'corrupt', `the field of run ${runId}, variant ${variant}: ${(error as Error).message}`);
      }
    }
    return values;
  };
  return { step, grid: { rows, cols }, field: { u: read('u'), v: read('v') } };
}
