// local.js - a page that is a file: the same answers, counted from the rows that lie in it. Nothing is written.
import { day, iso } from './util.js';
import { statuses } from './status.js';

const any = (values, test) => !values.length || values.some(test);
const within = (r, box) => {
  const [w, s, e, n] = box.split(',').map(Number);
  return r.lat !== null && r.lat >= s && r.lat <= n && (w <= e ? r.lon >= w && r.lon <= e : r.lon >= w || r.lon <= e);
};
const holds = (text, part) => (text || '').toLowerCase().includes(part.toLowerCase());
const first = (v) => (v.length === 4 ? v + '-01-01' : v.length === 7 ? v + '-01' : v);
const last = (v) => (v.length === 4 ? v + '-12-31' : v.length === 7 ? v + '-31' : v);

function passes(r, q) {
  const all = (k) => q.getAll(k);
  if (q.get('told') !== 'all' && (!r.main || r.copy_of)) return false;
  if (!q.has('review') && r.review === 'rejected') return false;
  for (const k of ['type', 'mode', 'status', 'country', 'source', 'report']) if (!any(all(k), (v) => r[k] === v)) return false;
  return any(all('place'), (v) => holds(r.place, v)) && any(all('box'), (v) => within(r, v)) && any(all('cameo'), (v) => (r.cameo || '').startsWith(v)) && any(all('quad'), (v) => String(r.quad) === v)
    && any(all('actor'), (v) => (/^([A-Z]{3})+$/.test(v) ? (r.who_code || '').startsWith(v) || (r.whom_code || '').startsWith(v) : holds(r.who, v) || holds(r.whom, v)))
    && any(all('words'), (v) => v.toLowerCase().split(/\s+/).every((w) => holds(r.sentence, w) || holds(r.title, w)))
    && any(all('from'), (v) => (r.latest || r.earliest || '') >= first(v)) && any(all('to'), (v) => (r.earliest || r.latest || '9') <= last(v))
    && any(all('confidence'), (v) => r.confidence >= Number(v)) && any(all('review'), (v) => v === 'any' || (v === 'none' ? !r.review : r.review === v));
}

const orders = {
  date: (a, b) => (a.earliest || '9').localeCompare(b.earliest || '9'), '-date': (a, b) => (b.earliest || '').localeCompare(a.earliest || ''),
  confidence: (a, b) => a.confidence - b.confidence, '-confidence': (a, b) => b.confidence - a.confidence, type: (a, b) => a.type.localeCompare(b.type),
  place: (a, b) => (a.place || '￿').localeCompare(b.place || '￿'), status: (a, b) => a.status.localeCompare(b.status),
};

function bins(rows) {
  const dated = rows.filter((r) => r.earliest), days = dated.map((r) => day(r.earliest));
  const span = days.length ? Math.max(...days) - Math.min(...days) : 0, grain = span < 92 ? 'day' : span < 644 ? 'week' : span < 2760 ? 'month' : 'year', out = new Map();
  const bin = (d) => (grain === 'day' ? d : grain === 'week' ? iso(day(d) - ((day(d) + 3) % 7)) : grain === 'month' ? d.slice(0, 7) + '-01' : d.slice(0, 4) + '-01-01');
  for (const r of dated) {
    const b = bin(r.earliest);
    if (!out.has(b)) out.set(b, [b, 0, 0, 0, 0, 0, 0]);
    out.get(b)[1 + statuses.indexOf(r.status)]++;
  }
  return { grain, bins: [...out.values()].sort((a, b) => a[0].localeCompare(b[0])), undated: rows.length - dated.length };
}

const ranked = (rows, k) => {
  const n = new Map();
  for (const r of rows) if (r[k]) n.set(r[k], (n.get(r[k]) || 0) + 1);
  return [...n].sort((a, b) => b[1] - a[1]);
};

function places(rows) {
  const out = new Map();
  for (const r of rows) {
    if (r.lat === null) continue;
    const k = r.lat + ',' + r.lon;
    if (!out.has(k)) out.set(k, [r.lat, r.lon, r.place, r.country, 0, 0, r.quad]);
    const p = out.get(k);
    p[4]++, p[5] += r.status === 'asserted' || r.status === 'reported';
  }
  return [...out.values()].sort((a, b) => b[4] - a[4]);
}

export function local(d) {
  const select = (q) => d.rows.filter((r) => passes(r, new URLSearchParams(q)));
  return {
    file: true,
    about: async () => ({ ...d.about, writable: false, file: true }),
    view: async (q) => {
      const rows = select(q);
      return { events: rows.length, reports: new Set(rows.map((r) => r.report)).size, status: Object.fromEntries(statuses.map((s) => [s, rows.filter((r) => r.status === s).length])), type: ranked(rows, 'type'),
        time: bins(rows), places: places(rows), unplaced: rows.filter((r) => r.lat === null).length };
    },
    rows: async (q) => {
      const p = new URLSearchParams(q), rows = select(q), order = orders[p.get('order')], from = Number(p.get('offset') || 0);
      return { total: rows.length, offset: from, rows: (order ? [...rows].sort(order) : rows).slice(from, from + Number(p.get('limit') || 100)) };
    },
    network: async () => d.network,
    report: async (id) => { if (!d.reports[id]) throw new Error('there is no such report in this page'); return d.reports[id]; },
    queue: async (q) => ({ rows: select(q).sort(orders.confidence).slice(0, 50) }),
    world: async () => d.world,
  };
}
