/**
 * The engine's door: the built renderer, the socket and the transfer of session files, over HTTP on 127.0.0.1 only.
 * Both shells and the tests come in here; `access.ts` says who may. A request that is refused, broken or hostile ends
 * with its own answer and never with the process.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expected } from '../shared/expectation.ts';
import { TroubleError } from '../shared/trouble.ts';
import { Access, newToken } from './http/access.ts';
import { securityHeaders } from './http/headers.ts';
import type { ServedLab } from './http/served-lab.ts';
import { receiveUpload, sendDownload } from './http/session-transfer.ts';
import { serveSocket } from './http/socket.ts';
import { findStaticFile, sendStaticFile } from './http/static-files.ts';
import { dataFolder } from './resources.ts';

export interface ServerOptions {
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** The built renderer. */
  readonly rendererFolder: string;
  /** Made anew for each start unless given. */
  readonly token?: string;
  /** Where uploads go; the app's own session folder unless given. */
  readonly sessionFolder?: string;
}

export interface RunningServer {
  /** What to open, token included. */
  readonly url: string;
  readonly origin: string;
  readonly port: number;
  readonly token: string;
  close(): Promise<void>;
}

function sendText(response: ServerResponse, status: number, text: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(`${text}\n`);
}

/** Answers requests; made once the port is known, since the allowed host and origin carry it. */
function requestHandler(lab: ServedLab, access: Access, rendererFolder: string, sessionFolder: string) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const address = URL.parse(request.url ?? '', access.origin);
    if (address === null) return sendText(response, 400, 'Bad request');
    if (!access.fromHere(request)) return sendText(response, 403, 'Forbidden');
    const reading = request.method === 'GET' || request.method === 'HEAD';

    if (address.pathname === '/session/upload' || address.pathname === '/session/download') {
      if (!access.hasKey(request, address)) return sendText(response, 403, 'Forbidden');
      const upload = address.pathname === '/session/upload';
      if (request.method !== (upload ? 'POST' : 'GET')) return sendText(response, 405, 'Method not allowed');
      return upload ? receiveUpload(request, response, address, sessionFolder) : sendDownload(response, lab.session);
    }

    if (!reading) return sendText(response, 405, 'Method not allowed');
    const file = await findStaticFile(rendererFolder, address.pathname);
    if (file === null) return sendText(response, 404, address.pathname === '/' ? 'The window is not built: npm run build' : 'Not found');
    if (access.hasToken(address)) response.setHeader('Set-Cookie', access.cookie);
    return sendStaticFile(request, response, file);
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.on('error', () => {
      reject(new TroubleError({ code: 'bad-value', name: 'port', expected: expected.freePort(), received: String(port) }));
    });
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** @throws TroubleError `bad-value` named `port` when the port cannot be had. */
export async function startServer(lab: ServedLab, options: ServerOptions): Promise<RunningServer> {
  const server = createServer();
  // Whatever is no HTTP at all.
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    else socket.destroy();
  });
  const port = await listen(server, options.port ?? 0);
  const access = new Access(port, options.token ?? newToken());
  const headers = securityHeaders(port);
  const handle = requestHandler(lab, access, options.rendererFolder, options.sessionFolder ?? join(dataFolder(), 'sessions'));
  server.on('request', (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    handle(request, response).catch((error: NodeJS.ErrnoException) => {
      // A client that went away in the middle of an answer is no fault.
      if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') console.error(error);
      sendText(response, 500, 'Internal fault');
    });
  });
  const closeSockets = serveSocket(server, lab, access);
  return {
    url: `${access.origin}/?token=${encodeURIComponent(access.token)}`,
    origin: access.origin,
    port,
    token: access.token,
    close: () =>
      new Promise((resolve) => {
        closeSockets();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
