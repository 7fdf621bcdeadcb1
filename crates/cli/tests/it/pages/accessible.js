// What a reader of this page would stumble over: names, order, contrast, width. A list of sentences, empty where all is well.
const found = [];
const say = (what, e) => found.push(what + ': ' + e.outerHTML.replace(/\s+/g, ' ').slice(0, 120));
const shown = e => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== 'hidden';

if (!document.documentElement.lang) found.push('the page says no language');
if (!document.title) found.push('the page has no title');
if (document.querySelectorAll('h1').length !== 1) found.push('the page has not one first heading');
if (!document.querySelector('main')) found.push('the page has no main part');
if (document.documentElement.scrollWidth > innerWidth + 1) {
  found.push('the page is ' + document.documentElement.scrollWidth + ' wide in a window of ' + innerWidth);
}

let level = 1;
for (const h of document.querySelectorAll('h1, h2, h3, h4')) {
  const now = Number(h.tagName[1]);
  if (now > level + 1) say('a heading leaves out a level', h);
  level = now;
}
const ids = new Set();
for (const e of document.querySelectorAll('[id]')) {
  if (ids.has(e.id)) say('an id stands twice', e);
  ids.add(e.id);
}
for (const e of document.querySelectorAll('[aria-labelledby]')) {
  if (!document.getElementById(e.getAttribute('aria-labelledby'))) say('its name is not there', e);
}
for (const e of document.querySelectorAll('input:not([type=hidden]), select, textarea')) {
  const named = [...(e.labels || [])].some(l => l.textContent.trim()) || e.getAttribute('aria-label');
  if (!named) say('a field has no name', e);
}
for (const e of document.querySelectorAll('a[href], button, summary')) {
  if (!e.textContent.trim() && !e.getAttribute('aria-label')) say('a control has no name', e);
}
for (const e of document.querySelectorAll('svg, img')) {
  const named = e.getAttribute('aria-label') || e.getAttribute('alt');
  if (!named && e.getAttribute('aria-hidden') !== 'true') say('a picture has no name', e);
}
for (const t of document.querySelectorAll('table')) {
  if (!t.querySelector('th')) say('a table has no heading', t);
}

// Colours may be told in any space: a canvas turns them into numbers.
const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
const rgba = colour => {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data];
};
const over = (top, under) => {
  const a = top[3] / 255;
  return [0, 1, 2].map(i => top[i] * a + under[i] * (1 - a));
};
const ground = e => {
  const layers = [];
  for (let at = e; at; at = at.parentElement) layers.push(rgba(getComputedStyle(at).backgroundColor));
  const canvasColour = document.createElement('div');
  canvasColour.style.backgroundColor = 'Canvas';
  document.body.append(canvasColour);
  let colour = rgba(getComputedStyle(canvasColour).backgroundColor).slice(0, 3);
  canvasColour.remove();
  for (const layer of layers.reverse()) colour = over(layer, colour);
  return colour;
};
const light = c => {
  const [r, g, b] = c.map(v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
for (const e of document.querySelectorAll('body *')) {
  const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
  if (!own || !shown(e) || e.closest('svg, option')) continue;
  const under = ground(e);
  const text = over(rgba(getComputedStyle(e).color), under);
  const [a, b] = [light(text), light(under)].sort((x, y) => y - x);
  const ratio = (a + 0.05) / (b + 0.05);
  if (ratio < 4.5) say('a contrast of ' + ratio.toFixed(2), e);
}
return found;
