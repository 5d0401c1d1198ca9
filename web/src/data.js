// data.js - where facts come from: the program that serves this page, or (in a page that is a file) what lies in the page itself.
import { local } from './local.js';

const token = document.querySelector('meta[name="dateline-token"]')?.content || '';
const flights = new Map();

/** Asks the program; a newer question of the same kind ends an older one. */
async function ask(kind, path) {
  flights.get(kind)?.abort();
  const flight = new AbortController();
  flights.set(kind, flight);
  const r = await fetch('/api/' + path, { signal: flight.signal, headers: { Accept: 'application/json' } });
  const body = await r.json().catch(() => ({ error: 'an answer that can’t be read' }));
  if (!r.ok) throw new Error(body.error || 'the program answers ' + r.status);
  return body;
}

async function send(path, body) {
  const r = await fetch('/api/' + path, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Dateline-Token': token }, body: JSON.stringify(body) });
  const answer = await r.json().catch(() => ({}));
  if (!r.ok) throw new Error(answer.error || 'the program answers ' + r.status);
  return answer;
}

const remote = {
  about: () => ask('about', 'about'),
  view: (q) => ask('view', 'view?' + q),
  rows: (q, kind = 'rows') => ask(kind, 'rows?' + q),
  network: (q) => ask('network', 'network?' + q),
  report: (id, names) => ask('report', 'report/' + encodeURIComponent(id) + (names ? '?names=1' : '')),
  queue: (q) => ask('queue', 'queue?' + q),
  world: async (fine) => (await fetch(fine ? '/world-50m.json' : '/world-110m.json')).json(),
  decide: (d) => send('decide', d),
  undo: (d) => send('undo', d),
};

const embedded = document.getElementById('dateline-data');
export const data = embedded ? local(JSON.parse(embedded.textContent)) : remote;
export const aborted = (e) => e && e.name === 'AbortError';
