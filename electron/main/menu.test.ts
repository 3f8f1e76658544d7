import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { LANGUAGES } from '../shared/contract.ts';
import { MENU_COMMANDS } from '../shared/desktop.ts';
import { type MenuState, menuTemplate } from './menu.ts';

const STATE: MenuState = { language: 'en', theme: 'dark', recentFiles: [], platform: 'linux', development: false };

function template(change: Partial<MenuState> = {}) {
  const actions = { command: vi.fn(), openFile: vi.fn(), clearRecent: vi.fn(), reload: vi.fn(), about: vi.fn() };
  return { menu: menuTemplate({ ...STATE, ...change }, actions), actions };
}
function items(menu: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return menu.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? items(item.submenu) : [])]);
}
const click = (item: MenuItemConstructorOptions | undefined) => (item?.click as (() => void) | undefined)?.();

describe.each(LANGUAGES)('the menu in %s', (language) => {
  it.each(['linux', 'win32', 'darwin'] as const)('reaches every command once on %s', (platform) => {
    const { menu, actions } = template({ language, platform });
    for (const item of items(menu)) if (item.submenu === undefined) click(item);
    expect(actions.command.mock.calls.map(([command]) => command).sort()).toEqual([...MENU_COMMANDS].sort());
    expect(actions.about).toHaveBeenCalledOnce();
    expect(actions.reload).toHaveBeenCalledOnce();
  });
  it('gives no shortcut twice', () => {
    const shortcuts = items(template({ language }).menu).flatMap(({ accelerator }) => accelerator ?? []);
    expect(shortcuts).toEqual([...new Set(shortcuts)]);
  });
  it('marks the language and the theme that the page shows', () => {
    const { menu } = template({ language, theme: 'projector' });
    const checked = items(menu).filter(({ checked }) => checked);
    expect(checked).toHaveLength(2);
    expect(checked[0]?.label).toBe({ en: 'English', fr: 'Français' }[language]);
  });
});

it('opens recent files by their path and shows their name, ampersands too', () => {
  const { menu, actions } = template({ recentFiles: ['/home/ada/this & that.gslab'] });
  const item = items(menu).find(({ label }) => label === 'this && that.gslab');
  click(item);
  expect(actions.openFile).toHaveBeenCalledExactlyOnceWith('/home/ada/this & that.gslab');
  click(items(menu).find(({ label }) => label === 'Clear this list'));
  expect(actions.clearRecent).toHaveBeenCalledOnce();
});

it('offers developer tools in development only', () => {
  const hasTools = (development: boolean) => items(template({ development }).menu).some(({ role }) => role === 'toggleDevTools');
  expect(hasTools(false)).toBe(false);
  expect(hasTools(true)).toBe(true);
});
