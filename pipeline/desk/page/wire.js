// What flows: live, the newest first, copies under their first.

import {completing} from './complete.js';
import {address, ask, clock, day, el, listen, verdict} from './dom.js';

const SHOWN = 300;

// What a row tells below its headline, each of which can be hidden.
const COLUMNS = {
  provider: (record) => record.provider,
  language: (record) => record.language,
  places: (record) => record.places.map((place) => place.name).slice(0, 3).join(', '),
  subjects: (record) => record.topics.slice(0, 2).join(', '),
  routes: (record) => record.routes.map((route) => `→ ${route}`).join(' '),
  reason: (record) => record.reason,
};

function facts(record) {
  return Object.entries(COLUMNS).map(([name, of]) => [name, of(record)]).filter(([, value]) => value)
    .map(([name, value]) => el('span', {class: `c-${name}`, dir: 'auto'}, value));
}

function row(record) {
  return el('a', {class: 'row', href: address('article', record.sequence)},
    el('time', {datetime: record.received_at, title: day(record.received_at)}, clock(record.received_at)), verdict(record),
    el('span', {class: 'headline', dir: 'auto', lang: record.language}, record.headline || '(no headline)'),
    el('span', {class: 'facts'}, facts(record)));
}

// Which columns are seen: remembered by the browser.
function chooser(list) {
  const hidden = new Set((localStorage.getItem('hidden') || '').split(' ').filter(Boolean));
  const apply = () => Object.keys(COLUMNS).forEach((name) => list.classList.toggle(`no-${name}`, hidden.has(name)));
  apply();
  return el('details', {class: 'columns'}, el('summary', {}, 'Columns'), el('div', {}, Object.keys(COLUMNS).map((name) => el('label', {},
    el('input', {type: 'checkbox', checked: !hidden.has(name), onchange: (event) => {
      if (event.target.checked) hidden.delete(name); else hidden.add(name);
      localStorage.setItem('hidden', [...hidden].join(' '));
      apply();
    }}), ` ${name}`))));
}

// A list that keeps copies with the record of which they are copies.
export class WireList {
  constructor() {
    this.list = el('ol', {class: 'wire'});
    this.first = new Map();  // by cluster
  }

  add(record, newest) {
    const copy = record.fate === 'live' && ['near', 'exact', 'excerpt'].includes(record.verdict);
    const parent = copy && this.first.get(record.cluster);
    if (parent) {
      let copies = parent.querySelector('ul');
      if (!copies) copies = parent.appendChild(el('ul', {'aria-label': 'copies'}));
      const item = el('li', {}, el('a', {href: address('article', record.sequence)},
        verdict(record), ` ${record.provider || 'another provider'}`, record.similarity ? ` · ${Math.round(100 * record.similarity)} %` : '',
        el('span', {class: 'quiet', dir: 'auto'}, ` ${record.headline}`)));
      copies.prepend(item);
      while (copies.children.length > 8) copies.lastChild.remove();
      return;
    }
    const item = el('li', {}, row(record));
    if (record.cluster && !this.first.has(record.cluster)) this.first.set(record.cluster, item);
    if (newest) this.list.prepend(item); else this.list.append(item);
    while (this.list.children.length > SHOWN) this.list.lastChild.remove();
  }
}

export async function showWire(view, query) {
  const wire = new WireList();
  const error = el('pre', {class: 'error', hidden: true, role: 'alert'});
  const state = el('span', {class: 'quiet', role: 'status'});
  const speed = el('span', {class: 'quiet speed'});
  let came = [];
  let paused = false;
  let waiting = [];
  let end = () => {};
  const pause = el('button', {type: 'button', id: 'pause', 'aria-pressed': 'false', onclick: () => {
    paused = !paused;
    pause.setAttribute('aria-pressed', paused);
    pause.textContent = paused ? 'Go on' : 'Pause';
    if (!paused) { waiting.forEach((record) => wire.add(record, true)); waiting = []; }
  }}, 'Pause');
  const filter = el('input', {class: 'wide', id: 'filter', type: 'search', spellcheck: 'false', value: query.filter || '',
    'aria-label': 'Filter, in the language of when:', placeholder: 'Filter as in when:  language == "en" && places.exists(p, p.country == "KR")'});
  const columns = Object.entries(query).filter(([name]) => name !== 'filter');
  const form = el('form', {class: 'bar', onsubmit: (event) => { event.preventDefault(); start(); }}, completing(filter, check),
    el('button', {class: 'primary'}, 'Filter'), pause, chooser(wire.list), speed);
  view.append(el('h1', {}, 'Wire'), form, error);
  if (columns.length) {
    view.append(el('p', {}, 'Only ', columns.map(([name, value]) => `${name} ${value}`).join(', '), ' · ',
      el('a', {href: '#/wire'}, 'all')));
  }
  view.append(state, wire.list);

  // As one types: the same words and carets as `wiredesk check`.
  async function check() {
    const expression = filter.value.trim();
    let said = '';
    try {
      if (expression) await ask('/api/v1/filter', {expression});
    } catch (wrong) {
      said = wrong.message;
    }
    if (filter.value.trim() !== expression) return false;
    error.textContent = said;
    error.hidden = !said;
    filter.setAttribute('aria-invalid', String(said !== ''));
    return !said;
  }

  function tellSpeed() {
    came = came.filter((time) => time > Date.now() - 60000);
    speed.textContent = `${came.length} in the last minute`;
  }

  function take(record) {
    came.push(Date.now());
    if (columns.length && !columns.every(([name, value]) => matches(record, name, value))) return;
    if (paused) { waiting.push(record); state.textContent = `${waiting.length} wait`; return; }
    wire.add(record, true);
  }

  async function start() {
    end();
    const expression = filter.value.trim();
    if (!await check()) return;
    wire.list.replaceChildren();
    wire.first.clear();
    const known = await ask('/api/v1/records', {...Object.fromEntries(columns), limit: expression ? 0 : 150});
    const newest = known.records.reverse();
    newest.forEach((record) => wire.add(record, true));
    state.textContent = expression ? 'what the filter takes, from now on' :
      known.left_out ? `a sample: of ${known.left_out} more nothing was kept` : '';
    end = listen('/api/v1/stream', expression ? {filter: expression} : {after: known.latest}, take,
      (problem) => { state.textContent = problem ? problem.message : 'the instance has ended the stream'; });
  }
  await start();
  tellSpeed();
  const timer = setInterval(tellSpeed, 2000);
  return () => { clearInterval(timer); end(); };
}

function matches(record, name, value) {
  if (name === 'route') return record.routes.includes(value);
  if (name === 'place') return record.places.some((place) => place.id === value);
  return record[name] === value;
}
