/**
 * Kernels under the roofs of their machine, drawn by hand from the same layout as the file. Points, roofs and ridges say
 * what they are under the pointer, points on keyboard focus too. With `guess` the diamond of a prediction is moved by
 * the pointer or the arrow keys.
 */
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { markerPath } from '../../electron/shared/figures/markers.ts';
import { textWidth } from '../../electron/shared/figures/text-width.ts';
import { turnedTextBox } from '../../electron/shared/figures/turned-box.ts';
import type { RooflinePlot, RooflinePoint } from '../../electron/shared/plots/plot.ts';
import {
  layoutRoofline,
  type PlacedArrow,
  type PlacedPoint,
  type PlacedRoof,
  type RooflineLabel,
  type RooflineLayout,
} from '../../electron/shared/plots/roofline-layout.ts';
import { ARROW_HEAD, PREDICTION_SCALE, roofDash, roofWidth, SOFTWARE_RING } from '../../electron/shared/plots/roofline-look.ts';
import { BetterEnd, betterEndWidth } from './better-end.tsx';
import { ChartFrame } from './chart-frame.tsx';
import { SMALL } from './chart-geometry.ts';
import { HoverTip, type TipHandlers, useTip } from './hover-tip.tsx';
import { Legend, LegendItem, LineSwatch, MarksKey, Swatch } from './plot-legend.tsx';
import { ticksAlong, ticksUp, titleWithin, widestLabel } from './plot-place.ts';
import type { Box } from './use-box.ts';

/** Least height of the drawing, in em. */
const LEAST_HEIGHT = 24;
/** Points alone, without roofs and their labels, are told apart on less. */
const LEAST_HEIGHT_BARE = 16;
const FOOT = 3.2;

/** A prediction that is being placed. */
export interface Guess {
  readonly label: string;
  readonly color: string;
  /** Flop a byte of its kernel. */
  readonly x: number;
  /** Flop a second; undefined while nobody has placed it. */
  readonly y: number | undefined;
  /** "3000 Mcell/s", or what to do first. */
  readonly text: string;
  readonly onMove: (flopsPerSecond: number) => void;
  /** To the kernel before or behind. */
  readonly onTurn: (by: 1 | -1) => void;
}

interface Look {
  readonly em: number;
  readonly projector: boolean;
}

const outline = (label: RooflineLabel): string =>
  `M${turnedTextBox({ ...label, weight: 400, color: '' })
    .corners.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`)
    .join('L')}Z`;

function Label({ label, fill }: { readonly label: RooflineLabel; readonly fill: string }) {
  return (
    <g pointerEvents="none">
      <path d={outline(label)} fill="var(--gs-surface)" fillOpacity={0.8} />
      <text
        x={label.x}
        y={label.y}
        fontSize={label.size}
        textAnchor={label.anchor}
        fill={fill}
        {...(label.angle !== 0 && { transform: `rotate(${label.angle} ${label.x} ${label.y})` })}
      >
        {label.text}
      </text>
    </g>
  );
}

function Roof({ placed, over, projector }: { readonly placed: PlacedRoof; readonly over: TipHandlers; readonly projector: boolean }) {
  const { roof, from, to } = placed;
  const ends = { x1: from.x, y1: from.y, x2: to.x, y2: to.y };
  return (
    <g {...over}>
      <line {...ends} stroke="transparent" strokeWidth={9} />
      <line {...ends} stroke="var(--gs-text-dim)" strokeWidth={roofWidth(roof) * (projector ? 1.7 : 1)} strokeDasharray={roofDash(roof)} />
    </g>
  );
}

function Arrow({ from, bend, to }: PlacedArrow) {
  const degrees = (180 * Math.atan2(to.y - bend.y, to.x - bend.x)) / Math.PI;
  return (
    <g pointerEvents="none">
      <path d={`M${from.x} ${from.y}Q${bend.x} ${bend.y} ${to.x} ${to.y}`} fill="none" stroke="var(--gs-text-dim)" />
      <path transform={`translate(${to.x} ${to.y}) rotate(${degrees})`} d={ARROW_HEAD} fill="var(--gs-text-dim)" />
    </g>
  );
}

const radiusOf = ({ em, projector }: Look): number => (projector ? 0.42 : 0.36) * em;

interface PointProps extends Look {
  readonly placed: PlacedPoint;
  readonly lines: readonly string[];
  readonly over: TipHandlers;
  readonly onFocus: () => void;
  readonly onBlur: () => void;
}

function Point({ placed, lines, over, onFocus, onBlur, em, projector }: PointProps) {
  const { point, x, y, low, high, trail, leader } = placed;
  const { color, marker } = point.look;
  const radius = radiusOf({ em, projector });
  const cap = 0.25 * em;
  const wide = projector ? 3 : 1.5;
  return (
    // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: it takes the focus to show what hovering shows, and does nothing.
    <g
      {...over}
      role="img"
      aria-label={lines.filter((line) => line !== '').join('. ')}
      tabIndex={0}
      onFocus={onFocus}
      onBlur={onBlur}
      className="gs-roofline-point"
    >
      {leader !== undefined && (
        <line x1={leader[0].x} y1={leader[0].y} x2={leader[1].x} y2={leader[1].y} stroke="var(--gs-line-strong)" strokeWidth={0.8} />
      )}
      {trail.map((at, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: places of a list that only grows.
        <circle key={index} cx={x} cy={at} r={0.14 * em} fill={color} fillOpacity={0.35} />
      ))}
      <path
        d={`M${x} ${low}V${high}M${x - cap} ${low}h${2 * cap}M${x - cap} ${high}h${2 * cap}`}
        stroke={color}
        strokeWidth={wide}
        fill="none"
      />
      <g style={{ transform: `translate(${x}px, ${y}px)` }} className={point.running ? 'gs-roofline-moving' : undefined}>
        <circle r={1.6 * radius} fill="transparent" />
        {point.software && <circle r={radius + SOFTWARE_RING.beyond} fill="none" stroke={color} strokeDasharray={SOFTWARE_RING.dash} />}
        <path
          className="gs-roofline-marker"
          d={markerPath(marker, radius)}
          {...(point.trusted
            ? { fill: color, stroke: 'var(--gs-surface)', strokeWidth: 1 }
            : { fill: 'var(--gs-surface)', stroke: color, strokeWidth: wide })}
        />
      </g>
    </g>
  );
}

/** A factor a key press, and a coarse one. */
const FINE = 1.05;
const COARSE = 1.5;
const FACTORS: Readonly<Record<string, number>> = { ArrowUp: FINE, ArrowDown: 1 / FINE, PageUp: COARSE, PageDown: 1 / COARSE };

interface DiamondProps extends Look {
  readonly guess: Guess;
  readonly plot: RooflinePlot;
  readonly layout: RooflineLayout;
  readonly top: number;
  readonly bottom: number;
}

function Diamond({ guess, plot, layout, top, bottom, em, projector }: DiamondProps) {
  const dragged = useRef(false);
  const [low, high] = plot.y.domain;
  const start = Math.sqrt(low * high);
  const value = guess.y ?? start;
  const within = (flops: number) => Math.min(high, Math.max(low, flops));
  const [x, y] = [layout.x(guess.x), layout.y(within(value))];
  const valueAt = (event: PointerEvent<SVGGElement>): number => {
    const frame = event.currentTarget.ownerSVGElement?.getBoundingClientRect();
    const share = (bottom - (event.clientY - (frame?.y ?? 0))) / (bottom - top);
    return low * (high / low) ** Math.min(1, Math.max(0, share));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const factor = FACTORS[event.key];
    const turn = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : undefined;
    if (factor !== undefined) guess.onMove(within(value * factor));
    else if (turn !== undefined) guess.onTurn(turn);
    else return;
    event.preventDefault();
  };
  const radius = PREDICTION_SCALE * radiusOf({ em, projector });
  // At its left, where most points have no name, if the text has room there.
  const textLeft = x - radius - 0.4 * em >= textWidth(guess.text, em, 600);
  return (
    <g
      role="slider"
      tabIndex={0}
      aria-label={guess.label}
      aria-orientation="vertical"
      aria-valuemin={low}
      aria-valuemax={high}
      aria-valuenow={within(value)}
      aria-valuetext={guess.text}
      className="gs-roofline-guess"
      data-testid="roofline-guess"
      transform={`translate(${x} ${y})`}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        dragged.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => dragged.current && guess.onMove(valueAt(event))}
      onPointerUp={() => {
        dragged.current = false;
      }}
    >
      <circle r={2 * radius} fill="transparent" />
      <path
        d={markerPath('diamond', radius)}
        fill="var(--gs-surface)"
        fillOpacity={0.5}
        stroke={guess.color}
        strokeWidth={projector ? 3 : 2}
        strokeDasharray={guess.y === undefined ? '3 2' : ''}
      />
      <text
        x={textLeft ? -radius - 0.4 * em : radius + 0.4 * em}
        y={0.35 * em}
        fontSize={em}
        fontWeight={600}
        textAnchor={textLeft ? 'end' : 'start'}
        fill="var(--gs-text)"
        stroke="var(--gs-surface)"
        strokeWidth={3}
        paintOrder="stroke"
      >
        {guess.text}
      </text>
    </g>
  );
}

const tipLines = (point: RooflinePoint): string[] => [
  point.label,
  point.rateText,
  point.flopText,
  point.intensityText,
  point.costText,
  point.limitText,
  point.mark?.text ?? '',
];

interface DrawingProps extends Box, Look {
  readonly plot: RooflinePlot;
  readonly guess: Guess | undefined;
  readonly layout: RooflineLayout;
  readonly frame: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  /** Whether names had no room. */
  readonly onNumbered: (numbered: boolean) => void;
}

function Drawing({ plot, guess, layout, frame, onNumbered, width, height, em, projector }: DrawingProps) {
  const { numbered } = layout;
  useEffect(() => onNumbered(numbered), [numbered, onNumbered]);
  const { tip, over, show, hide } = useTip();
  const { left, right, top, bottom } = frame;
  const small = SMALL * em;
  return (
    <>
      <svg width={width} height={height} aria-hidden="true">
        <g stroke="var(--gs-line)">
          {plot.x.ticks.map(({ value }) => (
            <line key={value} x1={layout.x(value)} x2={layout.x(value)} y1={top} y2={bottom + 0.3 * em} />
          ))}
          {plot.y.ticks.map(({ value }) => (
            <line key={value} x1={left - 0.3 * em} x2={right} y1={layout.y(value)} y2={layout.y(value)} />
          ))}
        </g>
        <g stroke="var(--gs-text-dim)" strokeWidth={projector ? 2 : 1}>
          {plot.x.minor.map((value) => (
            <line key={value} x1={layout.x(value)} x2={layout.x(value)} y1={bottom} y2={bottom + 0.2 * em} />
          ))}
          {plot.y.minor.map((value) => (
            <line key={value} x1={left - 0.2 * em} x2={left} y1={layout.y(value)} y2={layout.y(value)} />
          ))}
          <path d={`M${left} ${top}V${bottom}H${right}`} fill="none" />
        </g>
        <g fontSize={small} fill="var(--gs-text-dim)">
          {ticksAlong(plot.x, layout.x, small).map(({ value, label }) => (
            <text key={value} x={layout.x(value)} y={bottom + 1.3 * em} textAnchor="middle">
              {label}
            </text>
          ))}
          {ticksUp(plot.y, layout.y, small).map(({ value, label }) => (
            <text key={value} x={left - 0.45 * em} y={layout.y(value) + 0.35 * small} textAnchor="end">
              {label}
            </text>
          ))}
          <text x={0} y={0.9 * em}>
            {titleWithin(plot.y.title, right - betterEndWidth(plot.y, em) - em, small)}
          </text>
          {plot.y.better !== undefined && <BetterEnd better={plot.y.better} along="vertical" right={right} y={0.9 * em} em={em} />}
          <text x={right} y={bottom + 2.7 * em} textAnchor="end">
            {titleWithin(plot.x.title, right, small)}
          </text>
        </g>
        <g>
          {layout.roofs.map((placed) => (
            <Roof key={placed.roof.key} placed={placed} over={over([placed.roof.label])} projector={projector} />
          ))}
          {layout.ridges.map(({ key, x, y, text }) => (
            <circle key={key} cx={x} cy={y} r={0.24 * em} fill="var(--gs-surface)" stroke="var(--gs-text-dim)" {...over([text])} />
          ))}
          {layout.arrows.map((placed) => (
            <Arrow key={`${placed.arrow.from} ${placed.arrow.to}`} {...placed} />
          ))}
          {layout.roofs.map(({ roof, label }) => label && <Label key={roof.key} label={label} fill="var(--gs-text-dim)" />)}
          {layout.arrows.map(
            ({ arrow, label }) => label && <Label key={`${arrow.from} ${arrow.to}`} label={label} fill="var(--gs-text-dim)" />,
          )}
          {layout.points.map(({ point, label }) => label && <Label key={point.key} label={label} fill="var(--gs-text)" />)}
        </g>
      </svg>
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: the frame has a label, and so has each part. */}
      <svg width={width} height={height} className="gs-roofline">
        {layout.points.map((placed) => {
          const lines = tipLines(placed.point);
          return (
            <Point
              key={placed.point.key}
              {...{ placed, lines, em, projector }}
              over={over(lines)}
              onFocus={() => show({ lines, x: placed.x, y: placed.y })}
              onBlur={hide}
            />
          );
        })}
        {layout.predictions.map(({ x, y, prediction }) => (
          <path
            key={prediction.key}
            transform={`translate(${x} ${y})`}
            d={markerPath('diamond', PREDICTION_SCALE * radiusOf({ em, projector }))}
            fill="transparent"
            stroke={prediction.look.color}
            strokeWidth={projector ? 3 : 1.8}
            data-testid="roofline-prediction"
            {...over([prediction.text])}
          />
        ))}
        {guess !== undefined && <Diamond {...{ guess, plot, layout, top, bottom, em, projector }} />}
      </svg>
      <HoverTip tip={tip} width={width} height={height} />
    </>
  );
}

function Marks({ plot }: { readonly plot: RooflinePlot }) {
  const { key, points, roofs, arrows, predictions, ridges } = plot;
  const dim = 'var(--gs-text-dim)';
  const line = (thin: boolean, device: 'processor' | 'gpu') => (
    <Swatch>
      <line
        x1={0}
        x2={20}
        y1={5}
        y2={5}
        stroke={dim}
        strokeWidth={roofWidth({ thin })}
        strokeDasharray={roofDash({ device, machine: 0, thin })}
      />
    </Swatch>
  );
  return (
    <MarksKey>
      {points.length > 0 && (
        <LegendItem
          mark={
            <Swatch>
              <path d="M10 0V10M7.5 0H12.5M7.5 10H12.5" stroke={dim} strokeWidth={1.2} />
              <circle cx={10} cy={5} r={2.2} fill={dim} />
            </Swatch>
          }
        >
          {`${key.point}, ${key.interval}`}
        </LegendItem>
      )}
      {points.some(({ trusted }) => !trusted) && (
        <LegendItem
          mark={
            <Swatch>
              <circle cx={10} cy={5} r={3} fill="var(--gs-surface)" stroke={dim} strokeWidth={1.2} />
            </Swatch>
          }
        >
          {key.hollow}
        </LegendItem>
      )}
      {points.some(({ software }) => software) && (
        <LegendItem
          mark={
            <Swatch>
              <circle cx={10} cy={5} r={4} fill="none" stroke={dim} strokeDasharray={SOFTWARE_RING.dash} />
            </Swatch>
          }
        >
          {key.software}
        </LegendItem>
      )}
      {predictions.length > 0 && (
        <LegendItem
          mark={
            <Swatch>
              <path transform="translate(10 5)" d={markerPath('diamond', 3.6)} fill="none" stroke={dim} strokeWidth={1.2} />
            </Swatch>
          }
        >
          {key.prediction}
        </LegendItem>
      )}
      {arrows.length > 0 && (
        <LegendItem
          mark={
            <Swatch>
              <path d="M2 5H15" stroke={dim} />
              <path transform="translate(18 5)" d={ARROW_HEAD} fill={dim} />
            </Swatch>
          }
        >
          {key.arrow}
        </LegendItem>
      )}
      {roofs.some(({ device, thin }) => device === 'processor' && !thin) && (
        <LegendItem mark={line(false, 'processor')}>{key.team}</LegendItem>
      )}
      {roofs.some(({ thin }) => thin) && <LegendItem mark={line(true, 'processor')}>{key.thin}</LegendItem>}
      {roofs.some(({ device }) => device !== 'processor') && <LegendItem mark={line(false, 'gpu')}>{key.gpu}</LegendItem>}
      {ridges.length > 0 && (
        <LegendItem
          mark={
            <Swatch>
              <circle cx={10} cy={5} r={2.6} fill="var(--gs-surface)" stroke={dim} />
            </Swatch>
          }
        >
          {key.ridge}
        </LegendItem>
      )}
    </MarksKey>
  );
}

export interface RooflineChartProps {
  readonly plot: RooflinePlot;
  readonly projector: boolean;
  readonly guess?: Guess | undefined;
}

function placed(plot: RooflinePlot, { width, height, em }: Box, projector: boolean) {
  const small = SMALL * em;
  const left =
    widestLabel(
      plot.y.ticks.map(({ label }) => label),
      small,
    ) +
    0.9 * em;
  const frame = { left, right: width - 0.6 * em, top: Math.ceil(1.9 * em), bottom: height - FOOT * em };
  return { frame, layout: layoutRoofline(plot, { box: frame, label: small, small: 0.78 * em, radius: radiusOf({ em, projector }) }) };
}

export function RooflineChart({ plot, projector, guess }: RooflineChartProps) {
  const [numbered, setNumbered] = useState(false);
  return (
    <>
      <ChartFrame
        interactive
        label={[plot.conclusion, ...plot.notices].join(' ')}
        least={({ em }) => (plot.roofs.length > 0 ? LEAST_HEIGHT : LEAST_HEIGHT_BARE) * em}
      >
        {(box) => {
          const { frame, layout } = placed(plot, box, projector);
          return <Drawing {...{ plot, projector, guess, frame, layout, ...box }} onNumbered={setNumbered} />;
        }}
      </ChartFrame>
      {numbered && (
        <Legend>
          {plot.points.map(({ key, number, label, look }) => (
            <LegendItem key={key} mark={<LineSwatch look={look} projector={projector} />}>
              {`${number}\u00a0 ${label}`}
            </LegendItem>
          ))}
        </Legend>
      )}
      <Marks plot={plot} />
    </>
  );
}
