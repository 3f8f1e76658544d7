/** What the run is by now, in words: its rounds and what they decide; and what may be added to it. */
import { Menu } from '@mantine/core';
import { useMemo } from 'react';
import { pinnedBaseline } from '../../electron/shared/annotations.ts';
import { comparisonsOf, verdictsOf } from '../../electron/shared/baseline.ts';
import { runLabels } from '../../electron/shared/figures/labels.ts';
import type { RunRecord } from '../../electron/shared/run.ts';
import type { Session } from '../../electron/shared/session.ts';
import { formatInteger } from '../../electron/shared/units.ts';
import { verdictPhrase } from '../../electron/shared/verdict-words.ts';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import { moreLabel } from '../i18n/more-label.ts';
import { roughTime } from '../i18n/rough-time.ts';
import { Icon } from '../shell/icons.tsx';
import { continueRun } from '../state/actions.ts';
import { isUnfinished, type MoreRounds, moreChoices } from '../state/continue-run.ts';
import { estimatedSeconds } from '../state/estimate.ts';
import { isMeasuring, useLab } from '../state/lab-store.ts';

/** "A is faster by 12 %", or how many of several comparisons are decided and what the others would take. */
function useVerdictWords(run: RunRecord, session: Session): string {
  const messages = useMessages();
  const language = useLanguage();
  return useMemo(() => {
    const comparisons = comparisonsOf(run, pinnedBaseline(session));
    const [first, ...others] = comparisons;
    if (first === undefined) return '';
    if (others.length === 0) return verdictPhrase(runLabels(run, session)[first.variant] ?? '', first.verdict, language);
    const verdicts = verdictsOf(run, pinnedBaseline(session));
    const open = verdicts.flatMap((verdict) => (verdict.kind === 'cannot-tell' ? [verdict.moreRounds] : []));
    const decided = messages.more.decided(verdicts.length - open.length, verdicts.length);
    const asked = open.filter((rounds) => rounds !== undefined);
    return asked.length === 0 ? decided : `${decided} · ${messages.more.wanted(formatInteger(Math.max(...asked), language))}`;
  }, [run, session, messages, language]);
}

function MoreMenu({ run, session, disabled }: { run: RunRecord; session: Session; disabled: boolean }) {
  const messages = useMessages();
  const language = useLanguage();
  const timeOf = ({ rounds }: MoreRounds) => {
    const seconds = rounds === undefined ? null : estimatedSeconds(session, { ...run.request, rounds });
    return seconds === null ? undefined : <span className="gs-dim">{messages.run.about(roughTime(seconds, language))}</span>;
  };
  return (
    <Menu position="bottom-end" width={300} disabled={disabled}>
      <Menu.Target>
        <button type="button" className="gs-chip" disabled={disabled} data-testid="more-rounds">
          {messages.more.title} <Icon name="down" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {moreChoices(run).map((more) => (
          <Menu.Item key={JSON.stringify(more)} rightSection={timeOf(more)} onClick={() => void continueRun(run.id, more)}>
            {moreLabel(more, messages)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

export function RunStanding({ run, session }: { run: RunRecord; session: Session }) {
  const messages = useMessages();
  const language = useLanguage();
  const busy = useLab(isMeasuring);
  const verdict = useVerdictWords(run, session);
  // Of the variant that has most: one that failed has fewer.
  const rounds = Math.max(0, ...run.variants.map(({ summary }) => summary?.rounds ?? 0));
  const asked = formatInteger(run.request.rounds, language);
  const standing = isUnfinished(run)
    ? messages.more.roundsOf(formatInteger(rounds, language), asked, rounds)
    : messages.more.roundsDone(formatInteger(rounds, language), rounds);
  return (
    <div className="gs-standing gs-small" data-testid="run-standing">
      <span className="gs-numbers">{[standing, verdict].filter(Boolean).join(' · ')}</span>
      {moreChoices(run).length > 0 && (
        <span className="gs-standing-buttons">
          {isUnfinished(run) && (
            <button
              type="button"
              className="gs-chip"
              disabled={busy}
              data-testid="continue-run"
              onClick={() => void continueRun(run.id, {})}
            >
              {messages.more.finish}
            </button>
          )}
          <MoreMenu run={run} session={session} disabled={busy} />
        </span>
      )}
    </div>
  );
}
