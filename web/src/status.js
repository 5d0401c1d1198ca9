// status.js - how an event is told: a colour and a shape each, never a colour alone.
import { el } from './util.js';

export const statuses = ['asserted', 'reported', 'alleged', 'possible', 'planned', 'negated'];
const signs = { asserted: '●', reported: '◐', alleged: '◇', possible: '○', planned: '△', negated: '✕' };
const means = {
  asserted: 'told flatly by the report', reported: 'told by somebody whom the report names', alleged: 'an accusation or a claim', possible: 'possible, or feared',
  planned: 'planned, threatened or attempted: it has not happened', negated: 'told as not having happened',
};
export const meaning = (status) => means[status] || '';
export const sign = (status) => signs[status] || '?';
export const badge = (status) => el('span.badge.s-' + status, { title: means[status] }, el('span', { 'aria-hidden': 'true' }, signs[status] + ' '), status);
export const review = (state) => state && el('span.badge.r-' + state, {}, { accepted: '✓ ', rejected: '✗ ', corrected: '✎ ' }[state] + state);
export const legend = () => el('ul.legend', { 'aria-label': 'How events are told' }, statuses.map((s) => el('li', { title: means[s] }, el('span.swatch.s-' + s, { 'aria-hidden': 'true' }, signs[s]), ' ' + s)));
