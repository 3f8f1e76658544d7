/** Starts the page: fonts and styles of the bundle, the address, the socket, then React. */
import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import '@mantine/core/styles.css';
import '@mantine/spotlight/styles.css';
import './theme/tokens.css';
import './theme/base.css';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { stayConnected } from './connection.ts';
import { App } from './shell/app.tsx';
import { followDesktop } from './shell/desktop.ts';
import { followAddress } from './state/page.ts';
import { followDrops } from './state/session-files.ts';

// zod would otherwise try to compile its checks, which the page's content security policy forbids and reports.
z.config({ jitless: true });

followAddress();
followDesktop();
followDrops();
void stayConnected();
createRoot(document.getElementById('root')!).render(<App />);
