// main.js - the page: what the address asks for is drawn, what keys ask for is done.
import { el, count } from './util.js';
import { read, go, onChange, views, address } from './state.js';
import { data, aborted } from './data.js';
import { drawFilters } from './filters.js';
import { timeline } from './timeline.js';
import { map } from './map.js';
import { network } from './network.js';
import { table } from './table.js';
import { report } from './report.js';
import { reviewing } from './review.js';

const draw = { timeline, map, network, table, report, review: reviewing };
const titles = { timeline: 'Timeline', map: 'Map', network: 'Network', table: 'Table', review: 'Review' };
const main = document.getElementById('main');
let about = null, shown = null, turn = 0;

function theme(to) {
  if (to) localStorage.setItem('dateline-theme', to);
  const now = to || localStorage.getItem('dateline-theme') || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  document.documentElement.dataset.theme = now;
  return now;
}

function drawTools() {
  const s = read(), dark = document.documentElement.dataset.theme === 'dark';
  document.getElementById('tools').replaceChildren(
    ...(data.file ? [] : [el('label.check', { title: 'Private persons are shown by a pseudonym until you switch this on' }, el('input', { type: 'checkbox', id: 'names', checked: s.names, onchange: (e) => go({ names: e.target.checked }) }), ' names of private persons')]),
    el('button', { type: 'button', 'aria-label': dark ? 'Light colours' : 'Dark colours', onclick: () => { theme(dark ? 'light' : 'dark'), drawTools(), show(true); } }, dark ? '☀' : '☾'));
}

function drawTabs() {
  const s = read();
  document.getElementById('tabs').replaceChildren(...views.filter((v) => v !== 'review' || about.writable).map((v) => el('a' + (v === s.view ? '.now' : ''), { href: address({ ...s, view: v, report: undefined, event: undefined }), 'aria-current': v === s.view ? 'page' : null }, titles[v])));
}

const waiting = () => el('p.waiting', {}, 'Reading…');

async function show(again) {
  const s = read(), mine = ++turn;
  drawTabs(), drawTools(), drawFilters(document.getElementById('filters'), about);
  document.getElementById('filters').hidden = s.view === 'report';
  document.title = (titles[s.view] || s.report) + ' · ' + about.name + ' · dateline';
  if (!again && shown && shown.redraw && shown.redraw(s)) return;
  const slow = setTimeout(() => { if (mine === turn) main.replaceChildren(waiting()); }, 300);
  try {
    const box = el('div.view'), next = await draw[s.view](box, about);      // drawn aside: a slow answer never covers a newer one
    if (mine !== turn) return;
    shown = next || null;
    main.replaceChildren(box);
    if (shown && shown.attached) shown.attached();
  } catch (e) {
    if (mine === turn && !aborted(e)) shown = null, main.replaceChildren(el('p.error', { role: 'alert' }, 'That did not work: ' + e.message));
  } finally { clearTimeout(slow); }
}

const help = [['/', 'search words'], ['g t, g m, g n, g l, g r', 'timeline, map, network, table (list), review'], ['j, k', 'next and previous event'], ['Enter', 'open'], ['a, r, e, u', 'accept, reject, correct, undo'], ['Escape', 'back, or close'], ['?', 'this help']];
function showHelp() {
  const d = el('dialog', { 'aria-labelledby': 'help-title', onclose: () => d.remove() }, el('h2', { id: 'help-title' }, 'Keyboard'), el('dl.keys', {}, help.flatMap(([k, v]) => [el('dt', {}, k.split(/(?<=,) /).map((x) => [el('kbd', {}, x), ' '])), el('dd', {}, v)])), el('form', { method: 'dialog' }, el('button', {}, 'Close')));
  document.body.append(d), d.showModal();
}

let prefix = false;
function key(e) {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName) && !/checkbox/.test(e.target.type), to = { t: 'timeline', m: 'map', n: 'network', l: 'table', r: 'review' }[e.key];
  if (e.ctrlKey || e.metaKey || e.altKey || document.querySelector('dialog[open]')) return;
  if (typing) { if (e.key === 'Escape') e.target.blur(); return; }
  if (prefix) { prefix = false; if (to) go({ view: to, report: undefined, event: undefined }), main.focus(), e.preventDefault(); return; }
  if (e.key === 'g') prefix = true, setTimeout(() => { prefix = false; }, 1500);
  else if (e.key === '/') { document.getElementById('filters').hidden ? go({ view: 'timeline', report: undefined, event: undefined }) : 0; document.getElementById('search')?.focus(), e.preventDefault(); }
  else if (e.key === '?') showHelp();
  else if (e.key === 'Escape' && read().view === 'report') history.length > 1 ? history.back() : go({ view: 'timeline', report: undefined, event: undefined });
  else if (e.key === 'Enter' && e.target.closest('a, button, [role=button], canvas')) return;
  else if (shown && shown.key && shown.key(e.key)) e.preventDefault();
  else if ((e.key === 'j' || e.key === 'k') && main.querySelector('.card a')) step(e.key === 'j' ? 1 : -1);
}

/** j and k go through the cards of a list. */
function step(by) {
  const all = [...main.querySelectorAll('.card a.headline')], i = all.indexOf(document.activeElement);
  all[Math.max(0, Math.min(all.length - 1, i + by))]?.focus();
}

async function begin() {
  theme();
  try { about = await data.about(); } catch (e) { main.replaceChildren(el('p.error', { role: 'alert' }, 'The program does not answer: ' + e.message)); return; }
  document.getElementById('about').textContent = about.name + ' · ' + count(about.reports, 'report') + ', ' + count(about.events, 'event');
  document.getElementById('keys').addEventListener('click', showHelp);
  document.addEventListener('keydown', key);
  onChange(() => show());
  await show();
  performance.mark('dateline-ready');
}
begin();
