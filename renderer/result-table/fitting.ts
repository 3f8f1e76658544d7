/** Which columns there is room for, and how wide each is, in em. */
import { textWidth } from '../../electron/shared/figures/text-width.ts';
import type { ResultRow } from '../../electron/shared/result-table/result-row.ts';
import { ESSENTIAL_RANK, type ResultColumn } from './columns.ts';

/** Figures of one width are wider than the font's own. */
const TABULAR = 1.1;
const SMALL = 0.85;
const PADDING = 1;
/** Swatch, and the button of what can be done, beside a name. */
const BESIDE_NAME = 4.5;
const SORT_SIGN = 1.1;
const WIDEST = 16;

const longest = (texts: Iterable<string>): string => {
  let found = '';
  for (const text of texts) if (text.length > found.length) found = text;
  return found;
};

export interface FittedColumn extends ResultColumn {
  readonly em: number;
}

/** Columns in which a row says something, with their widths. A title breaks between its words. */
export function measured(columns: readonly ResultColumn[], rows: readonly ResultRow[]): FittedColumn[] {
  return columns.flatMap((column) => {
    const title = TABULAR * textWidth(longest(column.title.split(' ')), 1) + SORT_SIGN;
    if (column.width !== undefined) {
      // What takes a while to say of every row has a width of its own, and is asked of none.
      const empty = column.rank > 3 && rows.every((row) => column.text(row) === '');
      return empty ? [] : [{ ...column, em: Math.max(column.width, title) + PADDING }];
    }
    const text = longest(rows.map(column.text));
    if (text === '') return [];
    const below = column.below === undefined ? '' : longest(rows.map(column.below));
    const beside = column.rank === 0 ? BESIDE_NAME : 0;
    const own = TABULAR * Math.max(textWidth(text, 1), SMALL * textWidth(below, 1));
    return [{ ...column, em: Math.max(title, Math.min(WIDEST, own) + beside) + PADDING }];
  });
}

/** As many as there is room for, the least important left out first, in their order. */
export function fitting(columns: readonly FittedColumn[], room: number): FittedColumn[] {
  let left = room;
  const kept = new Set<FittedColumn>();
  for (const column of columns.toSorted((a, b) => a.rank - b.rank)) {
    left -= column.em;
    // What comes after one without room would be less important than it.
    if (column.rank > ESSENTIAL_RANK && left < 0) break;
    kept.add(column);
  }
  return columns.filter((column) => kept.has(column));
}
