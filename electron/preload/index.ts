/**
 * The bridge of `electron/shared/desktop.ts`, put on the sandboxed page's `window.gslab`. It runs before the page in
 * a world of its own: the page gets these functions and nothing of Electron, and main checks every message again.
 */
import { contextBridge, ipcRenderer } from 'electron';
import { CHANNELS, type DesktopBridge, type MenuCommand } from '../shared/desktop.ts';

function listen<T>(channel: string, listener: (value: T) => void): () => void {
  const forward = (_event: unknown, value: T) => listener(value);
  ipcRenderer.on(channel, forward);
  return () => {
    ipcRenderer.removeListener(channel, forward);
  };
}

const bridge: DesktopBridge = {
  chooseOpen: () => ipcRenderer.invoke(CHANNELS.chooseOpen),
  chooseSave: (suggested) => ipcRenderer.invoke(CHANNELS.chooseSave, suggested),
  onMenu: (listener) => listen<MenuCommand>(CHANNELS.menu, listener),
  onOpenFile: (listener) => {
    const end = listen<string>(CHANNELS.openFile, listener);
    ipcRenderer.send(CHANNELS.listening);
    return end;
  },
  reveal: (path) => ipcRenderer.send(CHANNELS.reveal, path),
  show: (shown) => ipcRenderer.send(CHANNELS.show, shown),
};

contextBridge.exposeInMainWorld('gslab', bridge);
