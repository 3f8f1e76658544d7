/** How good the experiment is, to be read before its result: one quiet line, which opens to what was judged and by what. */
import { useEffect, useState } from 'react';
import type { PresentConditions } from '../../electron/shared/conditions.ts';
import type { Machine } from '../../electron/shared/machine.ts';
import { type ItemGrade, type Judged, qualityBefore, qualityOf } from '../../electron/shared/quality.ts';
import { itemText, objections, QUALITY_WORDS, qualityLine } from '../../electron/shared/quality-words.ts';
import type { RunRecord } from '../../electron/shared/run.ts';
import { callEngine } from '../connection.ts';
import { useLanguage } from '../i18n/messages.ts';
import { useLab } from '../state/lab-store.ts';

/** Beside the word, for who reads the list at a glance; no colour says good or bad. */
const SIGNS: Readonly<Record<ItemGrade, string>> = { good: '+', doubtful: '~', bad: '−', unknown: '?' };

function Item({ judged }: { judged: Judged }) {
  const language = useLanguage();
  const { name, gradeName, grade, value, reason, remedy } = itemText(judged, language);
  return (
    <li data-item={judged.item} data-grade={grade}>
      <span aria-hidden="true">{SIGNS[grade]}</span>
      <span>
        <strong>{name}</strong>
        {grade === 'unknown' ? '' : `, ${gradeName}`}
        {QUALITY_WORDS[language].labelled('', value)} <span className="gs-dim">{reason}</span>
        {remedy !== undefined && ` ${remedy}`}
      </span>
    </li>
  );
}

export function RunQuality({ run, machine }: { run: RunRecord; machine: Machine | undefined }) {
  const language = useLanguage();
  // A run that was started here is in the session before its machine is.
  const here = useLab((state) => state.machine);
  const quality = qualityOf(run, machine ?? here ?? undefined);
  return (
    <details className="gs-quality" data-testid="quality" data-grade={quality.grade}>
      <summary className="gs-quality-line">{qualityLine(quality, language)}</summary>
      <ul>
        {quality.items.map((judged) => (
          <Item key={judged.item} judged={judged} />
        ))}
      </ul>
    </details>
  );
}

/** What is known of the machine while nothing is measured: read when the page opens, when a run has ended, and when the window comes back. */
function usePresentConditions(): PresentConditions | undefined {
  const [present, setPresent] = useState<PresentConditions>();
  const idle = useLab((state) => state.activeRun === null && state.connection === 'open');
  useEffect(() => {
    if (!idle) return;
    let wanted = true;
    const look = () => {
      callEngine('presentConditions', {}).then(
        (conditions) => wanted && setPresent(conditions),
        // Without them nothing is said.
        () => {},
      );
    };
    look();
    window.addEventListener('focus', look);
    return () => {
      wanted = false;
      window.removeEventListener('focus', look);
    };
  }, [idle]);
  return present;
}

/** What would make the next run's numbers worth less. Always one line until it is opened, so that nothing below it moves. */
export function QualityBefore() {
  const language = useLanguage();
  const machine = useLab((state) => state.machine);
  const present = usePresentConditions();
  const words = QUALITY_WORDS[language];
  const texts = present === undefined ? ['…'] : objections(qualityBefore(present, machine ?? undefined), language);
  return (
    <details className="gs-quality gs-quality-before" data-testid="quality-before">
      <summary className="gs-quality-line">{words.before(texts.length === 0 ? words.nothing : texts.join(' '))}</summary>
    </details>
  );
}
