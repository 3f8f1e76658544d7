/**
 * Loaded before the engine by tests: writes one line to the file named by GSLAB_NETWORK_LOG for every connection, name
 * look-up or datagram that is not for this machine. An empty file at the end is the proof that nothing was fetched.
 */
import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import net from 'node:net';

const LOCAL = new Set(['127.0.0.1', '::1', 'localhost', undefined, null, '']);
const tell = (what, host) => {
  if (!LOCAL.has(host)) appendFileSync(process.env.GSLAB_NETWORK_LOG, `${what} ${host}\n`);
};

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...words) {
  const options = Array.isArray(words[0]) ? words[0][0] : words[0];
  if (typeof options === 'object' && options !== null && options.path === undefined) tell('connect', options.host);
  return connect.apply(this, words);
};

const lookup = dns.lookup;
dns.lookup = (host, ...rest) => {
  tell('lookup', host);
  return lookup(host, ...rest);
};

const send = dgram.Socket.prototype.send;
dgram.Socket.prototype.send = function (...words) {
  tell('send', words.find((word) => typeof word === 'string' && /[.:]/.test(word)) ?? 'elsewhere');
  return send.apply(this, words);
};
