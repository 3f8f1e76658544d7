/**
 * The machine under the timings: for every turn of a run, in the order in which they were carried out, how long a step
 * took beside what is usual for its variant, and the clock, temperature, power and load of that time.
 */
import type { RoundCondition } from '../conditions.ts';
import { energyOf, hasEnergy } from '../energy.ts';
import { energySentence } from '../energy-words.ts';
import type { FigureTick } from '../figures/figure.ts';
import { evenTicks } from '../figures/log-axis.ts';
import type { RunRecord } from '../run.ts';
import { median, secondsPerStepOfRounds } from '../statistics.ts';
import { clockOf, slowedRounds, speedsOf, variantOfEntry } from '../throttling.ts';
import { formatInteger, formatNumber } from '../units.ts';
import { CONDITIONS_TEXTS } from './conditions-texts.ts';
import { frameOf, type PlotContext } from './frame.ts';
import type { PlotAxis, StripPoint, StripsPlot } from './plot.ts';

const STRIPS = ['time', 'clock', 'speed', 'temperature', 'power', 'load'] as const;
export type Strip = (typeof STRIPS)[number];
/** Without these a machine tells nothing of itself. */
const OF_SENSORS = ['clock', 'temperature', 'power'] as const satisfies readonly Strip[];

const MOST_TICKS = 4;
/** One alone gives no scale. */
const LEAST_TICKS = 2;

/** Of each turn, what a step took beside the median of its variant; undefined where it was not measured. */
function timesOf(run: RunRecord): (number | undefined)[] {
  const usual = run.variants.map(({ samples }) => (samples.length === 0 ? undefined : median(secondsPerStepOfRounds(samples))));
  const samplesOf = (entry: number) => (entry === run.variants.length ? run.control?.samples : run.variants[entry]?.samples) ?? [];
  return (run.conditions ?? []).map(({ round, variant }) => {
    const [seconds] = secondsPerStepOfRounds(samplesOf(variant).filter((sample) => sample.round === round));
    const median = usual[variantOfEntry(run, variant)];
    return seconds === undefined || median === undefined ? undefined : seconds / median;
  });
}

function wattsOf({ energy, before, after }: RoundCondition): number | undefined {
  if (energy !== undefined) return energy.joules / energy.seconds;
  return after.batteryWatts ?? before.batteryWatts;
}

/** In the unit of the axis: percent, gigahertz, degrees Celsius, watts. */
function valuesOf(run: RunRecord): Readonly<Record<Strip, (number | undefined)[]>> {
  const conditions = run.conditions ?? [];
  const scaled = (values: readonly (number | undefined)[], factor: number) =>
    values.map((value) => (value === undefined ? undefined : factor * value));
  return {
    time: scaled(timesOf(run), 100),
    clock: scaled(
      conditions.map((condition) => clockOf(condition, run)),
      1e-9,
    ),
    speed: scaled(
      speedsOf(run).map(({ loop }) => loop),
      100,
    ),
    temperature: conditions.map(({ after, before }) => after.celsius ?? before.celsius),
    power: conditions.map(wattsOf),
    load: scaled(
      conditions.map(({ otherLoad }) => otherLoad),
      100,
    ),
  };
}

/** Around the values, never so close that a change of a thousandth looks like one. */
function axisAround(title: string, values: readonly number[], label: (value: number) => string): PlotAxis {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = Math.max(0.1 * (most - least), 0.05 * Math.abs(most), 0.5);
  const domain = [Math.max(0, least - room), most + room] as const;
  let places = evenTicks(domain[0], domain[1], MOST_TICKS);
  for (let most = MOST_TICKS + 1; places.length < LEAST_TICKS; most++) places = evenTicks(domain[0], domain[1], most);
  const ticks = places.map((value): FigureTick => ({ value, label: label(value) }));
  return { title, scale: 'linear', domain, ticks, minor: [] };
}

export function buildConditions(context: PlotContext): StripsPlot {
  const { texts, language, runs, competitors, everyone } = context;
  const run = runs[0]!;
  const words = CONDITIONS_TEXTS[language];
  const conditions = run.conditions ?? [];
  const values = valuesOf(run);
  const slowed = new Set(slowedRounds(run).map(({ round, entry }) => `${round} ${entry}`));
  const labels = everyone.filter((competitor) => competitor.run === run).map(({ label }) => label);
  const turnText = ({ round, variant }: RoundCondition) => {
    const label = labels[variantOfEntry(run, variant)] ?? '';
    return words.turn(formatInteger(round + 1, language), variant === run.variants.length ? words.control(label) : label);
  };
  const strips = STRIPS.flatMap((strip) => {
    const points = conditions.flatMap((condition, at): StripPoint[] => {
      const y = values[strip][at];
      if (y === undefined) return [];
      const isSlowed = slowed.has(`${condition.round} ${condition.variant}`);
      const yText = `${formatNumber(y, language)}\u00a0${words.units[strip]}`;
      return [{ x: at + 1, y, xText: turnText(condition), yText, slowed: isSlowed }];
    });
    if (points.length === 0) return [];
    const y = axisAround(
      words.strips[strip],
      points.map((point) => point.y),
      (value) => formatNumber(value, language),
    );
    return [{ key: strip, y, points }];
  });
  const missing = OF_SENSORS.filter((strip) => values[strip].every((value) => value === undefined));
  const last = Math.max(1, conditions.length);
  const ticks = evenTicks(1, Math.max(2, last), 10).filter((turn) => Number.isInteger(turn) && turn >= 1 && turn <= last);
  return {
    kind: 'strips',
    ...frameOf(context, {
      axes: [],
      drawn: competitors.filter((competitor) => competitor.run === run),
      notices: [
        ...(missing.length === 0 ? [] : [words.missing(missing.map((strip) => words.names[strip]))]),
        ...(hasEnergy(run)
          ? []
          : [
              energySentence(
                run.variants.map((_, variant) => energyOf(run, variant)),
                language,
              ),
            ]),
      ],
      conclusion: [slowed.size === 0 ? words.noneSlowed(conditions.length) : words.slowed(slowed.size, conditions.length)],
      caption: [words.caption],
    }),
    x: {
      title: words.turns,
      scale: 'linear',
      domain: [0.5, last + 0.5],
      ticks: ticks.map((value) => ({ value, label: formatInteger(value, language) })),
      minor: [],
    },
    strips,
    key: { title: texts.legend, ...words.key },
  };
}
