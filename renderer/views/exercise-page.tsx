/** One exercise: the lesson with its run at the left, the field above the results at the right. */
import { NativeSelect, Tabs, Textarea } from '@mantine/core';
import { useState } from 'react';
import { findKernel } from '../../kernels/catalog.ts';
import { DAYS, type Exercise } from '../../kernels/exercise.ts';
import { findExercise } from '../../kernels/syllabus.ts';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import { dayLabel } from '../shell/day-label.ts';
import { KernelSource } from '../source/kernel-source.tsx';
import { typeNotes } from '../state/actions.ts';
import { useLab } from '../state/lab-store.ts';
import './exercise.css';
import { Parameters } from './parameters.tsx';
import { Prediction } from './prediction.tsx';
import { RichText } from './rich-text.tsx';
import { RightSide } from './right-side.tsx';
import { RunPanel } from './run-panel.tsx';

function Lesson({ exercise }: { exercise: Exercise }) {
  const messages = useMessages();
  const language = useLanguage();
  return (
    <div className="gs-prose">
      <RichText text={exercise.idea[language]} />
      {exercise.formula !== undefined && <pre className="gs-formula">{exercise.formula[language]}</pre>}
      <h2>{messages.exercise.changed}</h2>
      <RichText text={exercise.changed[language]} />
      <h2>{messages.exercise.lookAt}</h2>
      <RichText text={exercise.lookAt[language]} />
    </div>
  );
}

function Sources({ exercise }: { exercise: Exercise }) {
  const messages = useMessages();
  const language = useLanguage();
  const kernels = [...new Set(exercise.variants.map(({ kernel }) => kernel))];
  // The last rung of the exercise is the one that it is about.
  const [kernel, setKernel] = useState(kernels.at(-1) ?? '');
  return (
    <div style={{ display: 'flex', flexDirection: 'column', height: '100%' }}>
      <NativeSelect
        aria-label={messages.exercise.kernels}
        value={kernel}
        onChange={(event) => setKernel(event.currentTarget.value)}
        data={kernels.map((id) => ({ value: id, label: `${id} · ${findKernel(id)?.title[language] ?? ''}` }))}
        p="0.5rem 1rem 0"
      />
      <div style={{ flex: 1, minHeight: 0 }}>
        <KernelSource key={kernel} kernel={kernel} />
      </div>
    </div>
  );
}

function Notes() {
  const messages = useMessages();
  const notes = useLab((state) => state.session?.notes ?? '');
  return (
    <div className="gs-parameters">
      <Textarea
        label={messages.exercise.notesLabel}
        description={messages.exercise.notesHint}
        placeholder={messages.exercise.notesPlaceholder}
        autosize
        minRows={8}
        maxLength={100_000}
        value={notes}
        onChange={(event) => typeNotes(event.currentTarget.value)}
        data-testid="notes"
      />
    </div>
  );
}

export function ExercisePage({ id }: { id: string }) {
  const messages = useMessages();
  const language = useLanguage();
  const [tab, setTab] = useState<string | null>('lesson');
  const wide = useLab((state) => state.wideSource) && tab === 'kernel';
  const exercise = findExercise(id);
  if (exercise === undefined) return <div className="gs-empty">{messages.syllabus.missing}</div>;
  const day = DAYS.find((known) => known.day === exercise.day)?.title[language] ?? '';
  return (
    <div className="gs-exercise" data-wide={wide}>
      <article className="gs-lesson" aria-labelledby="exercise-title" data-pane="lesson">
        <header className="gs-lesson-head">
          <div className="gs-dim gs-small">
            {exercise.id} · {dayLabel(exercise.day, day, messages)}
          </div>
          <h1 id="exercise-title">{exercise.title[language]}</h1>
          <p className="gs-dim">{exercise.goal[language]}</p>
        </header>
        <Tabs className="gs-tabs" value={tab} onChange={setTab} keepMounted={false}>
          <Tabs.List aria-label={messages.exercise.label}>
            <Tabs.Tab value="lesson">{messages.exercise.tabs.lesson}</Tabs.Tab>
            <Tabs.Tab value="kernel">{messages.exercise.tabs.kernel}</Tabs.Tab>
            <Tabs.Tab value="parameters">{messages.exercise.tabs.parameters}</Tabs.Tab>
            <Tabs.Tab value="notes">{messages.exercise.tabs.notes}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="lesson" tabIndex={0}>
            <Lesson exercise={exercise} />
          </Tabs.Panel>
          <Tabs.Panel value="kernel">
            <Sources exercise={exercise} />
          </Tabs.Panel>
          <Tabs.Panel value="parameters">
            <Parameters draftKey={id} />
          </Tabs.Panel>
          <Tabs.Panel value="notes">
            <Notes />
          </Tabs.Panel>
        </Tabs>
        <div className="gs-run">
          {tab === 'lesson' && <Prediction exercise={exercise} />}
          <RunPanel draftKey={id} />
        </div>
      </article>
      <RightSide draftKey={id} />
    </div>
  );
}
