/** A duration that is only estimated, with no more digits than it deserves: "18 s", "1 min 50 s". */
import type { Language } from '../../electron/shared/contract.ts';
import { formatNumber, formatSeconds, NO_BREAK_SPACE } from '../../electron/shared/units.ts';
import type { RunProgress } from '../state/run-events.ts';
import type { Messages } from './en.ts';

export function roughTime(seconds: number, language: Language): string {
  if (seconds < 59.5) {
    const shown = seconds < 1 ? Number(seconds.toPrecision(1)) : Math.round(seconds);
    return `${formatNumber(shown, language, 2)}${NO_BREAK_SPACE}s`;
  }
  const step = seconds < 600 ? 10 : 60;
  return formatSeconds(step * Math.round(seconds / step), language);
}

/** What a run still takes, as far as it is known; empty while it is not. */
export function timeLeft(progress: RunProgress | null, messages: Messages, language: Language): string {
  if (progress?.secondsLeft === undefined) return '';
  const time = roughTime(progress.secondsLeft, language);
  return progress.atMost === true ? messages.run.leftAtMost(time) : messages.run.left(time);
}
