// Elements and requests. All text comes in as text nodes: nothing that an article
// holds is ever read as markup.

const SVG = 'http://www.w3.org/2000/svg';
const SHAPES = new Set(['svg', 'path', 'circle', 'polyline', 'title', 'g']);

// el('a', {href: '#/wire'}, 'text', child, ...)
export function el(tag, attributes = {}, ...children) {
  const svg = SHAPES.has(tag) || attributes.svg;
  const element = svg ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'svg' || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

// The token of admin.token_file, for as long as this tab lives.
const token = () => sessionStorage.getItem('token') || '';

function headers() {
  return token() ? {Authorization: `Bearer ${token()}`} : {};
}

export async function ask(path, query = {}) {
  const parts = Object.entries(query).filter(([, value]) => value !== '' && value !== undefined);
  const address = path + (parts.length ? '?' + new URLSearchParams(parts) : '');
  const answer = await fetch(address, {headers: headers()});
  if (answer.status === 401 && askForToken()) return ask(path, query);
  const text = await answer.text();
  if (!answer.ok) {
    let why = text;
    try { why = JSON.parse(text).error; } catch { /* not JSON: the text says why */ }
    throw new Error(why);
  }
  return answer.headers.get('Content-Type').startsWith('application/json') ? JSON.parse(text) : text;
}

export async function send(path, body) {
  const answer = await fetch(path, {method: 'POST', headers: {...headers(), 'Content-Type': 'application/json'}, body: JSON.stringify(body)});
  if (answer.status === 401 && askForToken()) return send(path, body);
  const text = await answer.text();
  if (answer.ok) return JSON.parse(text);
  let why = text;
  try { why = JSON.parse(text).error; } catch { /* not JSON: the text says why */ }
  throw new Error(why);
}

function askForToken() {
  const given = prompt('The token of admin.token_file:');
  if (!given) return false;
  sessionStorage.setItem('token', given);
  return true;
}

// Server-sent events over fetch, which can send the token. Returns what ends it.
export function listen(path, query, onEvent, onEnd) {
  const ending = new AbortController();
  (async () => {
    const answer = await fetch(path + '?' + new URLSearchParams(query), {headers: headers(), signal: ending.signal});
    if (!answer.ok) throw new Error(JSON.parse(await answer.text()).error);
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    while (true) {
      const {done, value} = await reader.read();
      if (done) break;
      rest += value;
      for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
        const event = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (event.startsWith('data: ')) onEvent(JSON.parse(event.slice(6)));
      }
    }
    onEnd(null);
  })().catch((error) => { if (!ending.signal.aborted) onEnd(error); });
  return () => ending.abort();
}

export const clock = (time) => (time ? time.slice(11, 19) : '');
export const day = (time) => (time ? time.slice(0, 10) : '');
export const address = (view, ...parts) => ['#', view, ...parts.map(encodeURIComponent)].join('/');

export function verdict(record) {
  if (record.fate !== 'live') return el('span', {class: 'verdict dead'}, record.fate);
  return el('span', {class: `verdict ${record.verdict}`}, record.verdict);
}

// A text as its letters: offsets in records count code points.
export const letters = (text) => Array.from(text || '');
