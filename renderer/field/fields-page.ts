/**
 * The final fields of a run on one page: heading and set-up as on the charts' files, the fields side by side with their
 * captions, the colour scale that they share. Places are in the charts' units.
 */
import type { Language } from '../../electron/shared/contract.ts';
import { competitorsOf } from '../../electron/shared/figures/competitors.ts';
import { isSuspect, SEPARATOR } from '../../electron/shared/figures/figure.ts';
import {
  type Box,
  blockHeight,
  DIM,
  FIGURE_WIDTH,
  INK,
  INNER,
  MARGIN,
  type PlacedText,
  placeHeading,
  stackLines,
  WARNING,
  WIDE_PAGE,
  wrapped,
} from '../../electron/shared/figures/page.ts';
import { differingFields, type Setup } from '../../electron/shared/figures/setup.ts';
import { subtitleOf } from '../../electron/shared/figures/subtitle.ts';
import { textWidth } from '../../electron/shared/figures/text-width.ts';
import { FIGURE_TEXTS } from '../../electron/shared/figures/texts.ts';
import type { Frame } from '../../electron/shared/frame.ts';
import type { RunRecord } from '../../electron/shared/run.ts';
import type { Session } from '../../electron/shared/session.ts';
import { formatInteger, formatNumber } from '../../electron/shared/units.ts';
import { findExercise } from '../../kernels/syllabus.ts';
import type { Messages } from '../i18n/en.ts';
import type { FieldSettings } from '../state/lab-store.ts';

const GAP = 14;
const MOST_COLUMNS = 4;
/** Of one field, so that a page of tall ones stays a page. */
const TALLEST = 420;
const BAR = { width: 180, height: 9 } as const;

export interface FieldsInput {
  readonly session: Session;
  readonly run: RunRecord;
  readonly frames: ReadonlyMap<number, Frame>;
  readonly messages: Messages;
  readonly language: Language;
}

export interface ShownField {
  readonly variant: number;
  readonly frame: Frame;
  readonly setup: Setup;
  /** "simd patra-karttunen: v after 4000 steps, from 0 to 0.31". */
  readonly caption: string;
  /** "stencil eight (1, 1)": what fields of the run differ in. */
  readonly own: string;
  /** "wrong result", where the field is not to be trusted. */
  readonly warning?: string;
}

export function shownFields({ session, run, frames, messages, language }: FieldsInput): ShownField[] {
  const words = FIGURE_TEXTS[language];
  const competitors = competitorsOf([run], session, language, words);
  const kept = competitors.filter(({ index }) => frames.has(index));
  const differing = differingFields(kept.map(({ setup }) => setup));
  return kept.map(({ index, label, setup, mark }) => {
    const frame = frames.get(index)!;
    const own = differing.map((field) => setup[field]).join(SEPARATOR);
    const { species, step, min, max } = frame.header;
    const [low, high] = [min, max].map((value) => formatNumber(value, language));
    const caption = messages.results.finalField(label, species, formatInteger(step, language), low!, high!);
    const warning = mark !== undefined && isSuspect(mark) ? words.marks[mark] : '';
    return { variant: index, frame, setup, caption, own, ...(warning !== '' && { warning }) };
  });
}

export interface FieldsPage {
  readonly width: number;
  readonly height: number;
  readonly texts: readonly PlacedText[];
  readonly pictures: readonly { readonly variant: number; readonly box: Box }[];
  /** The colour scale, low to high. */
  readonly bar: Box;
}

export function layoutFields(input: FieldsInput, { species, map, range }: FieldSettings): FieldsPage {
  const { session, run, messages, language } = input;
  const words = FIGURE_TEXTS[language];
  const shown = shownFields(input);
  const exercise = findExercise(run.request.exercise ?? '');
  const title = messages.results.tabs.fields;
  const heading = placeHeading(
    {
      title: exercise === undefined ? title : `${exercise.id} ${exercise.title[language]} — ${title}`,
      conclusion: '',
      subtitle: subtitleOf(
        [run],
        shown.map(({ setup }) => setup),
      ),
      notices: [],
    },
    WIDE_PAGE,
  );
  const columns = Math.min(MOST_COLUMNS, shown.length);
  const width = (INNER - (columns - 1) * GAP) / columns;
  const pictures: FieldsPage['pictures'][number][] = [];
  const texts: PlacedText[] = [...heading.texts];
  let top = heading.bottom;
  for (let first = 0; first < shown.length; first += columns) {
    const row = shown.slice(first, first + columns).map(({ variant, frame: { header }, caption, own, warning = '' }, column) => {
      const scale = Math.min(width / header.gridCols, TALLEST / header.gridRows);
      const left = MARGIN + column * (width + GAP);
      const box = { left, top, right: left + header.gridCols * scale, bottom: top + header.gridRows * scale };
      const lines = [
        ...wrapped(caption, width, 9.5, 400, INK),
        ...wrapped(own, width, 9.5, 400, DIM),
        ...wrapped(warning, width, 9.5, 600, WARNING),
      ];
      return { variant, box, lines };
    });
    const bottom = Math.max(...row.map(({ box }) => box.bottom)) + 4;
    for (const { variant, box, lines } of row) {
      pictures.push({ variant, box });
      texts.push(...stackLines(lines, box.left, bottom).texts);
    }
    top = bottom + Math.max(...row.map(({ lines }) => blockHeight(lines))) + GAP;
  }
  const { low, high } = range[species];
  const lowEnd = `${species}\u2007${formatNumber(low, language)}`;
  const barLeft = MARGIN + textWidth(lowEnd, 10) + 6;
  const bar: Box = { left: barLeft, top, right: barLeft + BAR.width, bottom: top + BAR.height };
  const beside = { y: bar.bottom, size: 10, weight: 400, color: INK } as const;
  texts.push(
    { ...beside, text: lowEnd, x: MARGIN, anchor: 'start' },
    { ...beside, text: `${formatNumber(high, language)}\u2007${messages.field.maps[map]}`, x: bar.right + 6, anchor: 'start' },
  );
  const verified = shown.every(({ variant }) => run.variants[variant]!.verification?.status === 'passed');
  const source = words.captionSource(session.appVersion, run.startedAt.slice(0, 10));
  const caption = verified ? `${words.captionVerified} ${source}` : source;
  const foot = stackLines(wrapped(caption, INNER, 9.5, 400, DIM), MARGIN, bar.bottom + 12);
  return { width: FIGURE_WIDTH, height: Math.ceil(foot.bottom + MARGIN - 6), texts: [...texts, ...foot.texts], pictures, bar };
}
