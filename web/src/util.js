// util.js - making elements, and counting in bytes, characters and days.

/** An element: el('p.note', {title: 't'}, 'text', child, ...). Data never becomes markup: strings are text nodes. */
export function el(what, props, ...children) {
  const [tag, ...classes] = what.split('.');
  const node = document.createElement(tag || 'div');
  if (classes.length) node.className = classes.join(' ');
  for (const [k, v] of Object.entries(props || {})) {
    if (v === undefined || v === null || v === false) continue;
    if (k.startsWith('on')) node.addEventListener(k.slice(2), v);
    else if (k in node && typeof v !== 'string') node[k] = v;
    else node.setAttribute(k, v === true ? '' : v);
  }
  node.append(...children.flat(3).filter((c) => c !== null && c !== undefined && c !== false));
  return node;
}

/** Signs that turn the direction of what follows are not shown in names: they serve to deceive. */
export const clean = (s) => (s || '').replace(/[\u202A-\u202E\u2066-\u2069]/g, '');
export const name = (s) => el('bdi', {}, clean(s));

/** Where each byte of a UTF-8 text stands in the JavaScript string: at(byte). */
export function byteIndex(text) {
  const at = new Uint32Array(new TextEncoder().encode(text).length + 1);
  let byte = 0;
  for (let i = 0; i < text.length;) {
    const c = text.codePointAt(i), bytes = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4, units = c > 0xffff ? 2 : 1;
    for (let k = 0; k < bytes; k++) at[byte++] = i;
    i += units;
  }
  at[byte] = text.length;
  return (b) => at[Math.max(0, Math.min(b, at.length - 1))];
}

export const count = (n, one, many = one + 's') => n.toLocaleString('en') + ' ' + (n === 1 ? one : many);
export const day = (iso) => Date.parse(iso + 'T00:00:00Z') / 86400000;
export const iso = (d) => new Date(d * 86400000).toISOString().slice(0, 10);

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
/** A date of the record (EDTF) in words; what we have no words for is shown as it is. */
export function when(edtf) {
  if (!edtf) return '';
  const between = /^\[(.*)\.\.(.*)\]$/.exec(edtf);
  if (between) return between[1] && between[2] ? when(between[1]) + ' to ' + when(between[2]) : between[2] ? 'by ' + when(between[2]) : 'from ' + when(between[1]) + ' on';
  const m = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(~?)$/.exec(edtf);
  if (!m) return edtf.split('/').map((x) => (x === edtf ? x : when(x))).join(' to ');
  return (m[4] ? 'about ' : '') + (m[3] ? Number(m[3]) + ' ' : '') + (m[2] ? months[m[2] - 1] + ' ' : '') + m[1];
}

export function debounce(f, ms) {
  let t;
  return (...a) => { clearTimeout(t); t = setTimeout(() => f(...a), ms); };
}

/** A canvas as sharp as the screen. */
export function fit(canvas, width, height) {
  const r = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * r), canvas.height = Math.round(height * r);
  canvas.style.width = width + 'px', canvas.style.height = height + 'px';
  const g = canvas.getContext('2d');
  g.setTransform(r, 0, 0, r, 0, 0);
  return g;
}

export const css = (variable) => getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
export const say = (text) => { document.getElementById('live').textContent = text; };
