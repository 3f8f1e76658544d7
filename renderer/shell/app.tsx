/** The frame of the window: providers, the bar, the syllabus, the page in front, and what lies over them. */
import { MantineProvider } from '@mantine/core';
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import { ResultTablePage } from '../result-table/result-table-page.tsx';
import { useLab } from '../state/lab-store.ts';
import { pageAddress } from '../state/page.ts';
import { colourSchemeOf, theme } from '../theme/theme.ts';
import { ComparePage } from '../views/compare-page.tsx';
import { CostsPage } from '../views/costs-page.tsx';
import { ExercisePage } from '../views/exercise-page.tsx';
import { MachinePage } from '../views/machine-page.tsx';
import { SaveAsDialog } from '../views/save-as-dialog.tsx';
import { SessionsPage } from '../views/sessions-page.tsx';
import { WorkbenchPage } from '../views/workbench-page.tsx';
import { CommandPalette } from './command-palette.tsx';
import { RunAnnouncer } from './run-announcer.tsx';
import './shell.css';
import { LostBanner, Notices } from './notices.tsx';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { useShortcuts } from './shortcuts.ts';
import { Syllabus } from './syllabus.tsx';
import { TopBar } from './top-bar.tsx';

function PageInFront() {
  const page = useLab((state) => state.page);
  switch (page.name) {
    case 'exercise':
      return <ExercisePage key={page.exercise} id={page.exercise} />;
    case 'workbench':
      return <WorkbenchPage />;
    case 'table':
      return <ResultTablePage />;
    case 'costs':
      return <CostsPage />;
    case 'sessions':
      return <SessionsPage />;
    case 'compare':
      return <ComparePage />;
    case 'machine':
      return <MachinePage />;
  }
}

/** A page that comes takes the focus which the one that went had; whatever stays in the window keeps it. */
function useFocusOnPage(main: RefObject<HTMLElement | null>): void {
  const address = useLab((state) => pageAddress(state.page));
  const shown = useRef(address);
  useEffect(() => {
    if (shown.current === address) return;
    shown.current = address;
    if (document.activeElement === document.body) main.current?.focus({ preventScroll: true });
  }, [address, main]);
}

function Window() {
  const messages = useMessages();
  const connected = useLab((state) => state.session !== null);
  const main = useRef<HTMLElement>(null);
  useShortcuts();
  useFocusOnPage(main);
  return (
    <>
      <button type="button" className="gs-skip" onClick={() => main.current?.focus()}>
        {messages.skipToMain}
      </button>
      <LostBanner />
      <div className="gs-shell">
        <TopBar />
        <Syllabus />
        <main className="gs-main" id="main" tabIndex={-1} ref={main}>
          {connected ? <PageInFront /> : <div className="gs-empty">{messages.loading}</div>}
        </main>
      </div>
      <Notices />
      <RunAnnouncer />
      <CommandPalette />
      <ShortcutSheet />
      <SaveAsDialog />
    </>
  );
}

export function App() {
  const language = useLanguage();
  const name = useLab((state) => state.preferences.theme);
  useLayoutEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dataset.theme = name;
  }, [language, name]);
  return (
    <MantineProvider theme={theme} forceColorScheme={colourSchemeOf(name)}>
      <Window />
    </MantineProvider>
  );
}
