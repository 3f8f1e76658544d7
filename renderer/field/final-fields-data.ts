/** The final fields of a run, asked of the engine one after the other. */
import { decodeFrame, type Frame } from '../../electron/shared/frame.ts';
import type { RunRecord } from '../../electron/shared/run.ts';
import { tryEngine } from '../connection.ts';
import type { FieldSettings } from '../state/lab-store.ts';

const LONGEST_SIDE = 512;

/** Those that there are, by the index of their variant. Ends early once `wanted` says no. */
export async function finalFields(
  { id, variants }: Pick<RunRecord, 'id' | 'variants'>,
  { species, range }: Pick<FieldSettings, 'species' | 'range'>,
  wanted: () => boolean = () => true,
): Promise<ReadonlyMap<number, Frame>> {
  const found = new Map<number, Frame>();
  for (let variant = 0; variant < variants.length && wanted(); variant++) {
    const view = { species, maxRows: LONGEST_SIDE, maxCols: LONGEST_SIDE, ...range[species] };
    const answer = await tryEngine('finalField', { runId: id, variant, ...view });
    if (answer?.base64 === undefined) continue;
    const frame = decodeFrame(Uint8Array.from(atob(answer.base64), (character) => character.charCodeAt(0)));
    if (frame !== null) found.set(variant, frame);
  }
  return found;
}
