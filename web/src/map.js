// map.js - where events are: circles by number on the outlines of countries (Equal Earth; Natural Earth's data). The list beside it says the same.
import { geoEqualEarth, geoPath } from 'd3-geo';
import { feature, mesh } from 'topojson-client';
import { el, fit, css, count, name, say } from './util.js';
import { data } from './data.js';
import { read, query, go, filter } from './state.js';
import { country } from './filters.js';
import { list } from './timeline.js';

const FINE_FROM = 3.5, LISTED = 40;
const INHABITED = { type: 'MultiPoint', coordinates: [[-172, 0], [180, 0], [0, 80], [0, -56]] };
const worlds = {};
const where = (p) => [name(p[2]), p[3] && country(p[3]) !== p[2] ? ', ' + country(p[3]) : ''];

async function world(fine) {
  const key = fine ? 'fine' : 'coarse';
  if (!worlds[key]) {
    const t = await data.world(fine);
    worlds[key] = { land: feature(t, t.objects.land || t.objects.countries), borders: mesh(t, t.objects.countries, (a, b) => a !== b) };
  }
  return worlds[key];
}

/** By area, the largest place as large as the crowd of places allows. */
let most = 1, many = 1;
const radius = (n, zoom) => (2.5 + (many > 200 ? 13 : 19) * Math.sqrt(n / most)) * Math.min(1.8, 0.9 + zoom / 12);

function mapOf(view) {
  most = Math.max(20, ...view.places.map((p) => p[4])), many = view.places.length;
  const canvas = el('canvas', { tabindex: '0', role: 'img', 'aria-label': 'Map of ' + count(view.places.length, 'place') + '; arrow keys move, plus and minus zoom; the list of places says the same' });
  const tip = el('p.tip', {}, 'Wheel or + and - zoom, drag moves, a click keeps to a place.');
  const box = el('div.map', {}, canvas, tip), m = { zoom: 1, x: 0, y: 0, shapes: null, fine: false, over: null };
  const projection = geoEqualEarth();
  const size = () => { const w = Math.max(280, box.clientWidth || 800); return [w, Math.round(Math.min(w * 0.52, window.innerHeight * 0.7))]; };
  function place() {
    const [w, h] = size();
    projection.fitExtent([[6, 6], [w - 6, h - 6]], INHABITED);
    const [tx, ty] = projection.translate(), k = projection.scale();
    projection.scale(k * m.zoom).translate([w / 2 + (tx - w / 2) * m.zoom + m.x, h / 2 + (ty - h / 2) * m.zoom + m.y]);
  }
  function paint() {
    const [w, h] = size(), g = fit(canvas, w, h), path = geoPath(projection, g);
    place();
    if (m.shapes) {
      g.beginPath(), path(m.shapes.land), g.fillStyle = css('--land'), g.fill();
      g.beginPath(), path(m.shapes.borders), g.strokeStyle = css('--border'), g.lineWidth = 0.7, g.stroke();
    }
    g.lineWidth = 1;
    for (const p of [...view.places].reverse()) {
      const at = projection([p[1], p[0]]);
      if (!at || at[0] < -40 || at[1] < -40 || at[0] > w + 40 || at[1] > h + 40) continue;
      g.beginPath(), g.arc(at[0], at[1], radius(p[4], m.zoom), 0, 7);
      g.fillStyle = css(p[5] ? '--c-asserted' : '--c-alleged'), g.globalAlpha = 0.55, g.fill(), g.globalAlpha = 1;
      if (!p[5]) g.setLineDash([3, 3]);
      g.strokeStyle = css(p === m.over ? '--accent' : '--paper'), g.lineWidth = p === m.over ? 3 : 1, g.stroke(), g.setLineDash([]);
    }
  }
  let frame = 0;
  const later = () => { cancelAnimationFrame(frame); frame = requestAnimationFrame(paint); };
  async function sharper() {
    if (m.fine || m.zoom < FINE_FROM) return;
    m.fine = true, m.shapes = await world(true), later();
  }
  function zoom(f, cx, cy) {
    const [w, h] = size(), to = Math.max(1, Math.min(60, m.zoom * f)), k = to / m.zoom;
    m.x = (m.x - (cx - w / 2)) * k + (cx - w / 2), m.y = (m.y - (cy - h / 2)) * k + (cy - h / 2), m.zoom = to;
    if (to === 1) m.x = m.y = 0;
    later(), sharper();
  }
  const near = (e) => {
    const r = canvas.getBoundingClientRect(), x = e.clientX - r.left, y = e.clientY - r.top;
    let best = null, d = 1e9;
    for (const p of view.places) { const at = projection([p[1], p[0]]), q = at ? Math.hypot(at[0] - x, at[1] - y) - radius(p[4], m.zoom) : 1e9; if (q < Math.min(4, d)) best = p, d = q; }
    return best;
  };
  let drag = null;
  canvas.addEventListener('wheel', (e) => { e.preventDefault(); const r = canvas.getBoundingClientRect(); zoom(e.deltaY < 0 ? 1.25 : 0.8, e.clientX - r.left, e.clientY - r.top); }, { passive: false });
  canvas.addEventListener('pointerdown', (e) => { drag = { x: e.clientX, y: e.clientY, mx: m.x, my: m.y, moved: false }; canvas.setPointerCapture(e.pointerId); });
  canvas.addEventListener('pointermove', (e) => {
    if (drag) { if (Math.hypot(e.clientX - drag.x, e.clientY - drag.y) > 4) drag.moved = true; m.x = drag.mx + e.clientX - drag.x, m.y = drag.my + e.clientY - drag.y; return later(); }
    const p = near(e);
    if (p !== m.over) m.over = p, canvas.style.cursor = p ? 'pointer' : 'grab', tip.textContent = p ? (p[2] || 'a place') + (country(p[3]) === p[2] ? '' : ', ' + country(p[3])) + ': ' + count(p[4], 'event') : ' ', later();
  });
  canvas.addEventListener('pointerup', (e) => { const p = drag && !drag.moved && near(e); drag = null; if (p && p[2]) filter('place', [p[2]]); });
  canvas.addEventListener('keydown', (e) => {
    const [w, h] = size(), move = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[e.key];
    if (move) m.x += move[0], m.y += move[1], later(), e.preventDefault();
    else if (e.key === '+' || e.key === '=') zoom(1.4, w / 2, h / 2);
    else if (e.key === '-') zoom(1 / 1.4, w / 2, h / 2);
    else if (e.key === '0') m.zoom = 1, m.x = m.y = 0, later();
  });
  const area = () => {
    const [w, h] = size(), a = projection.invert([0, h]), b = projection.invert([w, 0]);
    if (a && b) go({ filters: { ...read().filters, box: [[Math.max(-180, a[0]), Math.max(-90, a[1]), Math.min(180, b[0]), Math.min(90, b[1])].map((v) => v.toFixed(3)).join(',')] } });
  };
  box.append(el('div.buttons', {}, el('button', { type: 'button', 'aria-label': 'Zoom in', onclick: () => zoom(1.5, size()[0] / 2, size()[1] / 2) }, '+'), el('button', { type: 'button', 'aria-label': 'Zoom out', onclick: () => zoom(1 / 1.5, size()[0] / 2, size()[1] / 2) }, '−'),
    el('button', { type: 'button', onclick: area }, 'Keep to this area')));
  new ResizeObserver(later).observe(box);
  world(false).then((s) => { if (!m.fine) m.shapes = s; later(); });
  return box;
}

export async function map(main) {
  const s = read(), q = query(s), view = await data.view(q);
  say(count(view.places.length, 'place'));
  const places = el('ol.places', { 'aria-label': 'Places' }, view.places.slice(0, LISTED).map((p) => el('li', {}, el('button.link', { type: 'button', onclick: () => filter('place', [p[2]]) }, where(p)), el('span.n', {}, p[4].toLocaleString('en')))));
  main.replaceChildren(
    el('section.lead', {}, el('h2', {}, 'Map'), el('p.sum', {}, count(view.events - view.unplaced, 'event') + ' at ' + count(view.places.length, 'place') + (view.unplaced ? '; ' + view.unplaced.toLocaleString('en') + ' more have no place' : '')),
      el('ul.legend', {}, el('li', {}, el('span.dot.told'), ' told as having happened'), el('li', {}, el('span.dot.untold'), ' only alleged, feared, planned or denied'))),
    el('div.split', {}, mapOf(view), el('aside', {}, el('h3', {}, 'Places'), places)), list(q, 'date'));
}
