/** Everything that can be done, by typing a few letters of it. */
import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { type ExportFormat, LANGUAGES, THEMES } from '../../electron/shared/contract.ts';
import { EXERCISES } from '../../kernels/syllabus.ts';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import { moreLabel } from '../i18n/more-label.ts';
import {
  cancelActiveRun,
  chooseAndOpenSession,
  chooseAndSaveSession,
  continueRun,
  exportShownChart,
  figureChoice,
  newSession,
  pauseOrResume,
  setPreferences,
  startShownRun,
} from '../state/actions.ts';
import { moreChoices } from '../state/continue-run.ts';
import { openDialog, useLab } from '../state/lab-store.ts';
import { COSTS, draftKey, goTo, PLAIN_PAGES } from '../state/page.ts';
import { useShownRun } from '../state/shown-run.ts';

export function CommandPalette() {
  const messages = useMessages();
  const language = useLanguage();
  const running = useLab((state) => state.activeRun !== null || state.tuning !== null || state.pacing);
  const page = useLab((state) => state.page);
  const active = useLab((state) => state.activeRun);
  const paused = useLab((state) => state.paused);
  const run = useShownRun(draftKey(page));
  const { scale } = useLab((state) => figureChoice(state.preferences));
  const { groups } = messages.palette;
  const exportAction = (format: ExportFormat, label: string) => ({
    id: `export-${format}`,
    label: `${messages.results.export} : ${label}`,
    onClick: () => void exportShownChart(draftKey(page), { format }),
  });

  const continuing =
    running || run === undefined
      ? []
      : moreChoices(run).map((more) => ({
          id: `continue-${JSON.stringify(more)}`,
          label: moreLabel(more, messages),
          onClick: () => void continueRun(run.id, more),
        }));

  const actions: SpotlightActionGroupData[] = [
    {
      group: groups.run,
      actions: [
        running
          ? { id: 'cancel', label: messages.run.cancel, onClick: cancelActiveRun }
          : { id: 'run', label: messages.palette.run, onClick: startShownRun },
        ...(active === null
          ? []
          : [{ id: 'pause', label: paused ? messages.palette.resume : messages.palette.pause, onClick: pauseOrResume }]),
        ...continuing,
      ],
    },
    // Before the exercises, whose sentences hold many words: a page that is named wins.
    {
      group: groups.pages,
      actions: PLAIN_PAGES.map((name) => ({
        id: name,
        label: name === COSTS ? messages.costs.title : messages.pages[name],
        onClick: () => goTo({ name }),
      })),
    },
    {
      group: groups.exercises,
      actions: EXERCISES.map((exercise) => ({
        id: exercise.id,
        label: `${exercise.id} ${exercise.title[language]}`,
        description: exercise.goal[language],
        onClick: () => goTo({ name: 'exercise', exercise: exercise.id }),
      })),
    },
    {
      group: groups.session,
      actions: [
        { id: 'new', label: messages.topBar.new, onClick: () => void newSession() },
        { id: 'open', label: messages.topBar.open, onClick: () => void chooseAndOpenSession() },
        { id: 'save-as', label: messages.topBar.saveAs, onClick: () => void chooseAndSaveSession() },
      ],
    },
    {
      group: groups.export,
      actions: [
        exportAction('svg', messages.results.exportAs.svg),
        exportAction('pdf', messages.results.exportAs.pdf),
        exportAction('png', messages.results.exportAs.png(String(scale))),
        exportAction('csv', messages.results.exportAs.csv),
        exportAction('json', messages.results.exportAs.json),
        exportAction('ipynb', messages.results.exportAs.ipynb),
      ],
    },
    {
      group: groups.settings,
      actions: [
        ...LANGUAGES.map((value) => ({
          id: `language-${value}`,
          label: messages.palette.language(messages.languageName[value]),
          onClick: () => void setPreferences({ language: value }),
        })),
        ...THEMES.map((value) => ({
          id: `theme-${value}`,
          label: messages.palette.theme(messages.topBar[value]),
          onClick: () => void setPreferences({ theme: value }),
        })),
        { id: 'shortcuts', label: messages.topBar.shortcuts, onClick: () => openDialog('shortcuts') },
      ],
    },
  ];

  return (
    <Spotlight
      actions={actions}
      shortcut={null}
      nothingFound={messages.palette.nothing}
      scrollable
      transitionProps={{ duration: 0 }}
      overlayProps={{ blur: 0, backgroundOpacity: 0.5 }}
      attributes={{ content: { 'aria-label': messages.topBar.palette } }}
      maxHeight={420}
      searchProps={{ placeholder: messages.palette.placeholder, 'aria-label': messages.palette.placeholder }}
    />
  );
}
