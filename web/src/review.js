// review.js - one event after the other, for those who check: the least sure first, a random twentieth, or rules nobody has looked at.
import { el, count, say } from './util.js';
import { data } from './data.js';
import { read, query, go } from './state.js';
import { card } from './cards.js';
import { controls, decide, undo } from './decide.js';

const queues = { doubt: ['Doubt', 'the least sure first'], audit: ['Audit', 'a random twentieth, for an honest estimate'], new: ['New rules', 'rules of the codebook that nobody has reviewed'] };

export async function reviewing(main, about) {
  const s = read();
  if (!about.writable) { main.replaceChildren(el('section.lead', {}, el('h2', {}, 'Review'), el('p', {}, 'This page is read-only.'))); return; }
  const answer = await data.queue(query(s, { kind: s.queue, limit: 50 })), rows = answer.rows, done = new Map();
  let at = 0;
  const box = el('div.queue', {}), fail = el('p.error', { hidden: true });
  const failed = (e) => { fail.textContent = e.message || e, fail.hidden = false; };
  function settle(row) {
    const i = rows.findIndex((r) => r.fact === row.fact);
    if (i >= 0) rows[i] = row, done.set(row.fact, row.review);
    fail.hidden = true;
    if (row.review && i === at && at + 1 < rows.length) at++;
    draw();
  }
  function draw() {
    const row = rows[at];
    box.replaceChildren(row ? el('div', {}, el('p.note', {}, at + 1 + ' of ' + rows.length + (done.size ? ', ' + done.size + ' decided' : '')), card(row), controls(row, settle, failed), el('p.note', {}, 'Keys: a accept, r reject, e correct, u undo, j next, k back, Enter opens the report.')) : el('p.empty', {}, 'Nothing is left in this queue.'));
    if (row) say(at + 1 + ' of ' + rows.length);
  }
  main.replaceChildren(el('section.lead', {}, el('h2', {}, 'Review'), el('p.sum', {}, count(rows.length, 'event') + ' to look at'),
    el('div.choices', { role: 'group', 'aria-label': 'Queues' }, Object.entries(queues).map(([k, [label, means]]) => el('button', { type: 'button', title: means, 'aria-pressed': k === s.queue ? 'true' : 'false', onclick: () => { location.hash = '#review?' + query(s, { queue: k === 'doubt' ? '' : k }); } }, label)))), box, fail);
  draw();
  return {
    key: (k) => {
      const row = rows[at];
      if (k === 'j') at = Math.min(rows.length - 1, at + 1), draw();
      else if (k === 'k') at = Math.max(0, at - 1), draw();
      else if (k === 'u') undo().then((r) => { if (r) { const i = rows.findIndex((x) => x.fact === r.fact); if (i >= 0) at = i; done.delete(r.fact), rows[at] = r, draw(); } }).catch(failed);
      else if (!row) return false;
      else if (k === 'a' || k === 'r') decide(row, 'event', k === 'a' ? 'accept' : 'reject').then(settle).catch(failed);
      else if (k === 'e') box.querySelector('.controls button[aria-expanded]')?.click();
      else if (k === 'Enter') go({ view: 'report', report: row.report, event: row.event });
      else return false;
      return true;
    },
  };
}
