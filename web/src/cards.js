// cards.js - an event in a list: what it says in one line, the sentence that attests it, where it comes from.
import { el, name, when } from './util.js';
import { badge, review } from './status.js';
import { address, read } from './state.js';
import { country } from './filters.js';

export const link = (r) => address({ ...read(), view: 'report', report: r.report, event: r.event });

/** The words of the event marked in its sentence. */
export function sentence(r) {
  const s = r.sentence || '', i = s.indexOf(r.words || '\0');
  return i < 0 ? [s] : [s.slice(0, i), el('mark', {}, r.words), s.slice(i + r.words.length)];
}

export const line = (r) => [r.who && el('span.who', {}, name(r.who)), ' ', el('span.type', {}, r.type.toLowerCase() + (r.mode ? ' · ' + r.mode : '')), ' ', (r.whom || r.what) && el('span.whom', {}, '→ ', name(r.whom || r.what))];

export function card(r) {
  return el('article.card', { 'data-fact': r.fact },
    el('header', {}, el('a.headline', { href: link(r) }, line(r)), badge(r.status), review(r.review)),
    el('p.sentence', { dir: 'auto' }, sentence(r)),
    el('p.meta', {}, [r.date && when(r.date), r.place && el('span', {}, name(r.place), r.country && country(r.country) !== r.place ? ', ' + country(r.country) : ''), r.says && el('span', {}, 'says ', name(r.says)), r.source, 'confidence ' + (r.confidence / 1000).toFixed(2)]
      .filter(Boolean).flatMap((x, i) => (i ? [' · ', x] : [x]))));
}
