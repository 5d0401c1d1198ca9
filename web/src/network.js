// network.js - who did how much to whom: actors by their codes, where the program laid them; lines by number and mean Goldstein score. The list says the same.
import { el, fit, css, count, say } from './util.js';
import { data } from './data.js';
import { read, query, filter } from './state.js';
import { list } from './timeline.js';

const PAD = 46, LISTED = 30;
const tone = (score) => (score === null ? '--muted' : score <= -2 ? '--conflict' : score >= 2 ? '--cooperation' : '--muted');

function graphOf(net) {
  const canvas = el('canvas', { tabindex: '0', role: 'img', 'aria-label': 'Network of ' + count(net.nodes.length, 'actor') + '; the lists beside it say the same' });
  const tip = el('p.tip', {}, 'A click keeps to an actor. Lines get thicker towards whom it was done.'), box = el('div.graph', {}, canvas, tip), g = { over: -1 };
  const most = Math.max(1, ...net.nodes.map((n) => n[2])), size = () => { const w = Math.max(280, box.clientWidth || 800); return [w, Math.round(Math.min(Math.max(w * 0.62, 320), window.innerHeight * 0.75))]; };
  const at = (n) => { const [w, h] = size(); return [PAD + n[3] * (w - 2 * PAD), PAD * 0.6 + n[4] * (h - 1.2 * PAD)]; }, radius = (n) => 4 + 15 * Math.sqrt(n[2] / most);
  function edge(c, e, faint) {
    const [x, y] = at(net.nodes[e[0]]), [u, v] = at(net.nodes[e[1]]), wide = Math.min(9, 1 + Math.log2(1 + e[2])), d = Math.hypot(u - x, v - y) || 1, nx = ((v - y) / d) * wide * 0.5, ny = (-(u - x) / d) * wide * 0.5;
    c.globalAlpha = faint ? 0.08 : 0.55, c.fillStyle = css(tone(e[3]));
    c.beginPath(), c.moveTo(x, y), c.lineTo(u + nx, v + ny), c.lineTo(u - nx, v - ny), c.closePath(), c.fill(), c.globalAlpha = 1;
  }
  function paint() {
    const [w, h] = size(), c = fit(canvas, w, h), near = new Set([g.over]);
    for (const e of net.edges) if (e[0] === g.over || e[1] === g.over) near.add(e[0]), near.add(e[1]);
    const out = (i) => g.over >= 0 && !near.has(i);
    for (const e of net.edges) edge(c, e, g.over >= 0 && e[0] !== g.over && e[1] !== g.over);
    net.nodes.forEach((n, i) => { const [x, y] = at(n); c.globalAlpha = out(i) ? 0.2 : 1, c.beginPath(), c.arc(x, y, radius(n), 0, 7), c.fillStyle = css('--ink-soft'), c.fill(), c.strokeStyle = css('--paper'), c.lineWidth = 1.5, c.stroke(), c.globalAlpha = 1; });
    c.font = '12.5px ' + css('--sans'), c.textAlign = 'center', c.lineJoin = 'round';
    const taken = [];
    net.nodes.forEach((n, i) => {
      if (out(i)) return;
      const [x, y] = at(n), words = c.measureText(n[1]).width / 2 + 4, spot = [Math.min(w - words, Math.max(words, x)), y - radius(n) - 5];
      if (i !== g.over && taken.some((t) => Math.abs(t[0] - spot[0]) < t[2] + words && Math.abs(t[1] - spot[1]) < 15)) return;
      taken.push([...spot, words]), c.strokeStyle = css('--paper'), c.lineWidth = 4, c.strokeText(n[1], ...spot), c.fillStyle = css('--ink'), c.fillText(n[1], ...spot);
    });
  }
  const node = (e) => { const r = canvas.getBoundingClientRect(); return net.nodes.findIndex((n) => { const [x, y] = at(n); return Math.hypot(x - (e.clientX - r.left), y - (e.clientY - r.top)) < radius(n) + 5; }); };
  canvas.addEventListener('pointermove', (e) => { const i = node(e); if (i === g.over) return; g.over = i; canvas.style.cursor = i < 0 ? 'default' : 'pointer'; tip.textContent = i < 0 ? ' ' : net.nodes[i][1] + ' (' + net.nodes[i][0] + '): ' + count(net.nodes[i][2], 'event'); paint(); });
  canvas.addEventListener('click', (e) => { const i = node(e); if (i >= 0) filter('actor', [net.nodes[i][0]]); });
  canvas.addEventListener('keydown', (e) => { if (e.key === 'ArrowRight' || e.key === 'ArrowLeft') { const n = net.nodes.length; g.over = n ? (g.over + (e.key === 'ArrowRight' ? 1 : n - 1) + n) % n : -1; if (g.over >= 0) tip.textContent = net.nodes[g.over][1] + ': ' + count(net.nodes[g.over][2], 'event'), say(tip.textContent); paint(), e.preventDefault(); } else if (e.key === 'Enter' && g.over >= 0) filter('actor', [net.nodes[g.over][0]]); });
  new ResizeObserver(paint).observe(box);
  return box;
}

export async function network(main) {
  const s = read(), q = query(s), net = await data.network(q);
  say(count(net.nodes.length, 'actor'));
  const pairs = [...net.edges].sort((a, b) => b[2] - a[2]).slice(0, LISTED), word = (i) => el('button.link', { type: 'button', title: net.nodes[i][0], onclick: () => filter('actor', [net.nodes[i][0]]) }, net.nodes[i][1]);
  main.replaceChildren(
    el('section.lead', {}, el('h2', {}, 'Network'), el('p.sum', {}, net.nodes.length ? count(net.nodes.length, 'actor') + ' with codes on both sides of an event' + (net.left_out ? '; ' + net.left_out + ' with fewer events are left out' : '') : 'No event here has codes of both who did it and to whom.'),
      el('ul.legend', {}, el('li', {}, el('span.dash.conflict'), ' conflict'), el('li', {}, el('span.dash.cooperation'), ' cooperation'), el('li', {}, el('span.dash.mixed'), ' between'))),
    el('div.split', {}, graphOf(net), el('aside', {}, el('h3', {}, 'Who to whom'), el('ol.pairs', {}, pairs.map((e) => el('li', {}, word(e[0]), ' → ', word(e[1]), el('span.n', {}, e[2].toLocaleString('en') + (e[3] === null ? '' : ' · ' + e[3].toFixed(1)))))))), list(q, 'date'));
}
