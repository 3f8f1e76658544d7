/**
 * The field at the end of a run as files: V, rows × cols, like the school's own tools write it. With one kernel the
 * file has the name that was given; with several each kernel has a file of its own, `name-kernel.npy`.
 */
import { extname } from 'node:path';
import type { FieldArray, Grid } from '../../kernels/model.ts';
import { encodeHdf5 } from '../engine/field/hdf5.ts';
import { encodeNpy } from '../engine/field/npy.ts';
import { writeFileSafely } from '../engine/field/write.ts';
import { outputFile } from './output-path.ts';

const EXTENSIONS = ['.npy', '.h5'];

/** The path of each kernel's file, every one of which may be written. The labels tell the kernels apart. */
export function fieldFiles(path: string, labels: readonly string[], force: boolean): string[] {
  const check = (file: string) => outputFile(file, { option: '--field', extensions: EXTENSIONS, force });
  // The given name is checked in any case: its mistakes are told in its own words.
  const whole = check(path);
  if (labels.length === 1) return [whole];
  const extension = extname(whole);
  const stem = whole.slice(0, -extension.length);
  return labels.map((label) => check(`${stem}-${label}${extension}`));
}

export async function writeField(path: string, concentration: FieldArray, grid: Grid): Promise<void> {
  const bytes = path.toLowerCase().endsWith('.npy')
    ? encodeNpy(concentration, [grid.rows, grid.cols])
    : await encodeHdf5([concentration], grid);
  writeFileSafely(path, bytes);
}
