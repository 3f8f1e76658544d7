/** Saving the session under a name where there is no dialog of the desktop. Never replaces a file unasked. */
import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useMessages } from '../i18n/messages.ts';
import { saveSessionAs } from '../state/actions.ts';
import { openDialog, useLab } from '../state/lab-store.ts';
import { folderOf, sessionPathOf } from './path-words.ts';

function SaveForm({ name, folder }: { name: string; folder: string }) {
  const messages = useMessages();
  const [typed, setTyped] = useState(name);
  const [exists, setExists] = useState(false);
  const path = sessionPathOf(typed, folder);
  const save = async (replace: boolean) => {
    if (path === null) return;
    const outcome = await saveSessionAs(path, replace);
    setExists(outcome === 'exists');
    if (outcome === 'saved') openDialog(null);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save(exists);
      }}
    >
      <TextInput
        label={messages.sessions.saveLabel}
        description={messages.sessions.saveHint(folder)}
        value={typed}
        error={path === null ? messages.sessions.needName : exists ? messages.sessions.exists : undefined}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setExists(false);
        }}
        data-autofocus
        data-testid="save-name"
      />
      <div className="gs-row" style={{ justifyContent: 'flex-end', marginTop: '1rem' }}>
        <Button variant="default" onClick={() => openDialog(null)}>
          {messages.cancel}
        </Button>
        <Button type="submit" disabled={path === null} data-testid="save-confirm">
          {exists ? messages.sessions.replace : messages.sessions.save}
        </Button>
      </div>
    </form>
  );
}

export function SaveAsDialog() {
  const messages = useMessages();
  const open = useLab((state) => state.dialog === 'save-as');
  const info = useLab((state) => state.sessionInfo);
  return (
    <Modal
      opened={open && info !== null}
      onClose={() => openDialog(null)}
      title={messages.sessions.saveTitle}
      closeButtonProps={{ 'aria-label': messages.close }}
      size="lg"
      attributes={{ header: { role: 'presentation' } }}
    >
      {info !== null && <SaveForm name={info.name} folder={folderOf(info.path)} />}
    </Modal>
  );
}
