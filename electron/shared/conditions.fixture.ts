/** Made-up conditions of a run's rounds: a machine with all sensors, which a test changes where it wants. */
import type { RoundCondition } from './conditions.ts';
import { type FixtureRun, fixtureRun } from './figures/figure.fixture.ts';
import type { RunRecord } from './run.ts';

const CLOCK = 3.2e9;
const LOOP = 9e8;

/** Every variant once a round in its order, each turn a second long, on a machine at rest. */
export function conditionsOf(
  variants: number,
  rounds: number,
  change: (at: number, round: number, variant: number) => Partial<RoundCondition> = () => ({}),
): RoundCondition[] {
  return Array.from({ length: variants * rounds }, (_, at) => {
    const [round, variant] = [Math.floor(at / variants), at % variants];
    const reading = {
      clockHertz: Array<number>(16).fill(CLOCK),
      loopHertz: LOOP,
      celsius: 60,
      power: 'mains',
      governor: 'performance',
    } as const;
    const quiet = { otherLoad: 0.01, steal: 0, swapInPages: 0, swapOutPages: 0, throttles: 0 };
    return { round, variant, begin: at, end: at + 0.9, before: reading, after: reading, ...quiet, ...change(at, round, variant) };
  });
}

/** A reading of a machine that runs at a share of its usual speed. */
export const atSpeed = (share: number): RoundCondition['after'] => ({
  ...conditionsOf(1, 1)[0]!.after,
  clockHertz: Array<number>(16).fill(share * CLOCK),
  loopHertz: share * LOOP,
});

export function runUnder(run: FixtureRun, change?: Parameters<typeof conditionsOf>[2]): RunRecord {
  const record = fixtureRun(run);
  return { ...record, conditions: conditionsOf(record.variants.length, record.request.rounds, change) };
}
