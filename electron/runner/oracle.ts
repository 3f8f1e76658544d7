/** The reference of `kernels/reference.ts` over many steps, without leaving messages unread meanwhile. */
import type { Convention, Field, Grid } from '../../kernels/model.ts';
import { referenceStep } from '../../kernels/reference.ts';
import { nextTurn } from './next-turn.ts';

/** Longest stretch of the oracle's work without reading messages. */
const SLICE_MILLISECONDS = 15;

const inF64 = ({ u, v }: Field): Field => ({ u: Float64Array.from(u), v: Float64Array.from(v) });

/** Takes the oracle along from `start` to each step asked for, none before the last. What it gives is its own until the next. */
export function oracleFrom(start: Field, grid: Grid, convention: Convention, signal: AbortSignal): (step: number) => Promise<Field> {
  let from = inF64(start);
  let to = inF64(start);
  let done = 0;
  return async (step) => {
    let sliceBegan = performance.now();
    for (; done < step; done++) {
      referenceStep(from, to, grid, convention);
      [from, to] = [to, from];
      if (performance.now() - sliceBegan > SLICE_MILLISECONDS) {
        await nextTurn(signal);
        sliceBegan = performance.now();
      }
    }
    return from;
  };
}
