/** The bar above everything: session, pages, machine, language, theme, palette. */
import { spotlight } from '@mantine/spotlight';
import { LANGUAGES, THEMES } from '../../electron/shared/contract.ts';
import { useMessages } from '../i18n/messages.ts';
import { setPreferences } from '../state/actions.ts';
import { openDialog, useLab } from '../state/lab-store.ts';
import { PLAIN_PAGES, pageAddress } from '../state/page.ts';
import { adapterInUse, cautions, machineWords } from './machine-words.ts';
import { Segments } from './segments.tsx';
import { SessionMenu } from './session-menu.tsx';
import { MODIFIER } from './shortcuts.ts';

function PageLinks() {
  const messages = useMessages();
  const page = useLab((state) => state.page.name);
  return (
    <nav aria-label="Pages">
      {PLAIN_PAGES.filter((name) => name !== 'machine').map((name) => (
        <a key={name} className="gs-nav-link" href={pageAddress({ name })} aria-current={page === name ? 'page' : undefined}>
          {messages.pages[name]}
        </a>
      ))}
    </nav>
  );
}

function MachineChip() {
  const messages = useMessages();
  const machine = useLab((state) => state.machine);
  const adapters = useLab((state) => state.adapters);
  const chosen = useLab((state) => state.preferences.adapter);
  const onPage = useLab((state) => state.page.name === 'machine');
  if (machine === null) return null;
  const words = machineWords(machine, messages);
  const adapter = adapterInUse(adapters, chosen);
  const gpu = adapter === undefined ? messages.topBar.noGpu : adapter.type === 'software' ? messages.topBar.softwareGpu : adapter.name;
  const all = [...words, gpu, ...cautions(machine, messages)];
  return (
    <a
      className="gs-chip"
      href={pageAddress({ name: 'machine' })}
      title={all.join(' · ')}
      aria-current={onPage ? 'page' : undefined}
      data-testid="machine-chip"
    >
      <span className="gs-wide-only">{words.join(' · ')} ·</span>
      <span>{gpu}</span>
      <span className="gs-visually-hidden"> ({messages.topBar.machine})</span>
    </a>
  );
}

export function TopBar() {
  const messages = useMessages();
  const { language, theme } = useLab((state) => state.preferences);
  const icons = { dark: 'moon', light: 'sun', projector: 'projector' } as const;
  return (
    <header className="gs-bar">
      <span className="gs-bar-name gs-medium-only">{messages.appName}</span>
      <SessionMenu />
      <PageLinks />
      <span className="gs-bar-gap" />
      <MachineChip />
      <Segments
        label={messages.topBar.language}
        value={language}
        testId="language-switch"
        options={LANGUAGES.map((value) => ({ value, text: value.toUpperCase(), title: messages.languageName[value], lang: value }))}
        onChange={(value) => void setPreferences({ language: value })}
      />
      <Segments
        label={messages.topBar.theme}
        value={theme}
        testId="theme-switch"
        options={THEMES.map((value) => ({ value, icon: icons[value], title: messages.topBar[value] }))}
        onChange={(value) => void setPreferences({ theme: value })}
      />
      <button type="button" className="gs-chip" title={messages.topBar.palette} onClick={spotlight.open}>
        {MODIFIER} K<span className="gs-visually-hidden"> {messages.topBar.palette}</span>
      </button>
      <button type="button" className="gs-chip" title={messages.topBar.shortcuts} onClick={() => openDialog('shortcuts')}>
        <span aria-hidden="true">?</span>
        <span className="gs-visually-hidden">{messages.topBar.shortcuts}</span>
      </button>
    </header>
  );
}
