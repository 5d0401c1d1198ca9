// timeline.js - counts over time, a bar for each day, week, month or year, in layers by how events are told; under it the events.
import { el, fit, css, iso, day, count, say } from './util.js';
import { statuses, legend } from './status.js';
import { data, aborted } from './data.js';
import { read, query, go } from './state.js';
import { card } from './cards.js';

const HEIGHT = 190, FOOT = 24, SIDE = 44, PAGE = 30;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Every bin from the first to the last: the program leaves out empty ones. */
function filled({ grain, bins }) {
  const out = [], known = new Map(bins.map((b) => [b[0], b]));
  if (!bins.length) return out;
  const end = bins[bins.length - 1][0];
  for (let d = bins[0][0]; d <= end && out.length < 20000;) {
    out.push(known.get(d) || [d, 0, 0, 0, 0, 0, 0]);
    const [y, m] = d.split('-').map(Number);
    d = grain === 'day' ? iso(day(d) + 1) : grain === 'week' ? iso(day(d) + 7) : grain === 'month' ? (m === 12 ? y + 1 + '-01-01' : y + '-' + String(m + 1).padStart(2, '0') + '-01') : String(y + 1).padStart(4, '0') + '-01-01';
  }
  return out;
}

const lastDay = (grain, d) => {
  const [y, m] = d.split('-').map(Number);
  return grain === 'day' ? d : grain === 'week' ? iso(day(d) + 6) : grain === 'month' ? iso(day(m === 12 ? y + 1 + '-01-01' : y + '-' + String(m + 1).padStart(2, '0') + '-01') - 1) : y + '-12-31';
};
const label = (grain, d) => { const [y, m, n] = d.split('-').map(Number); return grain === 'year' ? String(y) : grain === 'month' ? months[m - 1] + ' ' + y : n + ' ' + months[m - 1] + ' ' + y; };

function draw(chart, canvas, width) {
  const { bins, at, range } = chart, g = fit(canvas, width, HEIGHT), w = (width - SIDE) / Math.max(1, bins.length), tall = HEIGHT - FOOT - 12;
  const most = Math.max(1, ...bins.map((b) => b.slice(1).reduce((a, n) => a + n, 0))), y = (n) => 12 + tall - (n * tall) / most;
  g.font = '12px ' + css('--sans'), g.fillStyle = css('--muted'), g.strokeStyle = css('--rule'), g.lineWidth = 1;
  for (const n of [0, Math.round(most / 2), most].filter((n, i, all) => all.indexOf(n) === i)) {
    g.beginPath(), g.moveTo(SIDE, y(n) + 0.5), g.lineTo(width, y(n) + 0.5), g.stroke();
    g.textAlign = 'right', g.fillText(n.toLocaleString('en'), SIDE - 6, y(n) + 4);
  }
  bins.forEach((b, i) => {
    let below = 0;
    for (let k = 0; k < 6; k++) {
      if (!b[k + 1]) continue;
      const x = SIDE + i * w, wide = Math.max(1, w - (w > 4 ? 1 : 0)), top = y(below + b[k + 1]), high = y(below) - top;
      g.fillStyle = css('--c-' + statuses[k]), g.fillRect(x, top, wide, Math.max(1, high));
      if (k >= 2 && wide >= 4 && high >= 4) hatch(g, x, top, wide, high, k);
      below += b[k + 1];
    }
  });
  g.fillStyle = css('--muted'), g.textAlign = 'center';
  const step = Math.max(1, Math.ceil(110 / Math.max(w, 0.01)));
  for (let i = 0; i < bins.length; i += step) g.fillText(label(chart.grain, bins[i][0]), Math.min(width - 40, Math.max(SIDE + 30, SIDE + (i + 0.5) * w)), HEIGHT - 7);
  if (range) g.fillStyle = css('--veil'), g.fillRect(SIDE + range[0] * w, 0, (range[1] - range[0] + 1) * w, HEIGHT - FOOT);
  if (at !== null) g.strokeStyle = css('--accent'), g.lineWidth = 2, g.strokeRect(SIDE + at * w, 8, Math.max(2, w), HEIGHT - FOOT - 6);
}

/** What is no fact is hatched, each in its own way. */
function hatch(g, x, y, w, h, kind) {
  g.save(), g.beginPath(), g.rect(x, y, w, h), g.clip(), g.strokeStyle = css('--paper'), g.lineWidth = 1, g.globalAlpha = 0.65, g.beginPath();
  const up = kind !== 3, gap = kind === 5 ? 4 : 6;
  for (let i = -h; i < w + h; i += gap) g.moveTo(x + i, up ? y + h : y), g.lineTo(x + i + h, up ? y : y + h);
  g.stroke(), g.restore();
}

function describe(chart, i) {
  const b = chart.bins[i], n = b.slice(1).reduce((a, x) => a + x, 0);
  return label(chart.grain, b[0]) + ': ' + count(n, 'event') + (n ? ' (' + statuses.map((s, k) => b[k + 1] && b[k + 1] + ' ' + s).filter(Boolean).join(', ') + ')' : '');
}

function chartOf(view) {
  const chart = { grain: view.time.grain, bins: filled(view.time), at: null, range: null };
  const canvas = el('canvas', { tabindex: '0', role: 'slider', 'aria-label': 'Events over time: arrow keys move, Enter keeps to the chosen ' + view.time.grain, 'aria-valuemin': '0', 'aria-valuemax': String(Math.max(0, chart.bins.length - 1)), 'aria-valuenow': '0' });
  const tip = el('p.tip', {}, 'Drag over the bars to keep to a time.'), box = el('div.chart', {}, canvas, tip);
  const paint = () => draw(chart, canvas, Math.max(280, box.clientWidth || 800));
  const keep = (a, b) => { const [x, y] = a <= b ? [a, b] : [b, a]; const s = read(); go({ filters: { ...s.filters, from: [chart.bins[x][0]], to: [lastDay(chart.grain, chart.bins[y][0])] } }); };
  const point = (e) => { const r = canvas.getBoundingClientRect(); return Math.max(0, Math.min(chart.bins.length - 1, Math.floor(((e.clientX - r.left - SIDE) / (r.width - SIDE)) * chart.bins.length))); };
  const move = (i) => { chart.at = Math.max(0, Math.min(chart.bins.length - 1, i)); tip.textContent = describe(chart, chart.at); canvas.setAttribute('aria-valuenow', chart.at), canvas.setAttribute('aria-valuetext', tip.textContent); paint(); };
  let down = null;
  canvas.addEventListener('pointerdown', (e) => { if (chart.bins.length) down = point(e), chart.range = [down, down], canvas.setPointerCapture(e.pointerId); });
  canvas.addEventListener('pointermove', (e) => { if (!chart.bins.length) return; if (down !== null) chart.range = [Math.min(down, point(e)), Math.max(down, point(e))]; move(point(e)); });
  canvas.addEventListener('pointerup', (e) => { if (down !== null) keep(down, point(e)); down = null; });
  canvas.addEventListener('keydown', (e) => {
    const steps = { ArrowRight: 1, ArrowLeft: -1, PageDown: 10, PageUp: -10 };
    if (!chart.bins.length) return;
    if (e.key in steps) move((chart.at ?? -1) + steps[e.key]), e.preventDefault();
    else if (e.key === 'Home') move(0), e.preventDefault();
    else if (e.key === 'End') move(chart.bins.length - 1), e.preventDefault();
    else if (e.key === 'Enter' && chart.at !== null) keep(chart.at, chart.at);
  });
  new ResizeObserver(paint).observe(box);
  requestAnimationFrame(paint);
  return box;
}

/** Cards page by page. */
export function list(q, order) {
  const box = el('div.cards', { role: 'feed', 'aria-label': 'Events' }), more = el('button.more', { type: 'button', hidden: true, onclick: () => load() }, 'More');
  let offset = 0;
  async function load() {
    try {
      const r = await data.rows(q + (q ? '&' : '') + 'order=' + order + '&limit=' + PAGE + '&offset=' + offset, 'list');
      box.append(...r.rows.map(card));
      offset += r.rows.length;
      more.hidden = offset >= r.total;
      if (!r.total) box.append(el('p.empty', {}, 'No events match. Take a filter away, or look for what is told otherwise.'));
    } catch (e) { if (!aborted(e)) box.append(el('p.error', {}, e.message)); }
  }
  load();
  return el('div', {}, box, more);
}

export async function timeline(main) {
  const s = read(), q = query(s), view = await data.view(q);
  say(count(view.events, 'event'));
  main.replaceChildren(
    el('section.lead', {}, el('h2', {}, 'Timeline'), el('p.sum', {}, count(view.events, 'event') + ' in ' + count(view.reports, 'report') + (view.time.undated ? ', ' + view.time.undated.toLocaleString('en') + ' of them without a day' : '')), legend()),
    chartOf(view), list(q, 'date'));
}
