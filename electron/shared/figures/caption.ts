/** What the captions of all charts end with: how it was measured, by what, and when. */
import type { RunRecord } from '../run.ts';
import type { Session } from '../session.ts';
import type { FigureTexts } from './texts.ts';

/** "5", or "3–5"; empty without any. */
export function rangeText(counts: readonly number[]): string {
  const distinct = [...new Set(counts)].sort((a, b) => a - b);
  return distinct.length < 2 ? distinct.join('') : `${distinct[0]}–${distinct.at(-1)}`;
}

export function provenance(runs: readonly RunRecord[], { appVersion }: Session, verified: boolean, texts: FigureTexts): string[] {
  const interleaved = runs.some(({ variants, request }) => variants.length > 1 && request.rounds > 1);
  const dates = [...new Set(runs.map(({ startedAt }) => startedAt.slice(0, 10)))].sort();
  return [
    interleaved ? texts.captionInterleaved : '',
    verified ? texts.captionVerified : '',
    dates.length > 0 ? texts.captionSource(appVersion, dates.length === 1 ? dates[0]! : `${dates[0]} – ${dates.at(-1)}`) : '',
  ];
}
