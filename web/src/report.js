// report.js - one report: its text with every fact where it is attested, and beside it the event that is chosen.
import { el, name, when, count, say } from './util.js';
import { badge, meaning, review, legend } from './status.js';
import { data } from './data.js';
import { read, go, address } from './state.js';
import { marked } from './text.js';
import { controls, undo, decide } from './decide.js';
import { country } from './filters.js';

const cut = (text, b, e) => new TextDecoder().decode(text.subarray(b, e));

function facts(list) {
  return el('dl.facts', {}, list.filter(([, v]) => v && (!Array.isArray(v) || v.length)).flatMap(([k, v]) => [el('dt', {}, k), el('dd', {}, v)]));
}

function slotsOf(a, v, bytes) {
  const entity = (id) => a.record.entities.find((e) => e.id === id);
  return el('ul.slots', {}, v.slots.map((s, i) => {
    const e = s.entity && entity(s.entity);
    return el('li.role-' + s.role, {}, el('span.label', {}, s.role.replace('_', ' ')), ' ', el('button.link', { type: 'button', dir: 'auto', onclick: () => document.querySelector('[data-slot="' + i + '"]')?.scrollIntoView({ block: 'center', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' }) }, name(cut(bytes, s.begin, s.end))),
      e && el('span.note', {}, [e.name !== cut(bytes, s.begin, s.end) && ' ' + e.name, e.role && ', ' + e.role, e.code && ' · ' + e.code].filter(Boolean).join('')));
  }));
}

const number = (c) => c.text + (c.measures ? ' ' + c.measures.replace('_', ' ') : '') + (c.of && !/^e\d+$/.test(c.of) ? ' (' + c.of + ')' : '');

function history(a, id, again) {
  const mine = a.decisions.filter((d) => d.event === id);
  return mine.length > 0 && el('details', {}, el('summary', {}, count(mine.length, 'decision')), el('ol.history', {}, mine.map((d) => el('li' + (d.undone ? '.undone' : ''), {}, d.who + ' ' + { accept: 'accepted', reject: 'rejected', correct: 'corrected', undo: 'took back a decision on' }[d.verdict] + ' ' + (d.field === 'event' ? 'it' : d.field),
    d.new && [' to ', name(d.new)], d.why && ' (' + d.why + ')', el('span.note', {}, ' ' + d.when.slice(0, 16).replace('T', ' ')), d.verdict !== 'undo' && !d.undone && !data.file && el('button.link', { type: 'button', onclick: () => undo(d.decision).then(again) }, ' undo')))));
}

function panel(a, id, about, again, failed) {
  const v = a.record.events.find((x) => x.id === id), row = a.rows.find((r) => r.event === id), bytes = new TextEncoder().encode(a.record.report.text);
  if (!v || !row) return el('aside.panel', {}, el('h3', {}, 'Events'), el('p', {}, 'Choose words that are marked, or go through them with j and k.'), legend());
  const codes = [v.plover && 'PLOVER ' + v.plover.event + (v.plover.mode ? ' ' + v.plover.mode : ''), row.cameo && 'CAMEO ' + row.cameo, row.goldstein !== null && row.goldstein !== undefined && 'Goldstein ' + row.goldstein].filter(Boolean).join(' · ');
  return el('aside.panel', { 'aria-label': 'The chosen event' },
    el('p.kicker', {}, badge(row.status), ' ', review(row.review), v.main ? '' : el('span.note', {}, ' told again')), el('h3', {}, row.type.toLowerCase() + (row.mode ? ': ' + row.mode : '')), el('p.note', {}, meaning(row.status) + '.'),
    slotsOf(a, v, bytes),
    facts([['Where', row.place && [name(row.place), row.country ? ', ' + country(row.country) : '']], ['When', row.date && when(row.date) + (v.time && v.time.by !== 'text' ? ' (' + v.time.by.replace('default:', 'from the ').replace('-', ' ') + ')' : '')], ['How many', (v.counts || []).map((c) => number(a.record.counts.find((y) => y.id === c))).join('; ')],
      ['Who says so', row.says ? name(row.says) : 'the report itself'], ['Stage', row.stage], ['Certainty', row.certainty], ['Codes', codes], ['Confidence', (row.confidence / 1000).toFixed(2)], ['Legal', (v.legal || []).map((l) => l.step.replace('_', ' ')).join(', ')],
      row.who || row.whom || row.what ? ['As it stands', row.review === 'corrected' && [name([row.who, row.type, row.whom || row.what].filter(Boolean).join(' · '))]] : ['', null]]),
    el('details.why', {}, el('summary', {}, 'Why it was coded so'), el('ol', {}, el('li', {}, 'read by ', el('code', {}, v.rule)), (a.reasons[id] || []).map((r) => el('li', {}, r)))),
    history(a, id, again), about.writable && !data.file && controls(row, again, failed));
}

function headOf(r, a) {
  const day = [r.source, r.published && when(r.published), r.language && r.language !== 'en' && 'language: ' + r.language].filter(Boolean).join(' · ');
  return el('header.report', {}, el('p.back', {}, el('a', { href: address({ ...read(), view: 'timeline', report: undefined, event: undefined }) }, '← Timeline')), el('h2', { dir: 'auto' }, r.title || r.id), el('p.note', {}, day, r.byline && [' · ', name(r.byline)]),
    r.url && /^https?:/.test(r.url) && el('p.note.url', {}, r.url), a.copy_of && el('p.notice', {}, 'A copy or a later version of ', el('a', { href: address({ ...read(), view: 'report', report: a.copy_of, event: undefined }) }, a.copy_of), ': no second witness.'),
    (r.warnings || []).map((w) => el('p.notice', {}, w)));
}

export async function report(main, about) {
  const s = read();
  let a = await data.report(s.report, s.names);
  if (!a.record) { main.replaceChildren(el('p.error', {}, 'The record of this report is not in the database: code it again.')); return; }
  const open = (event) => go({ event }, true), events = a.record.events.filter((v) => v.main).map((v) => v.id);
  const again = async () => { a = await data.report(s.report, s.names); draw(true); };
  function draw(keep) {
    const now = read().event, fail = el('p.error', { hidden: true }), failed = (m) => { fail.textContent = m, fail.hidden = false; };
    const held = keep && document.activeElement?.dataset?.do;
    main.replaceChildren(headOf(a.record.report, a), el('div.reading', { 'data-report': s.report, 'data-event': now || '' }, el('div', {}, marked(a.record, a.rows, now, open)), el('div.beside', {}, panel(a, now, about, again, failed), fail)));
    if (held) main.querySelector('[data-do="' + held + '"]')?.focus();
    else if (now) main.querySelector('[data-event="' + CSS.escape(now) + '"]')?.scrollIntoView({ block: 'nearest' });
    say(now ? now : count(events.length, 'event'));
  }
  draw();
  return {
    attached: () => read().event && main.querySelector('[data-event="' + CSS.escape(read().event) + '"]')?.scrollIntoView({ block: 'center' }),
    redraw: (next) => next.view === 'report' && next.report === s.report && next.names === s.names && (draw(), true),
    key: (k) => {
      const i = events.indexOf(read().event), row = a.rows.find((r) => r.event === read().event);
      if (k === 'j' || k === 'k') { if (events.length) open(events[(i + (k === 'j' ? 1 : events.length - 1) + events.length) % events.length] || events[0]); return true; }
      if ((k === 'a' || k === 'r') && row && about.writable) { decide(row, 'event', k === 'a' ? 'accept' : 'reject').then(again); return true; }
      if (k === 'u' && about.writable) { undo().then((r) => r && again()); return true; }
      if (k === 'e') { main.querySelector('.controls button[aria-expanded]')?.click(); return true; }
      return false;
    },
  };
}
