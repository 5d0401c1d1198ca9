// text.js - the text of a report with facts marked where they are attested. The text is cut at every begin and end of a span; each piece knows what covers it.
import { el, byteIndex } from './util.js';
import { sign } from './status.js';

/** Spans of the record as pieces of the string: {from, to, kind, event, slot, role, status}. */
function spansOf(record, rows, chosen, at) {
  const out = [], status = new Map(rows.map((r) => [r.event, r]));
  for (const p of record.parts || []) if (!p.coded) out.push({ from: at(p.begin), to: at(p.end), kind: 'part', why: [p.kind, p.why].filter(Boolean).join(': ') });
  for (const v of record.events || []) {
    const row = status.get(v.id);
    out.push({ from: at(v.trigger[0]), to: at(v.trigger[1]), kind: 'event', event: v.id, status: row ? row.status : v.status, main: v.main, review: row && row.review });
    if (v.id !== chosen) continue;
    v.slots.forEach((s, i) => out.push({ from: at(s.begin), to: at(s.end), kind: 'slot', event: v.id, slot: i, role: s.role }));
    (v.says || []).forEach((s, i) => out.push({ from: at(s.begin), to: at(s.end), kind: 'slot', event: v.id, slot: 's' + i, role: 'says' }));
    const more = [[record.places, v.place, 'place'], [record.times, v.time && v.time.id, 'time']];
    for (const [list, id, role] of more) { const x = id && (list || []).find((y) => y.id === id); if (x) out.push({ from: at(x.begin), to: at(x.end), kind: 'slot', event: v.id, slot: role, role }); }
    for (const id of v.counts || []) { const c = record.counts.find((y) => y.id === id); if (c) out.push({ from: at(c.begin), to: at(c.end), kind: 'slot', event: v.id, slot: id, role: 'count' }); }
  }
  return out.filter((s) => s.to > s.from);
}

function piece(text, covers, chosen, open) {
  const part = covers.find((c) => c.kind === 'part'), events = covers.filter((c) => c.kind === 'event'), slots = covers.filter((c) => c.kind === 'slot');
  const event = events.find((c) => c.event === chosen) || events.find((c) => c.main) || events[0];
  let node = document.createTextNode(text);
  if (event) {
    node = el('span.ev.s-' + event.status + (event.event === chosen ? '.chosen' : '') + (event.review === 'rejected' ? '.rejected' : ''), {
      role: 'button', tabindex: '0', 'data-event': event.event, title: event.status, 'aria-label': text + ' (' + event.status + ')', 'aria-pressed': event.event === chosen ? 'true' : 'false',
      onclick: () => open(event.event), onkeydown: (e) => { if (e.key === 'Enter' || e.key === ' ') e.preventDefault(), open(event.event); },
    }, node);
  }
  for (const s of slots) node = el('span.slot.role-' + s.role, { 'data-of': s.event, 'data-slot': s.slot, 'data-role': s.role, title: s.role.replace('_', ' ') }, node);
  if (part) node = el('span.uncoded', { title: 'not coded: ' + part.why }, node);
  return node;
}

/** Paragraphs with their marks; open(event) is called for an event's words. */
export function marked(record, rows, chosen, open) {
  const text = record.report.text, at = byteIndex(text), spans = spansOf(record, rows, chosen, at), title = (record.parts || []).find((p) => p.kind === 'title');
  const cuts = new Set([0, text.length]), named = new Set();      // each slot is labelled once, at its first piece
  for (const s of spans) cuts.add(s.from), cuts.add(s.to);
  const box = el('div.text', {});
  let from = 0;
  for (const line of text.split('\n')) {
    const to = from + line.length, inside = [...cuts].filter((c) => c > from && c < to).sort((a, b) => a - b), edges = [from, ...inside, to];
    const p = el(title && at(title.begin) <= from && from < at(title.end) ? 'h3' : 'p', { dir: 'auto' });
    for (let i = 0; i + 1 < edges.length; i++) {
      const [b, e] = [edges[i], edges[i + 1]];
      p.append(piece(text.slice(b, e), spans.filter((s) => s.from < e && s.to > b), chosen, open));
    }
    if (line.trim()) box.append(p);
    from = to + 1;
  }
  number(box);
  for (const n of box.querySelectorAll('.slot')) n.classList.toggle('on', named.has(n.dataset.slot) || !named.add(n.dataset.slot));
  return box;
}

/** The sign of the status stands once behind each event's words. */
function number(box) {
  const last = new Map();
  for (const n of box.querySelectorAll('.ev')) last.set(n.dataset.event, n);
  for (const n of last.values()) n.dataset.sign = sign([...n.classList].find((c) => c.startsWith('s-')).slice(2));
}
