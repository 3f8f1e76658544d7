/** The labels of a chart's competitors: as short as tells them apart, or the names that a person gave them. */
import type { RunRecord, VariantResult } from '../run.ts';
import type { Session } from '../session.ts';
import { variantLabels } from '../variants.ts';
import type { FigureTexts } from './texts.ts';

export interface LabelledResult {
  readonly run: RunRecord;
  readonly result: VariantResult;
  /** Given by a person. */
  readonly name?: string | undefined;
}

/** A name stands for its label; a number tells it from another that is the same. */
export function withNames(labels: readonly string[], names: readonly (string | undefined)[]): string[] {
  const used = new Set(labels.filter((_, at) => names[at] === undefined));
  return labels.map((label, at) => {
    const name = names[at];
    if (name === undefined) return label;
    let unique = name;
    for (let count = 2; used.has(unique); count++) unique = `${name} #${count}`;
    used.add(unique);
    return unique;
  });
}

/** The same variant of several runs has one label, told apart by the run. */
function ownLabels(results: readonly LabelledResult[], texts: FigureTexts): string[] {
  const keys = results.map(({ result }) => JSON.stringify(result.variant));
  const distinct = new Map(results.map(({ result }, index) => [keys[index]!, result.variant]));
  const ofRun = results.map(({ run, result }) => `${run.id} ${JSON.stringify(result.variant)}`);
  // Twice the same variant in one run: the labels' own numbering tells them apart.
  const twins = new Set(ofRun).size !== ofRun.length;
  if (twins) return variantLabels(results.map(({ result }) => result.variant));
  const words = variantLabels([...distinct.values()]);
  const labels = new Map([...distinct.keys()].map((key, index) => [key, words[index]!]));
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return results.map(({ run }, index) => {
    const key = keys[index]!;
    return `${labels.get(key)}${counts.get(key)! > 1 ? ` (${texts.run(run.id)})` : ''}`;
  });
}

/** One for each result, no two the same. */
export function labelsOf(results: readonly LabelledResult[], texts: FigureTexts): string[] {
  const runsOfName = new Map<string, Set<number>>();
  for (const { run, name } of results) if (name !== undefined) runsOfName.set(name, (runsOfName.get(name) ?? new Set()).add(run.id));
  const names = results.map(({ run, name }) =>
    name !== undefined && runsOfName.get(name)!.size > 1 ? `${name} (${texts.run(run.id)})` : name,
  );
  return withNames(ownLabels(results, texts), names);
}

/** Of a run's variants, for lists of one run. */
export function runLabels(run: RunRecord, { annotations = [] }: Pick<Session, 'annotations'>): string[] {
  const names = new Map(annotations.flatMap(({ runId, variant, name }) => (runId === run.id ? [[variant, name] as const] : [])));
  return withNames(
    variantLabels(run.request.variants),
    run.request.variants.map((_, index) => names.get(index)),
  );
}
