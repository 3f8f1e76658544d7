/** The open session's name and state, with what can be done to it. */

import { Menu } from '@mantine/core';
import { useState } from 'react';
import type { Result } from '../../electron/shared/contract.ts';
import { tryEngine } from '../connection.ts';
import { useMessages } from '../i18n/messages.ts';
import { chooseAndOpenSession, chooseAndSaveSession, newSession, openSession } from '../state/actions.ts';
import { useLab } from '../state/lab-store.ts';
import { goTo } from '../state/page.ts';
import { Icon } from './icons.tsx';

const MOST_RECENT = 6;

export function SessionMenu() {
  const messages = useMessages();
  const info = useLab((state) => state.sessionInfo);
  const [recent, setRecent] = useState<Result<'listSessions'>>([]);
  if (info === null) return null;
  const others = recent.filter(({ path }) => path !== info.path).slice(0, MOST_RECENT);
  return (
    <Menu
      width={240}
      position="bottom-start"
      onOpen={async () => {
        const listed = await tryEngine('listSessions', {});
        if (listed !== undefined) setRecent(listed);
      }}
    >
      <Menu.Target>
        <button type="button" className="gs-chip gs-chip-yields" data-testid="session-menu">
          <span className="gs-visually-hidden">{messages.topBar.session('')}</span>
          <span>{info.name}</span>
          <span className="gs-chip-dim gs-medium-only">· {info.saved ? messages.topBar.saved : messages.topBar.unsaved}</span>
          <Icon name="down" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void newSession()}>{messages.topBar.new}</Menu.Item>
        <Menu.Item onClick={() => void chooseAndOpenSession()}>{messages.topBar.open}</Menu.Item>
        <Menu.Item onClick={() => void chooseAndSaveSession()}>{messages.topBar.saveAs}</Menu.Item>
        {globalThis.gslab !== undefined && (
          <Menu.Item onClick={() => globalThis.gslab?.reveal(info.path)}>{messages.topBar.reveal}</Menu.Item>
        )}
        {others.length > 0 && (
          <>
            <Menu.Divider />
            <Menu.Label>{messages.topBar.recent}</Menu.Label>
            {others.map(({ path, name }) => (
              <Menu.Item key={path} title={path} onClick={() => void openSession(path)}>
                {name}
              </Menu.Item>
            ))}
          </>
        )}
        <Menu.Divider />
        <Menu.Item onClick={() => goTo({ name: 'sessions' })}>{messages.topBar.openOther}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
