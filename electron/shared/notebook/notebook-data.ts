/**
 * What a notebook is given to draw a figure again: the samples, what every mark is computed from, and words and looks. No
 * median and no interval is among them but those that were observed as they are: the notebook computes its own.
 */
import type { KernelLook } from '../../../kernels/kernel.ts';
import { stretchesOf } from '../course.ts';
import type { Figure, FigureTick } from '../figures/figure.ts';
import { guideLook } from '../plots/guide-look.ts';
import type { LinesPlot, Plot, PlotAxis, PlotPoint, WaterfallBar, WaterfallPlot } from '../plots/plot.ts';
import { roofDash, roofWidth } from '../plots/roofline-look.ts';
import { cellsOf, settingsOf } from '../run.ts';
import type { Session } from '../session.ts';
import { slowedSamples } from '../throttling.ts';

/** A variant's samples, in columns. */
interface Samples {
  readonly run: number;
  readonly label: string;
  readonly kernel: string;
  readonly ranked: boolean;
  readonly mark: string | null;
  readonly cells: number;
  readonly round: readonly number[];
  readonly steps: readonly number[];
  readonly seconds: readonly number[];
  /** Taken while the processor was slower than usual. */
  readonly slowed: readonly boolean[];
}

/** How a value on an axis comes of samples. */
type Value =
  /** Cell updates per second of a variant, times a factor where there is one. */
  | { readonly rate: string; readonly factor?: number }
  /** Seconds per step of a variant. */
  | { readonly time: string }
  /** The first variant's rate over the second's, times a factor. */
  | { readonly ratio: readonly [of: string, over: string]; readonly factor: number }
  /** The median over these, one of each round. */
  | { readonly medianOf: readonly number[] }
  | { readonly given: number };

interface Axis {
  readonly title: string;
  readonly log: boolean;
  readonly domain: readonly [number, number];
  readonly ticks: readonly (readonly [number, string])[];
}

interface Guide {
  readonly label: string;
  readonly color: string;
  readonly dash: readonly number[];
  readonly width: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

interface Look {
  readonly color: string;
  readonly marker: KernelLook['marker'];
  /** Lengths of dashes and gaps. */
  readonly dash: readonly number[];
}

type Drawing =
  | {
      readonly kind: 'rows';
      readonly axis: Axis;
      readonly rows: readonly ({
        readonly label: string;
        readonly of: string;
        readonly value: Value | null;
        readonly solid: boolean;
      } & Look)[];
      /** Dots are samples' rates over the median rate of this one, or the rates themselves. */
      readonly over: string | null;
    }
  | {
      readonly kind: 'lines';
      readonly x: Axis;
      readonly y: Axis;
      readonly series: readonly ({
        readonly label: string;
        readonly points: readonly { readonly x: number; readonly value: Value; readonly solid: boolean; readonly joined: boolean }[];
      } & Look)[];
      readonly guides: readonly Guide[];
    }
  | {
      readonly kind: 'heat-map';
      readonly xTitle: string;
      readonly yTitle: string;
      readonly x: readonly string[];
      readonly y: readonly string[];
      readonly shade: string;
      readonly cells: readonly { readonly x: number; readonly y: number; readonly value: Value; readonly solid: boolean }[];
    }
  | {
      readonly kind: 'histogram';
      readonly x: Axis;
      readonly yTitle: string;
      readonly bins: number;
      readonly series: readonly ({ readonly label: string; readonly of: string; readonly value: Value; readonly solid: boolean } & Look)[];
    }
  | {
      readonly kind: 'bars';
      readonly axis: Axis;
      readonly rows: readonly ({ readonly label: string; readonly value: Value; readonly solid: boolean } & Look)[];
    }
  | {
      readonly kind: 'timeline';
      readonly x: Axis;
      readonly lanes: readonly {
        readonly label: string;
        readonly spans: readonly { readonly what: string; readonly from: number; readonly to: number }[];
      }[];
    };

export interface NotebookData {
  readonly title: string;
  readonly conclusion: string;
  readonly widthMm: number;
  readonly samples: Readonly<Record<string, Samples>>;
  readonly drawing: Drawing;
}

const keyOf = ({ runId, variant }: { readonly runId: number; readonly variant: number }): string => `${runId}-${variant}`;

const lengthsOf = (dash: string): number[] => (dash === '' ? [] : dash.split(/[\s,]+/).map(Number));

const lookOf = ({ color, marker, dash }: KernelLook): Look => ({
  color,
  marker,
  dash: lengthsOf(dash),
});

const axisOf = ({
  title,
  scale,
  domain,
  ticks,
}: Pick<PlotAxis, 'title' | 'scale' | 'domain'> & { readonly ticks: readonly FigureTick[] }): Axis => ({
  ...{ title, log: scale === 'log', domain },
  ticks: ticks.map(({ value, label }) => [value, label]),
});

function samplesOf(rows: Figure['rows'] | Plot['rows'], session: Session): Record<string, Samples> {
  const slowed = new Map(session.runs.map((run) => [run, slowedSamples(run)]));
  const entries = rows.flatMap((row): [string, Samples][] => {
    const run = session.runs.find(({ id }) => id === row.runId);
    const result = run?.variants[row.variant];
    if (run === undefined || result === undefined) return [];
    const { samples, variant } = result;
    return [
      [
        keyOf(row),
        {
          ...{ run: run.id, label: row.label, kernel: row.kernel, ranked: row.ranked, mark: row.mark?.text ?? null },
          cells: cellsOf(settingsOf(run.request, variant).grid),
          round: samples.map(({ round }) => round),
          steps: samples.map(({ steps }) => steps),
          seconds: samples.map(({ seconds }) => seconds),
          slowed: samples.map((sample) => slowed.get(run)!(row.variant, sample)),
        },
      ],
    ];
  });
  return Object.fromEntries(entries);
}

/** Of a stretch between two observations: the time of each round that went through it. */
function courseValue(session: Session, point: PlotPoint): Value {
  const run = session.runs.find(({ id }) => id === point.runId);
  const result = run?.variants[point.variant];
  const stretches = run && result ? stretchesOf(run.request, result) : [];
  return { medianOf: stretches.find(({ from, to }) => (from + to) / 2 === point.x)?.secondsPerStep ?? [] };
}

/** `first` is the first point of the line, with one thread where lines are over threads. */
function pointValue(plot: LinesPlot, session: Session, point: PlotPoint, first: PlotPoint): Value {
  switch (plot.chart) {
    case 'scaling':
      return { ratio: [keyOf(point), keyOf(first)], factor: 1 };
    case 'weak-scaling':
      return { ratio: [keyOf(point), keyOf(first)], factor: 1 / point.x };
    case 'course':
      return courseValue(session, point);
    case 'observations':
      return { given: point.y.median };
    default:
      return { rate: keyOf(point) };
  }
}

/** Told apart by their markers and dashes. */
const STRIP_LOOKS: readonly KernelLook[] = [
  { color: '#1f2328', marker: 'circle', dash: '' },
  { color: '#3c4d6e', marker: 'square', dash: '6 3' },
  { color: '#3c4d6e', marker: 'diamond', dash: '2 3' },
  { color: '#9a5b00', marker: 'triangle', dash: '' },
  { color: '#9a5b00', marker: 'cross', dash: '6 3' },
  { color: '#777777', marker: 'plus', dash: '1 3' },
];

/** A point for each bar, at the value that it ends at. */
function waterfallDrawing({ x, bars, chained, key }: WaterfallPlot): Drawing {
  const measured = bars.filter(({ to }) => to !== undefined);
  const of = ({ runId, over }: WaterfallBar) => keyOf({ runId, variant: over! });
  const domain = [-0.5, Math.max(1, measured.length) - 0.5] as const;
  return {
    ...{ kind: 'lines', y: axisOf(x) },
    x: axisOf({ title: '', scale: 'linear', domain, ticks: measured.map(({ label }, value) => ({ value, label })) }),
    series: [
      {
        ...{ label: key.words, ...lookOf(STRIP_LOOKS[0]!) },
        points: measured.map((bar, at) => ({
          ...{ x: at, solid: bar.trusted, joined: chained },
          value: chained ? { time: keyOf(bar) } : { ratio: [of(bar), keyOf(bar)], factor: 1 },
        })),
      },
    ],
    guides: chained ? [] : [{ ...{ label: '1', color: 'gray', dash: [6, 4], width: 1.2 }, x: [...domain], y: [1, 1] }],
  };
}

function drawingOfPlot(plot: Plot, session: Session): Drawing {
  switch (plot.kind) {
    case 'lines':
      return {
        ...{ kind: 'lines', x: axisOf(plot.x), y: axisOf(plot.y) },
        series: plot.series.map(({ label, look, points }) => ({
          ...{ label, ...lookOf(look) },
          points: points.map((point) => ({
            ...{ x: point.x, solid: point.trusted, joined: point.ranked },
            value: pointValue(plot, session, point, points[0]!),
          })),
        })),
        guides: plot.guides.map((guide) => {
          const { of, dash } = guideLook(guide, plot);
          const { label, points } = guide;
          return {
            ...{ label, color: of?.look.color ?? 'gray', dash: lengthsOf(dash), width: 1.2 },
            ...{ x: points.map(({ x }) => x), y: points.map(({ y }) => y) },
          };
        }),
      };
    case 'roofline':
      return {
        ...{ kind: 'lines', x: axisOf(plot.x), y: axisOf(plot.y) },
        series: plot.points.map((point) => ({
          ...{ label: point.label, ...lookOf(point.look) },
          points: [{ x: point.x, value: { rate: keyOf(point), factor: point.flopsPerCell }, solid: point.trusted, joined: false }],
        })),
        guides: plot.roofs.map((roof) => ({
          ...{ label: roof.label, color: 'gray', dash: lengthsOf(roofDash(roof)), width: roofWidth(roof) },
          ...{ x: roof.ends.map(({ x }) => x), y: roof.ends.map(({ y }) => y) },
        })),
      };
    case 'strips': {
      // One axis has to do: each line's label names its unit.
      const ys = plot.strips.flatMap(({ points }) => points.map(({ y }) => y));
      const domain = [Math.min(0, ...ys), Math.max(1, ...ys)] as const;
      const y = axisOf({ title: '', scale: 'linear', domain, ticks: [] });
      return {
        ...{ kind: 'lines', x: axisOf(plot.x), y },
        series: plot.strips.map((strip, at) => ({
          ...{ label: strip.y.title, ...lookOf(STRIP_LOOKS[at % STRIP_LOOKS.length]!) },
          points: strip.points.map((point) => ({ x: point.x, value: { given: point.y }, solid: !point.slowed, joined: true })),
        })),
        guides: [],
      };
    }
    case 'waterfall':
      return waterfallDrawing(plot);
    case 'heat-map':
      return {
        ...{ kind: 'heat-map', xTitle: plot.x.title, yTitle: plot.y.title, shade: plot.key.shade },
        ...{ x: plot.x.values.map(({ label }) => label), y: plot.y.values.map(({ label }) => label) },
        cells: plot.cells
          .filter(({ rate }) => rate !== undefined)
          .map((cell) => ({ x: cell.x, y: cell.y, value: { rate: keyOf(cell) }, solid: cell.trusted })),
      };
    case 'histogram': {
      const bin = plot.series.flatMap(({ bins }) => bins)[0];
      const [low, high] = plot.x.domain;
      return {
        ...{ kind: 'histogram', x: axisOf(plot.x), yTitle: plot.y.title },
        bins: bin === undefined ? 1 : Math.round(Math.log(high / low) / Math.log(bin.to / bin.from)),
        series: plot.series.map((series) => ({
          ...{ label: series.label, of: keyOf(series), value: { time: keyOf(series) }, solid: series.trusted },
          ...lookOf(series.look),
        })),
      };
    }
    case 'bars':
      return {
        ...{ kind: 'bars', axis: axisOf(plot.x) },
        rows: plot.bars.map(({ label, look, rounds, trusted }) => ({
          ...{ label, value: { medianOf: rounds }, solid: trusted },
          ...lookOf(look),
        })),
      };
    case 'timeline':
      return {
        ...{ kind: 'timeline', x: axisOf(plot.x) },
        lanes: plot.groups.flatMap(({ label, lanes }) =>
          lanes.map((lane) => ({
            label: `${label}, ${lane.label}`,
            spans: lane.spans.map(({ what, from, to }) => ({ what: plot.key.spans[what], from, to })),
          })),
        ),
      };
  }
}

function drawingOfFigure({ chart, axis, rows }: Figure): Drawing {
  const baseline = rows.find((row) => row.baseline);
  const over = chart === 'speedup' && baseline?.ranked === true ? keyOf(baseline) : null;
  return {
    ...{ kind: 'rows', axis: axisOf({ ...axis, scale: 'log' }), over },
    rows: rows.map((row) => ({
      ...{ label: row.label, of: keyOf(row), solid: row.ranked },
      value: row.interval === undefined ? null : over === null ? { rate: keyOf(row) } : { ratio: [keyOf(row), over], factor: 1 },
      ...lookOf(row.look),
    })),
  };
}

const isPlot = (chart: Figure | Plot): chart is Plot => 'kind' in chart;

export function notebookData(chart: Figure | Plot, session: Session, widthMm: number): NotebookData {
  const { title, conclusion } = chart;
  return {
    ...{ title, conclusion, widthMm },
    samples: samplesOf(chart.rows, session),
    drawing: isPlot(chart) ? drawingOfPlot(chart, session) : drawingOfFigure(chart),
  };
}
