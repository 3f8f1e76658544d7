/** What can be done with a row, where it was asked for. */
import { Kbd, Menu } from '@mantine/core';
import { pinnedBaseline } from '../../electron/shared/annotations.ts';
import type { ResultRow } from '../../electron/shared/result-table/result-row.ts';
import { useMessages } from '../i18n/messages.ts';
import { annotate, pinBaseline } from '../state/actions.ts';
import { useLab } from '../state/lab-store.ts';
import { goTo, pageOfRun } from '../state/page.ts';
import { showRun } from '../state/shown-run.ts';
import type { Place } from './result-grid.tsx';
import { exerciseOf } from './table-view.ts';

/** The page that the run was made on, with that run in front. */
export function goToRun(row: ResultRow): void {
  showRun(exerciseOf(row), row.run.id);
  goTo(pageOfRun(row.run));
}

/** Whether it is what others are compared with by a person's choice. */
export function useIsPinned(row: ResultRow): boolean {
  return useLab(({ session }) => {
    const pinned = session === null ? undefined : pinnedBaseline(session);
    return pinned?.runId === row.run.id && pinned.variant === row.index;
  });
}

interface ItemsProps {
  readonly row: ResultRow;
  readonly onDetails: (focus: 'facts' | 'name' | 'note') => void;
}

function Items({ row, onDetails }: ItemsProps) {
  const { resultTable: texts } = useMessages();
  const isPinned = useIsPinned(row);
  return (
    <>
      {/* The menu is called by it already. */}
      <Menu.Label aria-hidden="true">{row.label}</Menu.Label>
      <Menu.Item data-autofocus rightSection={<Kbd>{texts.enterKey}</Kbd>} onClick={() => onDetails('facts')}>
        {texts.details}
      </Menu.Item>
      <Menu.Item onClick={() => void pinBaseline(isPinned ? undefined : row.place)} disabled={row.hidden && !isPinned}>
        {isPinned ? texts.unpin : texts.pin}
      </Menu.Item>
      <Menu.Item rightSection={<Kbd>F2</Kbd>} onClick={() => onDetails('name')}>
        {texts.rename}
      </Menu.Item>
      <Menu.Item onClick={() => onDetails('note')}>{texts.takeNote}</Menu.Item>
      <Menu.Item rightSection={<Kbd>{texts.deleteKey}</Kbd>} onClick={() => void annotate(row.place, { hidden: !row.hidden })}>
        {row.hidden ? texts.show : texts.hide}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item onClick={() => goToRun(row)}>{texts.goToRun}</Menu.Item>
    </>
  );
}

interface RowMenuProps extends Pick<ItemsProps, 'onDetails'> {
  /** Closed without one. */
  readonly row: ResultRow | undefined;
  readonly at: Place;
  readonly onClose: () => void;
}

export function RowMenu({ row, at, onDetails, onClose }: RowMenuProps) {
  const { resultTable: texts } = useMessages();
  return (
    <Menu
      opened={row !== undefined}
      onClose={onClose}
      position="bottom-start"
      width={260}
      returnFocus={false}
      hideDetached={false}
      withInitialFocusPlaceholder={false}
      // Not the key that opened it, which is still on its way.
      clickOutsideEvents={['mousedown', 'touchstart']}
    >
      <Menu.Target>
        <button type="button" className="gs-rt-anchor" style={{ left: at.x, top: at.y }} aria-label={texts.actionsOf(row?.label ?? '')} />
      </Menu.Target>
      <Menu.Dropdown data-testid="row-menu">{row !== undefined && <Items row={row} onDetails={onDetails} />}</Menu.Dropdown>
    </Menu>
  );
}
