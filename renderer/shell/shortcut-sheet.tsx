/** The sheet of keyboard shortcuts. */
import { Kbd, Modal } from '@mantine/core';
import { useMessages } from '../i18n/messages.ts';
import { openDialog, useLab } from '../state/lab-store.ts';
import { Icon, type IconName } from './icons.tsx';
import { MODIFIER, SHORTCUTS } from './shortcuts.ts';

/** Arrows are drawn: the monospaced font has no left and no right one. */
const ARROWS: Readonly<Record<string, IconName>> = { '←': 'arrowLeft', '→': 'arrowRight', '↑': 'arrowUp', '↓': 'arrowDown' };

function Key({ name }: { name: string }) {
  const arrow = ARROWS[name];
  if (arrow === undefined) return name === 'Mod' ? MODIFIER : name;
  return (
    <>
      <Icon name={arrow} />
      <span className="gs-visually-hidden">{name}</span>
    </>
  );
}

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
                      <Key name={key} />
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
