// state.js - what is shown, kept in the address (behind #), so that it can be linked to and gone back from.
//   #map?type=ASSAULT&country=BE      #report/ID/v3?...
export const keys = ['type', 'mode', 'status', 'country', 'source', 'actor', 'place', 'words', 'from', 'to', 'confidence', 'review', 'box', 'told', 'cameo', 'quad'];
export const views = ['timeline', 'map', 'network', 'table', 'review'];

const listeners = [];
export const onChange = (f) => listeners.push(f);

export function read() {
  const [path, query] = location.hash.slice(1).split('?');
  const [view, report, event] = path.split('/').map(decodeURIComponent);
  const filters = {}, q = new URLSearchParams(query || '');
  for (const [k, v] of q) if (keys.includes(k) && v) (filters[k] = filters[k] || []).push(v);
  return { view: view === 'report' && report ? 'report' : views.includes(view) ? view : 'timeline', report, event, filters, names: q.get('names') === '1', queue: q.get('queue') || 'doubt' };
}

export function query(s, more = {}) {
  const q = new URLSearchParams();
  for (const k of keys) for (const v of s.filters[k] || []) q.append(k, v);
  if (s.names) q.set('names', '1');
  for (const [k, v] of Object.entries(more)) if (v !== undefined && v !== null && v !== '') q.set(k, v);
  return q.toString();
}

export function address(s) {
  const path = s.view === 'report' ? ['report', s.report, s.event].filter(Boolean).map(encodeURIComponent).join('/') : s.view;
  const q = query(s, s.view === 'review' && s.queue !== 'doubt' ? { queue: s.queue } : {});
  return '#' + path + (q ? '?' + q : '');
}

export function go(change, replace) {
  const to = address({ ...read(), ...change });
  if (to === location.hash) return;
  if (replace) history.replaceState(null, '', to), listeners.forEach((f) => f());
  else location.hash = to;
}

export function filter(key, values) {
  const s = read(), filters = { ...s.filters };
  if (values && values.length) filters[key] = values;
  else delete filters[key];
  go({ filters });
}

window.addEventListener('hashchange', () => listeners.forEach((f) => f()));
