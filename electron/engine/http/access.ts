/**
 * Who may talk to the engine. Its port is open to every program and web page of this machine, so each request must
 * show that it comes from the page the engine itself served:
 *
 *   Host    exactly 127.0.0.1:<port>; a name that an attacker's DNS points at 127.0.0.1 (rebinding) is not it
 *   Origin  where a browser sends one, exactly http://127.0.0.1:<port>
 *   key     for the socket and for files: the token, or the cookie that the token was exchanged for
 *
 * The token is made for one start of the engine and given only to whoever started it, in the page's address. The
 * page's first load exchanges it for a cookie that scripts cannot read and other sites cannot use, so a reload needs
 * no address bar. A second browser that has neither is refused. The page itself holds no secret and needs no key.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const TOKEN_BYTES = 16;
export const TOKEN_PATTERN = /^[A-Za-z0-9_-]{16,128}$/;

export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

/** Compares without telling by its duration where the two differ. */
function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

export class Access {
  readonly origin: string;
  readonly token: string;
  readonly #host: string;
  readonly #cookieName: string;
  readonly #cookieSecret = newToken();

  constructor(port: number, token: string) {
    this.#host = `127.0.0.1:${port}`;
    this.origin = `http://${this.#host}`;
    this.token = token;
    // Cookies do not know ports: two engines of one machine must not overwrite each other's.
    this.#cookieName = `gslab-${port}`;
  }

  /** Whether the request was addressed to this server by this server's own page, or by no page at all. */
  fromHere(request: IncomingMessage): boolean {
    const { host, origin } = request.headers;
    if (host !== this.#host) return false;
    return origin === undefined || origin === this.origin;
  }

  hasToken(address: URL): boolean {
    const given = address.searchParams.get('token');
    return given !== null && sameSecret(given, this.token);
  }

  /** A cookie counts only together with the page's origin: browsers attach it to requests of other local pages too. */
  hasKey(request: IncomingMessage, address: URL): boolean {
    if (this.hasToken(address)) return true;
    const given = cookieValue(request.headers.cookie, this.#cookieName);
    if (given === undefined || !sameSecret(given, this.#cookieSecret)) return false;
    return request.headers.origin === this.origin || request.headers['sec-fetch-site'] === 'same-origin';
  }

  /** `Set-Cookie` that a page which came with the token receives. */
  get cookie(): string {
    return `${this.#cookieName}=${this.#cookieSecret}; Path=/; HttpOnly; SameSite=Strict`;
  }
}
