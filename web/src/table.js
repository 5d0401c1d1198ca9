// table.js - every event that passes, a row each; only what is on the screen is asked for and drawn.
import { el, name, count, say, when } from './util.js';
import { badge, review } from './status.js';
import { data, aborted } from './data.js';
import { read, query } from './state.js';
import { link } from './cards.js';
import { country } from './filters.js';

const ROW = 38, PAGE = 100, MARGIN = 12;
const columns = [
  ['date', 'Date', (r) => el('span', { title: when(r.date) }, short(r))], ['type', 'Type', (r) => r.type + (r.mode ? ' · ' + r.mode : '')], [null, 'Who', (r) => name(r.who)], [null, 'Whom', (r) => name(r.whom)], [null, 'What', (r) => name(r.what)],
  ['place', 'Place', (r) => [name(r.place), r.country && country(r.country) !== r.place ? ', ' + country(r.country) : '']], ['status', 'Told as', (r) => [badge(r.status), review(r.review)]], [null, 'Says', (r) => name(r.says)], ['-confidence', 'Sure', (r) => (r.confidence / 1000).toFixed(2)], [null, 'Source', (r) => name(r.source)],
];

const short = (r) => (!r.date ? '' : /^[\d-]+$/.test(r.date) ? r.date : r.earliest && r.latest ? r.earliest + ' …' : r.latest ? 'by ' + r.latest : r.date);

export async function table(main, about, order = 'date') {
  const s = read(), q = query(s), pages = new Map(), body = el('div.rows', { role: 'rowgroup' }), space = el('div.space', { role: 'presentation' });
  const first = await data.rows(q + (q ? '&' : '') + 'order=' + order + '&limit=' + PAGE + '&offset=0', 'table0'), total = first.total;
  pages.set(0, first.rows);
  say(count(total, 'event'));
  const head = el('div.row.head', { role: 'row', 'aria-rowindex': '1' }, columns.map(([key, label], i) => el('div.cell.k' + i, { role: 'columnheader', 'aria-sort': key && key === order ? (order[0] === '-' ? 'descending' : 'ascending') : null },
    key ? el('button.link', { type: 'button', onclick: () => table(main, about, key === 'date' && order === 'date' ? '-date' : key === '-confidence' && order === '-confidence' ? 'confidence' : key) }, label, key.replace('-', '') === order.replace('-', '') ? (order[0] === '-' ? ' ↓' : ' ↑') : '') : label)));
  const grid = el('div.grid', { role: 'grid', tabindex: '0', 'aria-label': 'Events', 'aria-rowcount': String(total + 1), 'aria-colcount': String(columns.length) }, el('div', { role: 'rowgroup' }, head), body);
  let chosen = 0;
  async function page(n) {
    if (pages.has(n)) return;
    pages.set(n, null);
    try { pages.set(n, (await data.rows(q + (q ? '&' : '') + 'order=' + order + '&limit=' + PAGE + '&offset=' + n * PAGE, 'table' + n)).rows); } catch (e) { pages.delete(n); if (!aborted(e)) say(e.message); return; }
    paint();
  }
  function rowOf(i) {
    const r = pages.get(Math.floor(i / PAGE))?.[i % PAGE];
    const node = el('div.row' + (i === chosen ? '.chosen' : ''), { role: 'row', 'aria-rowindex': String(i + 2), 'aria-selected': i === chosen ? 'true' : 'false', onclick: () => { if (r) location.hash = link(r); } }, columns.map(([, , cell], k) => el('div.cell.k' + k, { role: 'gridcell' }, r ? cell(r) : k ? '' : '…')));
    node.style.transform = 'translateY(' + i * ROW + 'px)';
    return node;
  }
  function paint() {
    const from = Math.max(0, Math.floor(grid.scrollTop / ROW) - MARGIN), to = Math.min(total, Math.ceil((grid.scrollTop + grid.clientHeight) / ROW) + MARGIN);
    for (let p = Math.floor(from / PAGE); p <= Math.floor(Math.max(from, to - 1) / PAGE); p++) if (p * PAGE < total) page(p);
    space.style.height = total * ROW + 'px';
    body.replaceChildren(space, ...Array.from({ length: Math.max(0, to - from) }, (_, k) => rowOf(from + k)));
  }
  function choose(i) {
    chosen = Math.max(0, Math.min(total - 1, i));
    const top = chosen * ROW, head = ROW;
    if (top < grid.scrollTop) grid.scrollTop = top;
    else if (top + ROW + head > grid.scrollTop + grid.clientHeight) grid.scrollTop = top + ROW + head - grid.clientHeight;
    paint();
    const r = pages.get(Math.floor(chosen / PAGE))?.[chosen % PAGE];
    if (r) say([r.date && when(r.date), r.who, r.type, r.whom || r.what, r.place, r.status].filter(Boolean).join(', '));
  }
  grid.addEventListener('scroll', () => requestAnimationFrame(paint));
  grid.addEventListener('keydown', (e) => {
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: 15, PageUp: -15 }[e.key];
    if (step) choose(chosen + step);
    else if (e.key === 'Home') choose(0);
    else if (e.key === 'End') choose(total - 1);
    else if (e.key === 'Enter') { const r = pages.get(Math.floor(chosen / PAGE))?.[chosen % PAGE]; if (r) location.hash = link(r); } else return;
    e.preventDefault(), e.stopPropagation();
  });
  main.replaceChildren(el('section.lead', {}, el('h2', {}, 'Table'), el('p.sum', {}, count(total, 'event') + (total ? '' : '. No events match: take a filter away.'))), grid);
  new ResizeObserver(() => paint()).observe(grid);
  paint();
}
