/**
 * The lines that differ between two sources, by the longest common subsequence of lines. CodeMirror's own comparison
 * goes by characters and, between two rungs, calls everything one change; kernels are short enough for the exact one.
 */
export interface LineChange {
  /** Half-open ranges of characters: replaced in the first text, inserted in the second. */
  readonly fromA: number;
  readonly toA: number;
  readonly fromB: number;
  readonly toB: number;
}

/** Lines with their line breaks. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** Row i, column j: length of the longest common subsequence of the lines from i of `a` and from j of `b`. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint32Array[] {
  const table = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const row = table[i]!;
      row[j] = a[i] === b[j] ? table[i + 1]![j + 1]! + 1 : Math.max(table[i + 1]![j]!, row[j + 1]!);
    }
  }
  return table;
}

export function lineChanges(textA: string, textB: string): LineChange[] {
  const [a, b] = [linesOf(textA), linesOf(textB)];
  const common = commonLengths(a, b);
  const changes: LineChange[] = [];
  let [i, j, atA, atB] = [0, 0, 0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      atA += a[i++]!.length;
      atB += b[j++]!.length;
      continue;
    }
    const [fromA, fromB] = [atA, atB];
    while ((i < a.length || j < b.length) && !(i < a.length && j < b.length && a[i] === b[j])) {
      if (j >= b.length || (i < a.length && common[i + 1]![j]! >= common[i]![j + 1]!)) atA += a[i++]!.length;
      else atB += b[j++]!.length;
    }
    changes.push({ fromA, toA: atA, fromB, toB: atB });
  }
  return changes;
}
