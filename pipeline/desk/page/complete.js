// A box that completes the fields of a record as one types an expression.

import {ask, el} from './dom.js';

const SHOWN = 8;
const TYPING_PAUSE = 350;

// [{text, help}] of the whole record, and by the path of a list those of one of it.
function pathsOf(fields, prefix, paths, lists) {
  for (const field of fields) {
    const path = prefix + field.name;
    const inner = field.fields || [];
    if (field.list && inner.length) {
      paths.push({text: `${path}.exists(x, `, help: field.help});
      lists.set(path, inner);
    } else if (inner.length) {
      pathsOf(inner, `${path}.`, paths, lists);
    } else {
      paths.push({text: path, help: field.choices.length ? field.choices.join(', ') : field.help});
    }
  }
}

async function learn() {
  const paths = [];
  const lists = new Map();
  pathsOf((await ask('/api/v1/fields')).fields, '', paths, lists);
  return {paths, lists};
}

// What may stand for the word before the caret.
function offers(known, text) {
  const word = /[A-Za-z_][\w.]*$/.exec(text)?.[0] || '';
  if (!word) return {word, found: []};
  const dot = word.indexOf('.');
  const variables = [...text.matchAll(/([\w.]+)\.\w+\(\s*(\w+)\s*,/g)];
  const of = dot > 0 && variables.findLast((match) => match[2] === word.slice(0, dot));
  const words = of ? [...(known.lists.get(of[1]) || [])].map((field) => ({text: `${of[2]}.${field.name}`, help: field.help})) : known.paths;
  return {word, found: words.filter((one) => one.text.startsWith(word) && one.text !== word).slice(0, SHOWN)};
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
    const before = input.value.slice(0, caret).replace(/[A-Za-z_][\w.]*$/, '') + option.dataset.text;
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
    list.replaceChildren(...found.map((one, i) => el('li', {id: `offer${i}`, role: 'option', 'aria-selected': 'false', 'data-text': one.text,
      onmousedown: (event) => { event.preventDefault(); take(event.currentTarget); }},
      one.text, el('span', {}, one.help))));
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
