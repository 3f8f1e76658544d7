/** The exercises by day, with what is done. Folds to a strip of marks and numbers where the window is narrow. */

import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import type { Session } from '../../electron/shared/session.ts';
import { DAYS, type Exercise } from '../../kernels/exercise.ts';
import { EXERCISES } from '../../kernels/syllabus.ts';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import { useLab } from '../state/lab-store.ts';
import { pageAddress } from '../state/page.ts';
import { dayLabel, shortDayLabel } from './day-label.ts';
import { Icon } from './icons.tsx';

type Mark = 'done' | 'measured' | 'open';

const MARKS: readonly Mark[] = ['open', 'measured', 'done'];

function markOf(exercise: Exercise, session: Session | null): Mark {
  if (session?.exercisesDone.includes(exercise.id)) return 'done';
  return session?.runs.some((run) => run.request.exercise === exercise.id && run.status === 'done') ? 'measured' : 'open';
}

/** Whether the syllabus shows as a strip: as the person set it, else by the width of the window. */
export function useFolded(): boolean {
  const chosen = useLab((state) => state.syllabusFolded);
  const projector = useLab((state) => state.preferences.theme === 'projector');
  const narrow = useMediaQuery(projector ? '(max-width: 1500px)' : '(max-width: 1200px)');
  return chosen ?? narrow ?? false;
}

function LessonLink({ exercise, folded }: { exercise: Exercise; folded: boolean }) {
  const messages = useMessages();
  const language = useLanguage();
  const current = useLab((state) => state.page.name === 'exercise' && state.page.exercise === exercise.id);
  const mark = useLab((state) => markOf(exercise, state.session));
  const title = exercise.title[language];
  const state = messages.syllabus.marks[mark];
  return (
    <li>
      <a
        className="gs-lesson-link"
        href={pageAddress({ name: 'exercise', exercise: exercise.id })}
        aria-current={current ? 'page' : undefined}
        title={folded ? `${exercise.id} ${title} (${state})` : undefined}
        data-testid={`lesson-${exercise.id}`}
      >
        <span className="gs-mark" data-mark={mark} aria-hidden="true" title={folded ? undefined : state}>
          <Icon name={mark} />
        </span>
        <span className="gs-mono">{exercise.id}</span>
        <span className={folded ? 'gs-visually-hidden' : 'gs-lesson-title'}>{title}</span>
        <span className="gs-visually-hidden">({state})</span>
      </a>
    </li>
  );
}

export function Syllabus() {
  const messages = useMessages();
  const language = useLanguage();
  const folded = useFolded();
  const exercise = useLab((state) => (state.page.name === 'exercise' ? state.page.exercise : undefined));
  const list = useRef<HTMLDivElement>(null);
  const theme = useLab((state) => state.preferences.theme);
  // The exercise in front stays in sight, however one came to it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: folding and the theme's size of text move it too
  useEffect(() => {
    const link = list.current?.querySelector<HTMLElement>(`[data-testid="lesson-${exercise}"]`);
    if (list.current === null || link === null || link === undefined) return;
    // Not `scrollIntoView`: it moves the place from which the keyboard goes on.
    const [inner, outer] = [link.getBoundingClientRect(), list.current.getBoundingClientRect()];
    if (inner.top < outer.top || inner.bottom > outer.bottom) {
      list.current.scrollTop += (inner.top + inner.bottom - outer.top - outer.bottom) / 2;
    }
  }, [exercise, folded, theme]);
  const days = DAYS.filter(({ day }) => EXERCISES.some((exercise) => exercise.day === day));
  return (
    <nav className="gs-syllabus" aria-label={messages.syllabus.label} data-folded={folded}>
      <div className="gs-syllabus-list" ref={list}>
        {days.map(({ day, title }) => (
          <section key={day} aria-label={dayLabel(day, title[language], messages)}>
            <h2>{folded ? shortDayLabel(day, messages) : dayLabel(day, title[language], messages)}</h2>
            <ul>
              {EXERCISES.filter((exercise) => exercise.day === day).map((exercise) => (
                <LessonLink key={exercise.id} exercise={exercise} folded={folded} />
              ))}
            </ul>
          </section>
        ))}
      </div>
      <div className="gs-syllabus-foot">
        {!folded && (
          // Read aloud, every exercise says its own.
          <div className="gs-legend" aria-hidden="true">
            {MARKS.map((mark) => (
              <span key={mark}>
                <span className="gs-mark" data-mark={mark}>
                  <Icon name={mark} />
                </span>{' '}
                {messages.syllabus.marks[mark]}
              </span>
            ))}
          </div>
        )}
        <button
          type="button"
          className="gs-chip"
          style={{ width: '100%', justifyContent: 'center' }}
          aria-expanded={!folded}
          aria-label={folded ? messages.syllabus.unfold : messages.syllabus.fold}
          onClick={() => useLab.setState({ syllabusFolded: !folded })}
        >
          {folded ? '»' : `« ${messages.syllabus.fold}`}
        </button>
      </div>
    </nav>
  );
}
