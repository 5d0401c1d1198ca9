// page.mjs - the page in a real browser: every view, keyboard only, right-to-left text, highlights at the right words, review with undo, no error on the console, no request to another host, axe-core.
//   node page.mjs BASE MODULES CHROMIUM [PICTURES]       BASE: where `dateline serve` is, or file:///...html of `dateline export html`; MODULES: folder with node_modules
// Prints `ok NAME`, `not ok NAME why`, and `# ...` with times.
import { createRequire } from 'node:module';
import { mkdirSync } from 'node:fs';

const [, , base, modules, chromium, pictures] = process.argv, require = createRequire(modules + '/x.js'), file = base.startsWith('file:');
const { chromium: browsers } = require('playwright-core'), axe = require.resolve('axe-core/axe.min.js');
let bad = 0;
const test = (name, good, why = '') => { if (!good) bad++; console.log((good ? 'ok ' : 'not ok ') + 'page: ' + name + (good ? '' : '  ' + String(typeof why === 'string' ? why : JSON.stringify(why)).slice(0, 400))); };

const browser = await browsers.launch({ executablePath: chromium, args: ['--no-sandbox'] });
const errors = [], foreign = [];
async function open(options = {}) {
  const c = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options }), p = await c.newPage();
  p.on('console', (m) => { if (m.type() === 'error' || m.type() === 'warning') errors.push(m.text()); });
  p.on('pageerror', (e) => errors.push(e.message));
  p.on('request', (r) => { if (!r.url().startsWith(file ? 'file:' : base) && !r.url().startsWith('data:')) foreign.push(r.url()); });
  p.setDefaultTimeout(15000);
  return p;
}
const ready = (p) => p.waitForFunction(() => performance.getEntriesByName('dateline-ready').length > 0);
const settled = (p, what) => p.waitForSelector(what);
const hash = (p) => p.evaluate(() => location.hash);
async function at(p, to) { await p.evaluate((h) => { location.hash = h; }, to); await p.waitForTimeout(150); }
async function picture(p, name) { if (pictures) { mkdirSync(pictures, { recursive: true }); await p.waitForTimeout(400); await p.screenshot({ path: pictures + '/' + name + '.png' }); } }

// ---- opening, and how long it takes ----
const page = await open();
const t0 = Date.now();
await page.goto(base, { waitUntil: 'commit' });
await ready(page);
const first = await page.evaluate(() => performance.getEntriesByName('dateline-ready')[0].startTime);
console.log('# first view ' + Math.round(first) + ' ms (' + (Date.now() - t0) + ' with the browser)');
const about = await page.evaluate(() => document.getElementById('about').textContent);
test('the first view comes in less than a second', first < 1000, first);
const total = Number(/([\d,]+) events?$/.exec(about)[1].replace(/,/g, ''));
const type = await page.$eval('[data-filter=type]', (s) => s.options[1].value);
// From the choice to the new picture, measured inside the page.
const filtered = await page.evaluate(async (value) => {
  const out = [], select = () => document.querySelector('[data-filter=type]');
  for (const v of [value, '', value, '', value]) {
    const box = document.querySelector('.lead'), t = performance.now(), s = select();
    s.value = v, s.dispatchEvent(new Event('change'));
    await new Promise((done) => { const look = () => { if (document.querySelector('.lead') !== box && document.querySelector('.lead')) requestAnimationFrame(() => done()); else setTimeout(look, 1); }; look(); });
    out.push(performance.now() - t);
    await new Promise((r) => setTimeout(r, 60));
  }
  return out.sort((a, b) => a - b);
}, type);
console.log('# a filter ' + filtered.map(Math.round).join(' ') + ' ms over ' + total + ' events');
test('a filter takes less than 200 ms', filtered[2] < 200, filtered);
await at(page, '#timeline');

// ---- views ----
const views = { timeline: '.chart canvas', map: '.map canvas', network: '.graph canvas', table: '.grid .rows .row' };
for (const [view, what] of Object.entries(views)) {
  await at(page, '#' + view);
  await settled(page, what);
  await page.waitForTimeout(300);
  test(view + ' is drawn', await page.$eval(what, (n) => n.tagName !== 'CANVAS' || [...n.getContext('2d').getImageData(0, 0, n.width, n.height).data].some((v, i) => i % 4 === 3 && v > 0)));
  await picture(page, view);
}
const rowsShown = await page.$$eval('.grid .rows .row', (r) => r.length), counted = Number(await page.getAttribute('.grid', 'aria-rowcount')) - 1;
test('the table draws only what is seen', counted > 0 && (counted < 60 || rowsShown < 80), [rowsShown, counted]);
await page.$eval('.grid', (g) => { g.scrollTop = g.scrollHeight; });
await page.waitForFunction((n) => document.querySelector('.grid .rows .row[aria-rowindex="' + (n + 1) + '"] .k1')?.textContent, counted);
test('the table goes to its end', true);

// ---- filters are shared, and kept in the address ----
await at(page, '#timeline');
await settled(page, '.chart canvas');
await page.waitForTimeout(400);
const whole = await page.textContent('.sum');
await page.selectOption('[data-filter=type]', type);
await page.waitForFunction(([t, s]) => location.hash.includes('type=' + t) && document.querySelector('.sum') && document.querySelector('.sum').textContent !== s, [type, whole]);
const sum = await page.textContent('.sum');
for (const view of ['map', 'table']) {
  await page.click('#tabs a:has-text("' + view[0].toUpperCase() + view.slice(1) + '")');
  await settled(page, views[view]);
  test('the filter holds in ' + view, (await hash(page)).includes('type=' + type) && (await page.$eval('[data-filter=type]', (s) => s.value)) === type);
}
const inTable = await page.textContent('.sum');
test('table and timeline count the same', parseInt(inTable.replace(/,/g, '')) === parseInt(sum.replace(/,/g, '')), [sum, inTable]);
await page.goBack(), await page.goBack();
await page.waitForFunction(() => document.querySelector('h2')?.textContent === 'Timeline');
test('back goes back', (await hash(page)).startsWith('#timeline') && (await page.$eval('[data-filter=type]', (s) => s.value)) === type);
const copy = await open();
await copy.goto(base + (await hash(page)));
await ready(copy);
await copy.waitForFunction((s) => document.querySelector('.sum')?.textContent === s, sum);
test('the address opens the same view', (await copy.textContent('.sum')) === sum);
await copy.context().close();
await page.click('.chip');
await page.waitForFunction(() => !location.hash.includes('type='));
test('a chip takes a filter away', !(await page.$('.chip')));
await at(page, '#timeline?words=zzzzzz');
await page.waitForSelector('.empty');
test('an empty answer is explained', (await page.textContent('.empty')).includes('filter'));
await at(page, '#timeline');

// ---- a report: every event's words and slots are marked at the right words ----
const reports = await page.evaluate(async (isFile) => {
  if (isFile) return Object.keys(JSON.parse(document.getElementById('dateline-data').textContent).reports).slice(0, 16);
  const seen = new Set();
  for (let i = 0; i < 3; i++) for (const r of (await (await fetch('/api/rows?limit=300&order=report&told=all&offset=' + i * 300)).json()).rows) seen.add(r.report);
  return [...seen].slice(0, 12);
}, file);
const record = (id) => page.evaluate(async ([isFile, i]) => (isFile ? JSON.parse(document.getElementById('dateline-data').textContent).reports[i] : await (await fetch('/api/report/' + encodeURIComponent(i))).json()), [file, id]);
let slots = 0, wrong = [], hebrew = null, words = 0;
for (const id of reports) {
  const a = await record(id), bytes = Buffer.from(a.record.report.text), cut = (b, e) => bytes.subarray(b, e).toString();
  if (/^[\u0590-\u05ff]/m.test(a.record.report.text)) hebrew = id;
  for (const v of a.record.events.slice(0, 30)) {
    await page.evaluate((h) => { location.hash = h; }, '#report/' + encodeURIComponent(id) + '/' + v.id);
    await page.waitForFunction(([i, w]) => { const r = document.querySelector('.reading'); return r && r.dataset.report === i && r.dataset.event === w; }, [id, v.id]);
    const marks = await page.evaluate((w) => ({
      words: [...document.querySelectorAll('.ev[data-event="' + w + '"]')].map((n) => n.textContent).join(''),
      slots: [...document.querySelectorAll('[data-of="' + w + '"]')].map((n) => [n.dataset.slot, n.textContent]),
    }), v.id);
    const flat = (s) => s.replace(/\n+/g, '');
    words++;
    if (marks.words !== flat(cut(...v.trigger)) && !a.record.events.some((o) => o.id !== v.id && o.trigger[0] < v.trigger[1] && o.trigger[1] > v.trigger[0])) wrong.push([id, v.id, marks.words, cut(...v.trigger)]);
    v.slots.forEach((s, i) => {
      slots++;
      const got = marks.slots.filter(([k]) => k === String(i)).map(([, t]) => t).join('');
      if (got !== flat(cut(s.begin, s.end))) wrong.push([id, v.id, s.role, got, cut(s.begin, s.end)]);
    });
  }
}
test('events and slots are marked at their words (' + words + ' events, ' + slots + ' slots)', words > 5 && slots > 5 && !wrong.length, wrong.slice(0, 3));
await picture(page, 'report');
test('each way of being told has a shape', (await page.$$eval('.ev', (all) => all.every((n) => n.dataset.sign || [...document.querySelectorAll('[data-event="' + n.dataset.event + '"]')].some((m) => m.dataset.sign)))));
if (hebrew) {
  await at(page, '#report/' + encodeURIComponent(hebrew));
  await settled(page, '.text');
  const sides = await page.$$eval('.text p', (all) => all.filter((p) => /^[\u0590-\u05ff]/.test(p.textContent.trim())).map((p) => { const r = document.createRange(); r.selectNodeContents(p); const b = r.getBoundingClientRect(), o = p.getBoundingClientRect(); return [getComputedStyle(p).direction, b.left - o.left, o.right - b.right]; }));
  test('Hebrew stands at the right', sides.length > 0 && sides.every(([d, left, right]) => d === 'rtl' && right <= left + 1), sides);
} else console.log('skip page: no Hebrew in these reports');

// ---- keyboard alone ----
await at(page, '#timeline');
await settled(page, '.card');
await page.evaluate(() => document.activeElement?.blur());
for (const [keys, view] of [[['g', 'm'], 'map'], [['g', 'n'], 'network'], [['g', 'l'], 'table'], [['g', 't'], 'timeline']]) {
  for (const k of keys) await page.keyboard.press(k);
  await settled(page, views[view]);
  test('keys ' + keys.join(' ') + ' open ' + view, (await hash(page)).startsWith('#' + view));
}
await page.keyboard.press('/');
test('/ goes to the search', await page.evaluate(() => document.activeElement.id === 'search'));
await page.keyboard.press('Escape');
await page.keyboard.press('?');
test('? shows the keys', await page.isVisible('dialog[open]'));
await page.keyboard.press('Escape');
await settled(page, '.card');
await page.keyboard.press('j'), await page.keyboard.press('Enter');
await settled(page, '.text');
test('j and Enter open a report', (await hash(page)).startsWith('#report/'));
const chosen = await hash(page);
await page.keyboard.press('j');
await page.waitForTimeout(100);
test('j goes to the next event', (await hash(page)) !== chosen || (await page.$$('.ev')).length < 2);
await page.keyboard.press('Escape');
await page.waitForFunction(() => !location.hash.startsWith('#report'));
test('Escape goes back', true);
await at(page, '#timeline');
await settled(page, '.chart canvas');
await page.focus('.chart canvas');
await page.keyboard.press('End'), await page.keyboard.press('Enter');
await page.waitForFunction(() => location.hash.includes('from='));
test('the timeline is chosen from by keys', (await hash(page)).includes('to='));
await at(page, '#table');
await settled(page, views.table);
await page.focus('.grid');
await page.keyboard.press('ArrowDown'), await page.keyboard.press('Enter');
await settled(page, '.text');
test('the table is walked by keys', (await hash(page)).startsWith('#report/'));
await at(page, '#timeline');
const stops = await page.evaluate(async () => { const seen = new Set(); for (const n of document.querySelectorAll('a, button, input, select, summary, canvas')) if (n.tabIndex >= 0) seen.add(n.tagName); return [...seen]; });
test('everything can be reached by Tab', ['A', 'BUTTON', 'INPUT', 'SELECT', 'CANVAS'].every((t) => stops.includes(t)), stops);

// ---- review ----
if (!file && await page.$('#tabs a:has-text("Review")')) {
  await page.evaluate(() => localStorage.setItem('dateline-reviewer', 'Browser'));
  await at(page, '#review');
  await settled(page, '.queue .card');
  await picture(page, 'review');
  const fact = await page.getAttribute('.queue .card', 'data-fact'), stand = (f) => page.evaluate(async (x) => (await (await fetch('/api/rows?limit=500&told=all&review=any&order=report')).json()).rows.concat((await (await fetch('/api/rows?limit=500&told=all&review=accepted')).json()).rows, (await (await fetch('/api/rows?limit=500&told=all&review=rejected')).json()).rows).find((r) => String(r.fact) === x)?.review ?? null, f);
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press('a');
  await page.waitForFunction((f) => document.querySelector('.queue .card')?.dataset.fact !== f, fact);
  test('a accepts, and the next one comes', (await stand(fact)) === 'accepted');
  await page.keyboard.press('u');
  await page.waitForFunction((f) => document.querySelector('.queue .card')?.dataset.fact === f, fact);
  test('u takes it back', (await stand(fact)) === null);
  await page.keyboard.press('r');
  await page.waitForFunction((f) => document.querySelector('.queue .card')?.dataset.fact !== f, fact);
  test('r rejects', (await stand(fact)) === 'rejected');
  await page.keyboard.press('u');
  await page.waitForFunction((f) => document.querySelector('.queue .card')?.dataset.fact === f, fact);
  await page.click('.controls button[aria-expanded]');
  await page.selectOption('.correct [name=field]', 'date');
  await page.fill('.correct [name=value]', 'soon'), await page.click('.correct [type=submit]');
  await page.waitForSelector('.error:not([hidden])');
  test('a slot that can’t be so is refused, and said', (await page.textContent('.error')).includes('date'));
  await page.fill('.correct [name=value]', '2001-02-03'), await page.click('.correct [type=submit]');
  await page.waitForFunction((f) => document.querySelector('.queue .card')?.dataset.fact !== f, fact);
  test('a slot is corrected', (await page.evaluate(async (x) => (await (await fetch('/api/rows?limit=500&told=all&review=corrected')).json()).rows.some((r) => String(r.fact) === x && r.date === '2001-02-03'), fact)));
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press('u');
  await page.waitForFunction((f) => document.querySelector('.queue .card')?.dataset.fact === f, fact);
  test('and the correction undone', (await stand(fact)) === null);
}

// ---- names of private persons ----
if (!file) {
  await at(page, '#timeline');
  await page.click('#names');
  await page.waitForFunction(() => location.hash.includes('names=1'));
  test('names are switched on in the address', true);
  await page.click('#names');
}

// ---- axe, in light and dark and narrow ----
for (const [label, options] of [['light', { colorScheme: 'light' }], ['dark', { colorScheme: 'dark' }], ['narrow', { viewport: { width: 390, height: 840 } }]]) {
  const p = await open(options), views4 = ['#timeline', '#map', '#network', '#table', ...(file ? [] : ['#review']), '#report/' + encodeURIComponent(hebrew || reports[0]) + '/v3'], found = [];
  await p.goto(base);
  await ready(p);
  for (const v of views4) {
    await at(p, v);
    await p.waitForTimeout(500);
    await p.evaluate(await (await import('node:fs')).promises.readFile(axe, 'utf8'));
    const r = await p.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    found.push(...r.violations.filter((x) => x.impact === 'serious' || x.impact === 'critical').map((x) => v + ' ' + x.id + ': ' + x.nodes.slice(0, 2).map((n) => n.html.slice(0, 120) + ' ' + (n.any[0]?.message || '')).join(' | ')));
    const wide = await p.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (wide > 1) found.push(v + ' is ' + wide + ' pixels too wide');
    await picture(p, label + '-' + v.slice(1).split('/')[0]);
  }
  test('axe finds nothing serious, ' + label, !found.length, found);
  await p.context().close();
}

const console_ = errors.filter((e) => !(/400|404/.test(e) && /Failed to load/.test(e)));
test('nothing on the console', !console_.length, console_);
test('no request to another host', !foreign.length, foreign);
await browser.close();
process.exit(bad ? 1 : 0);
