// filters.js - the bar that all views share.
import { el, clean } from './util.js';
import { read, filter, go } from './state.js';

const labels = { type: 'Type', mode: 'Mode', status: 'Told as', country: 'Country', source: 'Source', actor: 'Actor', place: 'Place', words: 'Words', from: 'From', to: 'To', confidence: 'Confidence', review: 'Review', box: 'Area', told: 'Told again', cameo: 'CAMEO', quad: 'Quad' };
const countries = (() => { try { return new Intl.DisplayNames(['en'], { type: 'region' }); } catch { return null; } })();
export const country = (cc) => { try { return (countries && cc && countries.of(cc)) || cc || ''; } catch { return cc; } };
const shown = (key, v) => (key === 'country' ? country(v) : key === 'box' ? 'on the map' : key === 'told' ? 'also what is told again' : key === 'confidence' ? 'at least ' + v : clean(v));

let further = false;                                // whether the filters asked for less often are open

function choice(key, options) {
  const now = read().filters[key] || [];
  return el('label.field', {}, el('span', {}, labels[key]),
    el('select', { 'data-filter': key, onchange: (e) => filter(key, e.target.value ? [e.target.value] : []) },
      el('option', { value: '' }, now.length > 1 ? now.length + ' chosen' : 'all'),
      options.map(([v, n]) => el('option', { value: v, selected: now.length === 1 && now[0] === v }, shown(key, v) + (n === undefined ? '' : ' (' + n.toLocaleString('en') + ')')))));
}

function input(key, props) {
  const set = (e) => { const v = e.target.value.trim(); filter(key, v ? [v] : []); };
  return el('label.field', {}, el('span', {}, labels[key]), el('input', { 'data-filter': key, value: (read().filters[key] || [])[0] || '', onchange: set, ...props }));
}

function chips() {
  const f = read().filters, out = [];
  for (const [key, values] of Object.entries(f)) for (const v of values) {
    out.push(el('button.chip', { type: 'button', 'aria-label': 'Remove the filter ' + labels[key] + ' ' + shown(key, v), onclick: () => filter(key, values.filter((x) => x !== v)) }, labels[key] + ': ', el('bdi', {}, shown(key, v)), el('span', { 'aria-hidden': 'true' }, ' ×')));
  }
  if (out.length) out.push(el('button.chip.clear', { type: 'button', onclick: () => go({ filters: {} }) }, 'Clear all'));
  return out;
}

/** Draws the bar; `about` has the facets. */
export function drawFilters(box, about) {
  const f = about.facets, held = document.activeElement?.dataset?.filter, all = (read().filters.told || [])[0] === 'all';
  box.replaceChildren(
    el('div.bar', {},
      input('words', { type: 'search', placeholder: 'words of the report', id: 'search' }), choice('status', f.status), choice('type', f.type), choice('country', f.country.slice(0, 250)), input('from', { type: 'date' }), input('to', { type: 'date' }),
      el('details.further', { open: further, ontoggle: (e) => { further = e.target.open; } }, el('summary', {}, 'More filters'), el('div.bar', {}, input('actor', { type: 'text', placeholder: 'name or code' }), choice('mode', f.mode), choice('source', f.source),
        choice('review', [['none'], ['accepted'], ['corrected'], ['rejected'], ['any']]), choice('confidence', [['500'], ['700'], ['900']]),
        el('label.check', {}, el('input', { type: 'checkbox', 'data-filter': 'told', checked: all, onchange: (e) => filter('told', e.target.checked ? ['all'] : []) }), ' told again')))),
    el('div.chips', {}, chips()));
  if (held) box.querySelector('[data-filter="' + held + '"]')?.focus();
}
