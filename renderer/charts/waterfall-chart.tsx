/**
 * Bars from one place of the axis to another, a row for each with its words beside it or, where there is little room,
 * above it. What a bar says is told by its filling, never by a colour alone; below stands what each shows, in words.
 */
import { fitText } from '../../electron/shared/figures/text-width.ts';
import { WATERFALL_KINDS, type WaterfallBar, type WaterfallKind, type WaterfallPlot } from '../../electron/shared/plots/plot.ts';
import { ChartFrame } from './chart-frame.tsx';
import { SMALL } from './chart-geometry.ts';
import { HoverTip, useTip } from './hover-tip.tsx';
import { AxisBelow } from './plot-axis.tsx';
import { Legend, LegendItem, Swatch } from './plot-legend.tsx';
import { type Place, placeOn, widestLabel } from './plot-place.ts';
import type { Box } from './use-box.ts';

/** In em: a row with its words beside the bar; where they stand above it, a line of them, and the bar with what is around it. */
const ROW = 3.5;
const LINE = 1.05;
const BELOW_WORDS = 2.2;
const HEAD = 1.6;
const FOOT = 3.2;
const BAR = 1;
/** Narrower charts, in em, have the words above. */
const NARROW = 46;
const HATCH = 'gs-waterfall-hatch';

const PAINT: Readonly<Record<WaterfallKind, { readonly fill: string; readonly dash?: string }>> = {
  longer: { fill: 'var(--gs-accent)' },
  shorter: { fill: `url(#${HATCH})` },
  same: { fill: 'var(--gs-surface)' },
  unclear: { fill: 'var(--gs-surface)', dash: '3 2' },
  start: { fill: 'var(--gs-accent)' },
};

function Hatch() {
  return (
    <defs>
      <pattern id={HATCH} width={6} height={6} patternUnits="userSpaceOnUse">
        <rect width={6} height={6} fill="var(--gs-surface)" />
        <path d="M-1 7L7 -1M-1 1L1 -1M5 7L7 5" stroke="var(--gs-accent)" strokeWidth={1.6} />
      </pattern>
    </defs>
  );
}

interface BlockProps {
  readonly from: number;
  readonly to: number;
  readonly y: number;
  readonly height: number;
  readonly kind: WaterfallKind;
  readonly trusted?: boolean;
}

function Block({ from, to, y, height, kind, trusted = true }: BlockProps) {
  const { fill, dash } = trusted ? PAINT[kind] : { fill: 'var(--gs-surface)', dash: '1 2' };
  return (
    <rect
      x={Math.min(from, to)}
      y={y - height / 2}
      width={Math.max(2, Math.abs(to - from))}
      height={height}
      fill={fill}
      stroke="var(--gs-accent)"
      strokeWidth={1.4}
      strokeDasharray={dash}
    />
  );
}

/** With an edge of the ground, so that it is seen on a full bar too. */
function Whisker({ low, high, y, em, bold }: { low: number; high: number; y: number; em: number; bold: boolean }) {
  const end = 0.3 * em;
  const d = `M${low} ${y}H${high}M${low} ${y - end}v${2 * end}M${high} ${y - end}v${2 * end}`;
  return (
    <>
      <path d={d} stroke="var(--gs-surface)" strokeWidth={bold ? 6 : 4.5} fill="none" />
      <path d={d} stroke="var(--gs-text)" strokeWidth={bold ? 2.6 : 1.6} fill="none" />
    </>
  );
}

interface RowProps {
  readonly bar: WaterfallBar;
  readonly top: number;
  /** In em, above the bar. */
  readonly words: number;
  readonly em: number;
  readonly place: Place;
  readonly labelWidth: number;
  readonly width: number;
  readonly bold: boolean;
}

/** In em, of the words above a bar; none where they stand beside it. */
const wordsOf = ({ bars }: WaterfallPlot, tall: boolean): number => (tall ? LINE * (bars.some(({ module }) => module !== '') ? 3 : 2) : 0);
const rowOf = (words: number): number => (words > 0 ? words + BELOW_WORDS : ROW);
/** Middle of the drawing of a row, with so many em of words above it. */
const middleOf = (top: number, words: number, em: number): number => top + (words > 0 ? words + 0.3 + BAR / 2 : ROW / 2) * em;

function Row({ bar, top, words, em, place, labelWidth, width, bold }: RowProps) {
  const small = SMALL * em;
  const y = middleOf(top, words, em);
  const first = top + (words > 0 || bar.module !== '' ? 0.95 : 1.45) * em;
  const line = (text: string, at: number) => (
    <text className="gs-fitted" x={0} y={at} fontSize={small} fill="var(--gs-text-dim)">
      {fitText(text, labelWidth, small)}
    </text>
  );
  return (
    <>
      <text className="gs-fitted" x={0} y={first} fontSize={em} fontWeight={600} fill="var(--gs-text)">
        {fitText(bar.label, labelWidth, em, 600)}
      </text>
      {line(bar.what, first + 1.1 * em)}
      {bar.module !== '' && line(bar.module, first + 2.1 * em)}
      {bar.to !== undefined && (
        <>
          <Block
            from={place(bar.from ?? bar.to.median)}
            to={place(bar.to.median)}
            y={y}
            height={BAR * em}
            kind={bar.kind}
            trusted={bar.trusted}
          />
          <Whisker low={place(bar.to.low)} high={place(bar.to.high)} y={y} em={em} bold={bold} />
        </>
      )}
      <text x={width} y={y - 0.1 * em} fontSize={em} fontWeight={600} textAnchor="end" fill="var(--gs-text)">
        {bar.text}
      </text>
      <text x={width} y={y + 0.95 * em} fontSize={small} textAnchor="end" fill={bar.trusted ? 'var(--gs-text-dim)' : 'var(--gs-error)'}>
        {bar.below}
      </text>
    </>
  );
}

const isTall = ({ width, em }: Pick<Box, 'width' | 'em'>): boolean => width < NARROW * em;

function heightOf(plot: WaterfallPlot, box: Pick<Box, 'width' | 'em'>): number {
  const { bars, reference } = plot;
  return (reference === undefined ? 0 : HEAD) + bars.length * rowOf(wordsOf(plot, isTall(box))) + FOOT;
}

function Drawing({ plot, width, height, em, projector }: Box & { readonly plot: WaterfallPlot; readonly projector: boolean }) {
  const { tip, over } = useTip();
  const { bars, reference, chained } = plot;
  const small = SMALL * em;
  const tall = isTall({ width, em });
  const values = Math.max(
    widestLabel(
      bars.map(({ text }) => text),
      em,
      600,
    ),
    widestLabel(
      bars.map(({ below }) => below),
      small,
    ),
  );
  const natural = Math.max(
    widestLabel(
      bars.map(({ label }) => label),
      em,
      600,
    ),
    widestLabel(
      bars.flatMap(({ what, module }) => [what, module]),
      small,
    ),
  );
  const labelWidth = tall ? width : Math.min(0.44 * width, natural);
  const left = tall ? 0.5 * em : labelWidth + em;
  const right = width - values - em;
  const head = reference === undefined ? 0 : HEAD * em;
  const words = wordsOf(plot, tall);
  const rowHeight = rowOf(words) * em;
  // Clear of the words above.
  const reach = (tall ? 0.65 : 1) * em;
  const bottom = head + bars.length * rowHeight;
  const place = placeOn(plot.x, left, right);
  const half = reference === undefined ? 0 : widestLabel([reference.label], small, 600) / 2;
  return (
    <>
      <svg width={width} height={bottom + FOOT * em} aria-hidden="true">
        <Hatch />
        <AxisBelow axis={plot.x} place={place} left={left} right={width} top={tall ? bottom : head} bottom={bottom} em={em} />
        {reference !== undefined && (
          <>
            {bars.map(({ key }, index) => {
              const y = middleOf(head + index * rowHeight, words, em);
              return (
                <line
                  key={key}
                  x1={place(reference.value)}
                  x2={place(reference.value)}
                  y1={y - reach}
                  y2={y + reach}
                  stroke="var(--gs-text)"
                  strokeWidth={1.4}
                />
              );
            })}
            <text
              x={Math.min(right - half, Math.max(left + half, place(reference.value)))}
              y={em}
              fontSize={small}
              fontWeight={600}
              textAnchor="middle"
              fill="var(--gs-text-dim)"
            >
              {reference.label}
            </text>
          </>
        )}
        {chained &&
          bars.map((bar, index) => {
            const before = bars.slice(0, index).findLast(({ to }) => to !== undefined);
            if (before?.to === undefined || bar.to === undefined) return null;
            const from = middleOf(head + bars.indexOf(before) * rowHeight, words, em) + (BAR / 2) * em;
            const to = middleOf(head + index * rowHeight, words, em) - (BAR / 2) * em;
            const x = place(before.to.median);
            // Where words stand above the bars, a line down would strike them through.
            return tall ? null : <line key={bar.key} x1={x} x2={x} y1={from} y2={to} stroke="var(--gs-text-dim)" strokeDasharray="2 3" />;
          })}
        {bars.map((bar, index) => {
          const top = head + index * rowHeight;
          return (
            <g key={bar.key} data-bar={bar.key} data-kind={bar.kind} {...over([bar.label, bar.what, `${bar.text} ${bar.below}`])}>
              {/* A place to point at that is larger than the bar. */}
              <rect x={0} y={top} width={width} height={rowHeight} fill="transparent" />
              <Row bar={bar} top={top} words={words} em={em} place={place} labelWidth={labelWidth} width={width} bold={projector} />
            </g>
          );
        })}
      </svg>
      <HoverTip tip={tip} width={width} height={height} />
    </>
  );
}

function Sentences({ plot }: { readonly plot: WaterfallPlot }) {
  const { key, bars, absent } = plot;
  return (
    <section className="gs-waterfall-words" aria-label={key.words}>
      <h3>{key.words}</h3>
      <ul>
        {bars.map((bar) => (
          <li key={bar.key} data-testid={`words-${bar.key.replace(' ', '-')}`}>
            {bar.sentence}
          </li>
        ))}
      </ul>
      {absent.length > 0 && (
        <>
          <h3>{key.absent}</h3>
          <ul data-testid="waterfall-absent">
            {absent.map((each) => (
              <li key={each.key}>{each.sentence}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

export function WaterfallChart({ plot, projector }: { readonly plot: WaterfallPlot; readonly projector: boolean }) {
  const used = WATERFALL_KINDS.filter((kind) => plot.bars.some((bar) => bar.kind === kind && bar.to !== undefined));
  const height = (box: Box) => heightOf(plot, box) * box.em;
  return (
    <>
      <p className="gs-waterfall-conclusion" data-testid="waterfall-conclusion">
        {plot.conclusion}
      </p>
      <Legend>
        {used.map((kind) => (
          <LegendItem
            key={kind}
            mark={
              <Swatch>
                <Hatch />
                <Block from={kind === 'start' ? 9 : 1} to={kind === 'start' ? 11 : 19} y={5} height={8} kind={kind} />
              </Swatch>
            }
          >
            {plot.key.kinds[kind]}
          </LegendItem>
        ))}
        <LegendItem
          mark={
            <Swatch>
              <Whisker low={2} high={18} y={5} em={11} bold={false} />
            </Swatch>
          }
        >
          {plot.key.interval}
        </LegendItem>
      </Legend>
      <ChartFrame label={[plot.conclusion, ...plot.notices].join(' ')} least={height} most={height}>
        {(box) => <Drawing plot={plot} projector={projector} {...box} />}
      </ChartFrame>
      <Sentences plot={plot} />
    </>
  );
}
