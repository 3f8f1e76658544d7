/** The sessions of this machine: open, compare, bring in, take out. */
import { Button, FileButton, Textarea, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Result } from '../../electron/shared/contract.ts';
import { formatBytes } from '../../electron/shared/units.ts';
import { tryEngine } from '../connection.ts';
import { LOCALES } from '../i18n/locales.ts';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import { chooseAndOpenSession, chooseAndSaveSession, newSession, openSession, typeNotes } from '../state/actions.ts';
import { useLab } from '../state/lab-store.ts';
import { goTo } from '../state/page.ts';
import { downloadSession, uploadAndOpen } from '../state/session-files.ts';
import { chooseComparison } from './comparison-choice.ts';
import { folderOf } from './path-words.ts';

type Listed = Result<'listSessions'>;

export function useSessionList(): Listed {
  const path = useLab((state) => state.sessionInfo?.path);
  const [listed, setListed] = useState<Listed>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another session in front is another list
  useEffect(() => {
    let wanted = true;
    void tryEngine('listSessions', {}).then((sessions) => {
      if (wanted && sessions !== undefined) setListed(sessions);
    });
    return () => {
      wanted = false;
    };
  }, [path]);
  return listed;
}

function Current() {
  const messages = useMessages();
  const info = useLab((state) => state.sessionInfo);
  const session = useLab((state) => state.session);
  if (info === null || session === null) return null;
  return (
    <section className="gs-card" aria-labelledby="current-session">
      <div className="gs-row" style={{ alignItems: 'baseline' }}>
        <h2 id="current-session" className="gs-card-title">
          {info.name}
        </h2>
        <span className="gs-dim">
          {messages.sessions.current} · {info.saved ? messages.topBar.saved : messages.topBar.unsaved} ·{' '}
          {messages.sessions.inside(session.runs.length, session.exercisesDone.length)}
        </span>
      </div>
      <div className="gs-dim gs-small gs-mono" style={{ overflowWrap: 'anywhere' }}>
        {info.path}
      </div>
      <Textarea
        label={messages.exercise.notesLabel}
        autosize
        minRows={1}
        maxRows={6}
        value={session.notes}
        maxLength={100_000}
        onChange={(event) => typeNotes(event.currentTarget.value)}
        my="0.5rem"
      />
      <div className="gs-row">
        <Button onClick={() => void chooseAndSaveSession()} data-testid="save-as">
          {messages.sessions.saveAs}
        </Button>
        <Button variant="default" onClick={() => void newSession()} data-testid="new-session">
          {messages.sessions.new}
        </Button>
        {globalThis.gslab === undefined ? (
          <>
            <FileButton accept=".gslab,.svg,.png,.pdf" onChange={(file) => file !== null && void uploadAndOpen(file)}>
              {(props) => (
                <Button variant="default" {...props}>
                  {messages.sessions.fromFile}
                </Button>
              )}
            </FileButton>
            <Button variant="default" onClick={() => void downloadSession()}>
              {messages.sessions.download}
            </Button>
          </>
        ) : (
          <Button variant="default" onClick={() => void chooseAndOpenSession()}>
            {messages.sessions.fromFile}
          </Button>
        )}
      </div>
    </section>
  );
}

function SessionTable({ listed }: { listed: Listed }) {
  const messages = useMessages();
  const language = useLanguage();
  const current = useLab((state) => state.sessionInfo?.path);
  const { columns } = messages.sessions;
  const time = (iso: string) => new Date(iso).toLocaleString(LOCALES[language], { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <table className="gs-table gs-numbers" data-testid="session-list">
      <thead>
        <tr>
          <th scope="col">{columns.name}</th>
          <th scope="col">{columns.modified}</th>
          <th scope="col">{columns.size}</th>
          <th scope="col">{columns.place}</th>
          <th scope="col">{columns.actions}</th>
        </tr>
      </thead>
      <tbody>
        {listed.map(({ path, name, modifiedAt, bytes }) => (
          <tr key={path}>
            <td>
              <strong>{name}</strong> {path === current && <span className="gs-dim">({messages.sessions.current})</span>}
            </td>
            <td>{time(modifiedAt)}</td>
            <td>{formatBytes(bytes, language)}</td>
            <td className="gs-dim gs-small" style={{ overflowWrap: 'anywhere' }}>
              {folderOf(path)}
            </td>
            <td style={{ whiteSpace: 'nowrap' }}>
              {path !== current && (
                <div className="gs-row" style={{ flexWrap: 'nowrap' }}>
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={messages.sessions.openLabel(name)}
                    onClick={() => void openSession(path)}
                  >
                    {messages.sessions.open}
                  </Button>
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={messages.sessions.compareLabel(name)}
                    onClick={() => {
                      chooseComparison({ first: path, second: current ?? '' });
                      goTo({ name: 'compare' });
                    }}
                  >
                    {messages.sessions.compare}
                  </Button>
                </div>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function SessionsPage() {
  const messages = useMessages();
  const listed = useSessionList();
  const [path, setPath] = useState('');
  return (
    <div className="gs-page" data-pane="sessions">
      <div className="gs-page-inner">
        <header>
          <h1>{messages.sessions.title}</h1>
          <p className="gs-dim">{messages.sessions.intro}</p>
        </header>
        <Current />
        {listed.length === 0 ? <p className="gs-dim">{messages.sessions.empty}</p> : <SessionTable listed={listed} />}
        <form
          className="gs-row"
          style={{ alignItems: 'flex-end' }}
          aria-label={messages.sessions.openByPath}
          onSubmit={(event) => {
            event.preventDefault();
            if (path.trim() !== '') void openSession(path.trim());
          }}
        >
          <TextInput
            label={messages.sessions.pathLabel}
            placeholder={messages.sessions.pathHint}
            value={path}
            onChange={(event) => setPath(event.currentTarget.value)}
            style={{ flex: 1, maxWidth: '32rem' }}
            data-testid="open-path"
          />
          <Button type="submit" variant="default" disabled={path.trim() === ''}>
            {messages.sessions.open}
          </Button>
        </form>
      </div>
    </div>
  );
}
