/** The CodeMirror view of a source: its extensions and its colours, which are variables of the theme. */
import { defaultKeymap } from '@codemirror/commands';
import { cpp } from '@codemirror/lang-cpp';
import { javascript } from '@codemirror/lang-javascript';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { Change, unifiedMergeView } from '@codemirror/merge';
import { search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { hangingIndents } from './hanging-indents.ts';
import { lineChanges } from './line-diff.ts';

export interface SourceOptions {
  readonly text: string;
  /** The rung before, to show what changed; null for the source alone. */
  readonly previous: string | null;
  /** Whose ending tells the language. */
  readonly path: string;
  readonly wrap: boolean;
  readonly label: string;
}

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.controlKeyword, tags.modifier, tags.operatorKeyword], color: 'var(--gs-code-keyword)' },
  { tag: [tags.typeName, tags.standard(tags.typeName)], color: 'var(--gs-code-type)' },
  { tag: [tags.number, tags.string, tags.bool, tags.literal], color: 'var(--gs-code-number)' },
  { tag: [tags.comment, tags.lineComment, tags.blockComment], color: 'var(--gs-code-comment)', fontStyle: 'italic' },
  { tag: tags.processingInstruction, color: 'var(--gs-code-keyword)' },
]);

const look = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'transparent', color: 'var(--gs-text)', fontSize: '0.75rem' },
  '.cm-scroller': { fontFamily: 'var(--gs-font-mono)', lineHeight: '1.55', fontVariantLigatures: 'none' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--gs-text-dim)', border: 'none' },
  '.cm-content': { caretColor: 'var(--gs-accent)' },
  '&.cm-focused': { outline: '2px solid var(--gs-accent)', outlineOffset: '-2px' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': { backgroundColor: 'var(--gs-accent-soft) !important' },
  '.cm-changedLine': { backgroundColor: 'var(--gs-added) !important' },
  '.cm-deletedChunk': { backgroundColor: 'var(--gs-removed) !important', paddingLeft: '6px' },
  '.cm-deletedText, .cm-deletedLine del': { textDecoration: 'none' },
  // Signs beside the colours: colour is never the only code.
  '.cm-deletedLine::before': { content: '"− "', color: 'var(--gs-error)' },
  '.cm-changedLine::before': { content: '"+ "', color: 'var(--gs-done)' },
  '.cm-changedText': { background: 'none !important', textDecoration: 'none' },
  '.cm-collapsedLines': { background: 'var(--gs-ground) !important', color: 'var(--gs-text-dim)' },
  '.cm-panels': { backgroundColor: 'var(--gs-surface)', color: 'var(--gs-text)' },
});

/** The source without the comment that opens it: what a kernel teaches differs on every rung and would hide the code. */
export function withoutOpening(text: string): string {
  return text.replace(/^\s*(?:\/\*[\s\S]*?\*\/|(?:\/\/[^\n]*\n)+)\s*/, '');
}

/** WGSL is near enough to C++; of Fortran nothing is known here, and its text stays in one colour. */
function languageOf(path: string): Extension {
  if (path.endsWith('.ts')) return javascript({ typescript: true });
  return path.endsWith('.f90') ? [] : cpp();
}

/** Puts the source into `parent`; returns what takes it away. */
export function showSource(parent: HTMLElement, { text, previous, path, wrap, label }: SourceOptions): () => void {
  const extensions: Extension[] = [
    languageOf(path),
    syntaxHighlighting(colours),
    look,
    search(),
    // Read only, yet with a caret: the keyboard reads, selects and searches.
    EditorState.readOnly.of(true),
    // Tab leaves the view as it leaves any other element.
    keymap.of([...searchKeymap, ...defaultKeymap]),
    EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': 'true', tabindex: '0' }),
  ];
  if (wrap) extensions.push(EditorView.lineWrapping, hangingIndents);
  // Between two files a number names no line, so only the source alone has them.
  if (previous === null) extensions.push(lineNumbers());
  if (previous !== null) {
    extensions.push(
      unifiedMergeView({
        original: withoutOpening(previous),
        mergeControls: false,
        highlightChanges: false,
        gutter: true,
        syntaxHighlightDeletions: true,
        diffConfig: {
          override: (a, b) => lineChanges(a, b).map(({ fromA, toA, fromB, toB }) => new Change(fromA, toA, fromB, toB)),
        },
        collapseUnchanged: { margin: 2, minSize: 6 },
      }),
    );
  }
  const doc = previous === null ? text : withoutOpening(text);
  const view = new EditorView({ parent, state: EditorState.create({ doc, extensions }) });
  return () => view.destroy();
}
