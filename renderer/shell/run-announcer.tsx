/** Says the start, the end and every quarter of a run to screen readers, and nothing in between. */
import { useMessages } from '../i18n/messages.ts';
import { useLab } from '../state/lab-store.ts';

export function RunAnnouncer() {
  const messages = useMessages();
  const active = useLab((state) => state.activeRun);
  const quarter = useLab((state) => (state.progress === null ? 0 : Math.floor(state.progress.fraction * 4)));
  const ended = useLab((state) => state.session?.runs.find(({ id }) => id === state.lastFinishedRun)?.status);
  let text = '';
  if (active !== null) text = quarter === 0 ? messages.run.started : `${messages.run.progress} : ${25 * quarter} %`;
  else if (ended !== undefined) text = messages.run.ended[ended];
  return (
    <div className="gs-visually-hidden" role="status" aria-live="polite" data-testid="announcer">
      {text}
    </div>
  );
}
