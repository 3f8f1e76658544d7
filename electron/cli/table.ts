/** Text tables for a terminal: columns as wide as their widest cell, numbers to the right. */

export interface Column {
  readonly heading: string;
  readonly align?: 'left' | 'right';
}

const GAP = '  ';
const widthOf = (text: string): number => [...text].length;

export function textTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ heading }, column) => Math.max(widthOf(heading), ...rows.map((row) => widthOf(row[column] ?? ''))));
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align }, column) => {
        const cell = cells[column] ?? '';
        const padding = ' '.repeat(widths[column]! - widthOf(cell));
        return align === 'right' ? padding + cell : cell + padding;
      })
      .join(GAP)
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join(GAP);
  return [line(columns.map(({ heading }) => heading)), rule, ...rows.map(line)].join('\n');
}
