/** The option that adds rounds until every comparison of a run is decided. */
import { MAX_CLEAR_SECONDS } from '../shared/run.ts';
import { wholeNumber } from './option-values.ts';

/** What it takes without a number, in seconds. */
const DEFAULT_SECONDS = 120;

export const UNTIL_CLEAR_OPTION = [
  '--until-clear [seconds]',
  `add rounds until every kernel can be told from the first and from those beside it in rank, or that can be ruled out, for at most so long (default: ${DEFAULT_SECONDS})`,
  wholeNumber('--until-clear', 1, MAX_CLEAR_SECONDS),
] as const;

/** Of the option's value, which is `true` without a number. */
export const untilClearOf = (value: number | true | undefined): { readonly seconds: number } | undefined =>
  value === undefined ? undefined : { seconds: value === true ? DEFAULT_SECONDS : value };
