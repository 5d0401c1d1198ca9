// decide.js - accept, reject, correct, undo: the controls, and what they send.
import { el, say } from './util.js';
import { data } from './data.js';

const fields = { type: 'Type', mode: 'Mode', status: 'Told as', stage: 'Stage', certainty: 'Certainty', date: 'Date', place: 'Place', who: 'Who', whom: 'Whom', what: 'What', says: 'Who says so', count: 'How many', instrument: 'Instrument', origin: 'From', destination: 'To', beneficiary: 'For', foiled_by: 'Foiled by', about: 'About', cameo: 'CAMEO' };
const choices = { status: ['asserted', 'reported', 'alleged', 'possible', 'planned', 'negated'], certainty: ['fact', 'alleged', 'possible', 'feared', 'denied'], stage: ['happened', 'ongoing', 'attempted', 'foiled', 'planned', 'threatened', 'requested', 'postponed', 'cancelled', 'hypothetical', 'unknown'] };
const hints = { date: '2015-01-15, 2015-01 or 2015-01-15/2015-01-20', place: 'p2, or name;CC;lat;lon', who: 'words, words;CODE or e3', whom: 'words, words;CODE or e3', type: 'ASSAULT', count: '12 or 12-20' };

export const reviewer = () => localStorage.getItem('dateline-reviewer') || '';
const remember = (v) => localStorage.setItem('dateline-reviewer', v);
let last = null;                                    // the last decision of this page, for undo

export async function decide(row, field, verdict, value, why, began) {
  const r = await data.decide({ report: row.report, event: row.event, field, verdict, new: value ?? null, who: reviewer() || 'reviewer', why: why || '', seconds: Math.round((Date.now() - (began || Date.now())) / 1000) });
  last = r.decision;
  say(verdict + 'ed');
  return r.rows[0];
}

export async function undo(decision = last) {
  if (!decision) return null;
  const r = await data.undo({ decision, who: reviewer() || 'reviewer' });
  last = null;
  say('undone');
  return r.rows[0];
}
export const canUndo = () => last !== null;

/** Buttons and a form for one event; done(row) is called with what stands then, failed(message) where it was refused. */
export function controls(row, done, failed) {
  const began = Date.now(), run = (f) => f.then((r) => r && done(r)).catch((e) => failed(e.message));
  const form = el('form.correct', { hidden: true, onsubmit: (e) => { e.preventDefault(); run(decide(row, form.field.value, form.wrong.checked ? 'reject' : 'correct', form.value.value, form.why.value, began)); } });
  const fill = () => {
    const f = form.field.value, input = choices[f] ? el('select', { name: 'value', 'aria-label': 'What is right' }, choices[f].map((c) => el('option', { value: c, selected: row[f] === c }, c))) : el('input', { name: 'value', 'aria-label': 'What is right', value: f === 'count' ? (row.low === null ? '' : row.low === row.high ? row.low : row.low + '-' + row.high) : row[f] || '', placeholder: hints[f] || '' });
    form.querySelector('[name=value]').replaceWith(input);
  };
  form.append(el('label', {}, 'Slot ', el('select', { name: 'field', onchange: fill }, Object.entries(fields).map(([k, v]) => el('option', { value: k }, v)))), el('label', {}, 'is ', el('input', { name: 'value', 'aria-label': 'What is right' })),
    el('label.check', {}, el('input', { type: 'checkbox', name: 'wrong' }), ' wrong, and nothing is right'), el('label', {}, 'because ', el('input', { name: 'why', placeholder: 'a reason, if you like' })), el('button', { type: 'submit' }, 'Save'));
  fill();
  const edit = el('button', { type: 'button', 'aria-expanded': 'false', onclick: () => { form.hidden = !form.hidden; edit.setAttribute('aria-expanded', String(!form.hidden)); if (!form.hidden) form.field.focus(); } }, 'Correct');
  return el('div.controls', {},
    el('button.accept', { type: 'button', 'data-do': 'accept', onclick: () => run(decide(row, 'event', 'accept', null, '', began)) }, '✓ Accept'),
    el('button.reject', { type: 'button', 'data-do': 'reject', onclick: () => run(decide(row, 'event', 'reject', null, '', began)) }, '✗ Reject'), edit,
    el('button', { type: 'button', 'data-do': 'undo', disabled: !canUndo(), onclick: () => run(undo()) }, 'Undo'),
    el('label.reviewer', {}, 'as ', el('input', { value: reviewer(), placeholder: 'your name', 'aria-label': 'Your name as a reviewer', onchange: (e) => remember(e.target.value.trim()) })), form);
}
