/** Wrapped lines go on under their own text: under the first word of a comment, under the first sign of a statement. */
import { type Extension, RangeSetBuilder } from '@codemirror/state';
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';

/** Deeper than this, a narrow view would have no room left for the text itself. */
const MOST_COLUMNS = 24;

/** Columns before the text of a line: its indent, and the sign of the comment that it stands in. */
export function hangingColumns(line: string): number {
  return Math.min(MOST_COLUMNS, /^\s*(?:\/\/+\s*|\/?\*+\s+)?/.exec(line)?.[0].length ?? 0);
}

function indentsOf(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = view.state.doc.lineAt(at);
      const columns = hangingColumns(line.text);
      if (columns > 0) {
        const style = `padding-left: calc(6px + ${columns}ch); text-indent: -${columns}ch`;
        builder.add(line.from, line.from, Decoration.line({ attributes: { style } }));
      }
      at = line.to + 1;
    }
  }
  return builder.finish();
}

export const hangingIndents: Extension = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = indentsOf(view);
    }
    update(update: ViewUpdate): void {
      if (update.docChanged || update.viewportChanged) this.decorations = indentsOf(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);
