/** The sheet of keyboard shortcuts. */
import { Kbd, Modal } from '@mantine/core';
import { useMessages } from '../i18n/messages.ts';
import { openDialog, useLab } from '../state/lab-store.ts';
import { MODIFIER, SHORTCUTS } from './shortcuts.ts';

export function ShortcutSheet() {
  const messages = useMessages();
  const open = useLab((state) => state.dialog === 'shortcuts');
  return (
    <Modal
      opened={open}
      onClose={() => openDialog(null)}
      title={messages.shortcuts.title}
      closeButtonProps={{ 'aria-label': messages.close }}
      size="md"
      attributes={{ header: { role: 'presentation' } }}
    >
      <table className="gs-table">
        <tbody>
          {SHORTCUTS.map(({ keys, text }) => (
            <tr key={text}>
              <th scope="row" style={{ color: 'var(--gs-text)', fontSize: 'inherit' }}>
                {messages.shortcuts[text]}
              </th>
              <td style={{ whiteSpace: 'nowrap' }}>
                {keys.split(' ').map((key) =>
                  key === '' ? (
                    ' '
                  ) : (
                    <Kbd key={key} mr={4}>
                      {key === 'Mod' ? MODIFIER : key}
                    </Kbd>
                  ),
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  );
}
