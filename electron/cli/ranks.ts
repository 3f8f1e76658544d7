/** Who comes before whom in the table of a run, as far as the run can tell. */
import { ranksOf } from '../shared/ranking.ts';
import type { RunRecord, VariantResult } from '../shared/run.ts';
import { slowedSide } from '../shared/throttling.ts';
import { isTrusted, rateRatio } from '../shared/trusted.ts';
import { tellsApart } from '../shared/verdict.ts';
import { slowedPhrase, verdictText } from '../shared/verdict-words.ts';
import type { Terminal } from './terminal.ts';

/** "2", "2=" where it is shared; a software GPU, the processor once more, has none. */
export function rankCells(run: RunRecord): Map<VariantResult, string> {
  const ranked = run.variants.filter(isTrusted).filter(({ adapter }) => adapter?.type !== 'software');
  const ranks = ranksOf(ranked.map((result) => ({ run, result })));
  return new Map(ranked.map((result, index) => [result, `${ranks[index]!.rank}${ranks[index]!.shared ? '=' : ''}`]));
}

/** What stands beside the base and is neither faster nor slower than it, a line each with the reason. */
export function undecidedLines(run: RunRecord, labels: readonly string[], base: VariantResult | undefined, terminal: Terminal): string[] {
  if (base === undefined || !isTrusted(base)) return [];
  const name = (result: VariantResult) => labels[run.variants.indexOf(result)] ?? result.variant.kernel;
  return run.variants
    .filter((result) => result !== base && isTrusted(result))
    .flatMap((result) => {
      const [of, over] = [
        { run, result },
        { run, result: base },
      ];
      const verdict = rateRatio(of, over)?.verdict;
      if (verdict === undefined || tellsApart(verdict)) return [];
      const slowed = slowedPhrase(slowedSide(of, over), { of: name(result), over: name(base) }, terminal.language);
      return [`${name(result)} ${terminal.word('beside')} ${name(base)} — ${verdictText(verdict, terminal.language)}${slowed}`];
    });
}
