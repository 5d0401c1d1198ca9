// build.mjs - `make web`: web/src to web/dist, which is committed. Prints what each file weighs on the wire, and fails where the first load is too heavy.
import { build } from 'esbuild';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT = 160 * 1024, to = 'dist/';
mkdirSync(to, { recursive: true });
const options = { bundle: true, minify: true, format: 'iife', target: 'es2020', charset: 'utf8', legalComments: 'none', sourcemap: false };
await build({ ...options, entryPoints: ['src/main.js'], outfile: to + 'app.js' });
await build({ minify: true, bundle: true, charset: 'utf8', target: 'es2020', entryPoints: ['src/app.css'], outfile: to + 'app.css' });
copyFileSync('src/index.html', to + 'index.html');
for (const scale of ['110m', '50m']) copyFileSync(`node_modules/world-atlas/countries-${scale}.json`, `${to}world-${scale}.json`);

// Notices of what is bundled, as their licences ask.
const used = ['d3-geo', 'd3-array', 'internmap', 'topojson-client', 'world-atlas'];
const notice = (p) => { const { name, version, license } = JSON.parse(readFileSync(`node_modules/${p}/package.json`)); let text = ''; for (const f of ['LICENSE', 'LICENSE.md', 'LICENSE.txt']) try { text = readFileSync(`node_modules/${p}/${f}`, 'utf8').trim(); break; } catch { /* the next name */ } return `${name} ${version} (${license})\n${'-'.repeat(60)}\n${text}\n`; };
writeFileSync(to + 'LICENSES.txt', 'The page of dateline holds these libraries. World outlines: Natural Earth (public domain).\n\n' + used.map(notice).join('\n'));

let first = 0;
for (const f of ['index.html', 'app.js', 'app.css', 'world-110m.json', 'world-50m.json']) {
  const n = gzipSync(readFileSync(to + f), { level: 9 }).length;
  if (f !== 'world-50m.json') first += n;
  console.log(String(n).padStart(8), 'bytes', f);
}
console.log(String(first).padStart(8), 'bytes at the first load, map included; at most', LIMIT);
if (first > LIMIT) process.exit(1);
