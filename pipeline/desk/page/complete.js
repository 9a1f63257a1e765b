// A box that completes the fields of a record as one types an expression.

import {ask, el} from './dom.js';

const SHOWN = 8;
const TYPING_PAUSE = 350;

// "dedupe.verdict", and of a list "places" the fields of one of it, from a record.
function pathsOf(value, path, paths, lists) {
  if (Array.isArray(value)) {
    paths.add(`${path}.exists(x, `);
    const fields = lists.get(path) || new Set();
    value.filter((one) => one && typeof one === 'object').forEach((one) => Object.entries(one)
      .filter(([, inner]) => inner === null || typeof inner !== 'object').forEach(([name]) => fields.add(name)));
    lists.set(path, fields);
  } else if (value && typeof value === 'object') {
    Object.entries(value).forEach(([name, inner]) => pathsOf(inner, path ? `${path}.${name}` : name, paths, lists));
  } else {
    paths.add(path);
  }
}

// Fields as the newest records have them, so they are those of this version.
async function learn() {
  const paths = new Set();
  const lists = new Map();
  const {records} = await ask('/api/v1/records', {limit: 40, fate: 'live'});
  const some = records.filter((record, i) => i % Math.ceil(records.length / 5) === 0);
  for (const {sequence} of some) {
    const {line} = await ask('/api/v1/record', {sequence}).catch(() => ({line: {record: {}}}));
    pathsOf(line.record, '', paths, lists);
  }
  return {paths: [...paths].sort(), lists};
}

// What may stand for the word before the caret.
function offers(known, text) {
  const word = /[A-Za-z_][\w.]*$/.exec(text)?.[0] || '';
  if (!word) return {word, found: []};
  const dot = word.indexOf('.');
  const variables = [...text.matchAll(/([\w.]+)\.\w+\(\s*(\w+)\s*,/g)];
  const of = dot > 0 && variables.findLast((match) => match[2] === word.slice(0, dot));
  const words = of ? [...(known.lists.get(of[1]) || [])].map((name) => `${of[2]}.${name}`) : known.paths;
  return {word, found: words.filter((one) => one.startsWith(word) && one !== word).slice(0, SHOWN)};
}

export function completing(input, check) {
  const list = el('ul', {id: 'offers', class: 'offers', role: 'listbox', 'aria-label': 'Fields', hidden: true});
  let known = null;
  let at = -1;
  let timer = 0;
  for (const [name, value] of Object.entries({role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': 'offers', 'aria-expanded': 'false', autocomplete: 'off'})) input.setAttribute(name, value);

  function close() {
    list.hidden = true;
    at = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  }
  function take(option) {
    const caret = input.selectionStart;
    const before = input.value.slice(0, caret).replace(/[A-Za-z_][\w.]*$/, '') + option.textContent;
    input.value = before + input.value.slice(caret);
    input.setSelectionRange(before.length, before.length);
    close();
    input.focus();
  }
  function move(step) {
    const options = [...list.children];
    at = (at + step + options.length) % options.length;
    options.forEach((option, i) => option.setAttribute('aria-selected', String(i === at)));
    input.setAttribute('aria-activedescendant', options[at].id);
  }
  async function suggest() {
    clearTimeout(timer);
    timer = setTimeout(check, TYPING_PAUSE);
    known = known || await learn().catch(() => null);
    if (!known || document.activeElement !== input) return close();
    const {found} = offers(known, input.value.slice(0, input.selectionStart));
    if (!found.length) return close();
    at = -1;
    list.replaceChildren(...found.map((one, i) => el('li', {id: `offer${i}`, role: 'option', 'aria-selected': 'false',
      onmousedown: (event) => { event.preventDefault(); take(event.currentTarget); }}, one)));
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
  }
  input.addEventListener('input', suggest);
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    if (list.hidden) return;
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Escape') close();
    else if (event.key === 'Tab') take(list.children[Math.max(0, at)]);
    else if (event.key === 'Enter' && at >= 0) take(list.children[at]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return el('div', {class: 'completing'}, input, list);
}
