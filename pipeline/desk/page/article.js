// One record: its text with every tag where it stands, why, and what became of it.

import {address, ask, el, letters, verdict} from './dom.js';

// Spans of the body, the longest first where they begin together.
function spansOf(record) {
  const spans = [];
  const add = (mention, kind, why) => {
    if (mention && mention.field === 'body') spans.push({start: mention.start, end: mention.end, kind, why});
  };
  for (const one of record.entities) {
    const kind = ['person', 'organization'].includes(one.type) ? one.type : 'other';
    for (const mention of one.mentions) add(mention, kind, `${one.type} ${one.name} (${one.id}), by ${one.via}, confidence ${one.confidence}`);
  }
  for (const one of record.places) {
    for (const mention of one.mentions) add(mention, 'place', `${one.type || 'place'} ${one.name} (${one.id || 'not known'}), ${one.role}, by ${one.via}, confidence ${one.confidence}`);
  }
  for (const one of record.dates) add(one, 'date', `${one.type} ${one.value}`);
  for (const one of record.quotes) {
    add(one, 'quote', one.speaker ? `said by ${one.speaker.name}${one.speaker.entity ? ` (${one.speaker.entity})` : ''}; the cue is "${one.cue}"` : 'nobody is named as its speaker');
  }
  return spans.sort((a, b) => a.start - b.start || b.end - a.end);
}

// Says of the tag that is clicked, or reached by Tab, why it is one.
function told(text) {
  const box = el('p', {class: 'told', role: 'status', hidden: true});
  const tell = (event) => {
    const mark = event.target.closest('mark');
    box.hidden = !mark;
    if (mark) box.textContent = `${mark.textContent}: ${mark.title}`;
  };
  text.addEventListener('click', tell);
  text.addEventListener('focusin', tell);
  return box;
}

// Nested marks; a span that crosses another is cut by it.
function marked(text, spans) {
  const all = letters(text);
  let next = 0;
  const build = (from, to) => {
    const nodes = [];
    let at = from;
    while (next < spans.length && spans[next].start < to) {
      const span = spans[next++];
      if (span.start < at || span.end > to) continue;
      nodes.push(all.slice(at, span.start).join(''));
      nodes.push(el('mark', {class: span.kind, title: span.why, tabindex: '0'}, build(span.start, span.end)));
      at = span.end;
    }
    nodes.push(all.slice(at, to).join(''));
    return nodes;
  };
  return build(0, all.length);
}

// What differs, word by word: the longest common sequence of at most so many words.
const WORDS_MAX = 1200;
export function difference(before, after) {
  const a = before.trim().split(/\s+/).slice(0, WORDS_MAX);
  const b = after.trim().split(/\s+/).slice(0, WORDS_MAX);
  const width = b.length + 1;
  const length = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; --i) {
    for (let j = b.length - 1; j >= 0; --j) {
      length[i * width + j] = a[i] === b[j] ? length[(i + 1) * width + j + 1] + 1
        : Math.max(length[(i + 1) * width + j], length[i * width + j + 1]);
    }
  }
  const parts = [];
  const put = (kind, word) => {
    const last = parts[parts.length - 1];
    if (last && last.kind === kind) last.text += `${word} `; else parts.push({kind, text: `${word} `});
  };
  let i = 0, j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) { put('same', b[j]); ++i; ++j; }
    else if (j < b.length && (i === a.length || length[i * width + j + 1] >= length[(i + 1) * width + j])) put('ins', b[j++]);
    else put('del', a[i++]);
  }
  return parts;
}

const list = (title, rows) => (rows.length ? [el('h2', {}, title), el('ul', {}, rows.map((row) => el('li', {dir: 'auto'}, row)))] : []);

// Dates from the earliest on, with the place of the publication among them.
function dates(record) {
  const rows = record.dates.map((one) => ({value: one.value, text: `“${one.text}”`}));
  if (!rows.length) return [];
  if (record.published_at) rows.push({value: record.published_at.slice(0, 16), text: 'published'});
  rows.sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0));
  return [el('h2', {}, 'Dates'), el('ol', {class: 'dateline'}, rows.map((one) => el('li', {dir: 'auto'}, one.value.replace('T', ' '), ' ', el('span', {class: 'quiet'}, one.text))))];
}

function facts(record) {
  const pairs = [['published', record.published_at], ['received', record.received_at],
    ['provider', record.provider && (record.provider.name || record.provider.domain)],
    ['language', `${record.language} (${record.language_confidence}, by ${record.language_via})`],
    ['byline', (record.byline || []).join(', ')], ['dateline', record.dateline && record.dateline.text],
    ['words', record.word_count], ['status', record.status], ['tone', record.tone && record.tone.score]];
  return el('dl', {}, pairs.filter(([, value]) => value !== null && value !== undefined && value !== '')
    .flatMap(([name, value]) => [el('dt', {}, name), el('dd', {dir: 'auto'}, String(value))]));
}

function why(record) {
  const found = record.dedupe;
  const rows = [`verdict: ${found.verdict}${found.reason ? `, because ${found.reason}` : ''}`];
  const byText = found.similarity && !['guid', 'url'].includes(found.reason);
  if (byText) rows.push(`${Math.round(100 * found.similarity)} % of the text in common`);
  rows.push(`novelty in its story: ${found.novelty}`);
  for (const one of found.reuse || []) rows.push(`shares ${one.words} words with ${one.of}`);
  return rows;
}

async function showEarlier(view, record) {
  if (!record.dedupe.of) return;
  const box = el('section', {}, el('h2', {}, 'Against the earlier one'));
  view.append(box);
  try {
    const earlier = (await ask('/api/v1/record', {id: record.dedupe.of})).line.record;
    box.append(el('p', {}, el('a', {href: address('record', earlier.id)}, earlier.headline || earlier.id), ' · ',
      earlier.provider.name || earlier.provider.domain || ''));
    box.append(el('p', {class: 'text', dir: 'auto'}, difference(earlier.body || '', record.body || '')
      .map((part) => (part.kind === 'same' ? part.text : el(part.kind, {}, part.text)))));
  } catch (error) {
    box.append(el('p', {class: 'quiet'}, `${record.dedupe.of}: ${error.message}`));
  }
}

const OUTCOMES = {no: 'no', taken: 'takes it', 'child took': 'holds, a child takes it', 'not tried': 'not tried'};

// Each route, and the value of each part of its condition.
async function showSteps(view, sequence) {
  const {steps} = await ask('/api/v1/explain', {sequence});
  if (!steps.length) return;
  view.append(el('details', {}, el('summary', {}, 'Why these routes'), el('ul', {class: 'steps'}, steps.map((step) => el('li', {class: `depth${Math.min(6, step.depth)}`},
    el('strong', {}, step.route), ` ${OUTCOMES[step.outcome]}`, step.outcome === 'taken' ? ` → ${step.drop ? 'dropped' : step.to.join(', ')}` : '',
    el('ul', {}, step.parts.map((part) => el('li', {class: `depth${Math.min(6, part.depth)}`}, el('code', {}, part.text), ' = ', el('code', {}, part.value)))))))));
}

// Bytes as an editor of bytes shows them.
const HEX_MAX = 4096;
function hex(bytes) {
  const lines = [];
  for (let at = 0; at < Math.min(bytes.length, HEX_MAX); at += 16) {
    const row = Array.from(bytes.subarray(at, at + 16));
    lines.push(`${at.toString(16).padStart(6, '0')}  ${row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ').padEnd(48)} ${
      row.map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '.')).join('')}`);
  }
  return lines.join('\n') + (bytes.length > HEX_MAX ? `\n… of ${bytes.length} bytes` : '');
}

async function showRaw(view, sequence, open) {
  const box = el('details', {open}, el('summary', {}, 'The raw record as it came'));
  view.append(box);
  let filled = false;
  const fill = async () => {
    if (filled || !box.open) return;
    filled = true;
    try {
      const raw = await ask('/api/v1/raw', {sequence});
      const packed = raw.value_base64;
      const bytes = packed === undefined ? new TextEncoder().encode(raw.value || '') : Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
      const text = raw.bytes ? `${raw.bytes} bytes, which are not kept` : new TextDecoder().decode(bytes);
      let asHex = packed === undefined;  // turned below
      const shown = el('pre', {});
      const turn = el('button', {type: 'button', onclick: () => {
        asHex = !asHex;
        shown.textContent = asHex ? hex(bytes) : text;
      }}, 'Text or hex');
      turn.click();
      box.append(el('p', {class: 'quiet'}, `${raw.topic}, partition ${raw.partition}, offset ${raw.offset}`), turn, shown);
    } catch (error) {
      box.append(el('p', {class: 'quiet'}, error.message));
    }
  };
  box.addEventListener('toggle', fill);
  await fill();
}

function showDeadLetter(view, line) {
  view.append(el('h1', {}, 'Dead letter'), el('p', {class: 'bad'}, `${line.stage}: ${line.reason}`),
    el('p', {}, line.detail || ''),
    el('p', {class: 'quiet'}, 'wiredesk dlq show prints it whole, wiredesk dlq redrive sends it again once the cause is gone.'));
}

export async function showArticle(view, parts, byId) {
  const answer = await ask('/api/v1/record', byId ? {id: parts[0]} : {sequence: parts[0]});
  const record = answer.line.record;
  if (!record) {
    showDeadLetter(view, answer.line);
    return showRaw(view, answer.sequence, true);
  }
  const side = el('aside', {'aria-label': 'What was found'}, facts(record),
    list('Why this verdict', why(record)),
    el('p', {}, el('a', {href: address('story', record.dedupe.story)}, `its story (${record.dedupe.story_size})`)),
    list('Routes', record.routes.map((one) => [el('a', {href: `#/wire?route=${encodeURIComponent(one.route)}`}, one.route), ` → ${one.topic}`])),
    answer.line.fate !== 'live' ? el('p', {class: 'bad'}, `${answer.line.fate} in ${answer.line.stage}: ${answer.line.reason}`) : null,
    list('Subjects', record.topics.map((one) => `${one.name} ${one.score}: ${one.evidence.map((word) => word.text).slice(0, 4).join(', ')}`)),
    list('People and bodies', record.entities.map((one) => `${one.name} · ${one.type}${one.tone ? ` · tone ${one.tone}` : ''}`)),
    list('Places', record.places.map((one) => `${one.name} · ${one.role}`)),
    list('Events', record.events.map((one) => `${one.class} (${one.realis}): ${one.actors.map((actor) => actor.text).join(', ')} → ${one.recipients.map((other) => other.text).join(', ')} “${one.evidence.text}”`)),
    dates(record),
    list('Who said what', record.quotes.filter((one) => one.speaker).map((one) => `${one.speaker.name}: “${one.text}”`)));
  const body = el('div', {}, el('h1', {dir: 'auto'}, record.headline || '(no headline)'), el('p', {}, verdict({fate: answer.line.fate, verdict: record.dedupe.verdict})),
    record.url && /^https?:/.test(record.url) ? el('p', {class: 'quiet'}, el('a', {href: record.url, rel: 'noreferrer noopener'}, record.url)) : null,
    el('p', {class: 'legend quiet'}, ['person', 'organization', 'place', 'date', 'quote'].map((kind) => [el('mark', {class: kind}, kind), ' ']), 'a click or Tab tells why'));
  const text = el('div', {class: 'text', dir: 'auto', lang: record.language}, marked(record.body, spansOf(record)));
  body.append(text, told(text));
  const raw = JSON.stringify(record, null, 1);
  const copy = el('button', {type: 'button', onclick: () => navigator.clipboard.writeText(raw).then(() => { copy.textContent = 'Copied'; })}, 'Copy the record');
  view.append(el('div', {class: 'article'}, body, side));
  await showEarlier(body, record);
  await showSteps(body, answer.sequence);
  body.append(el('details', {}, el('summary', {}, 'The record as it is published'), copy, el('pre', {}, raw)));
  await showRaw(body, answer.sequence, false);
}
