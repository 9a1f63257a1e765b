// The desk: which view an address means, the keys, and the views that are short.

import {address, ask, el} from './dom.js';
import {showArticle} from './article.js';
import {showDesk} from './status.js';
import {showMap} from './map.js';
import {showRehearse} from './rehearse.js';
import {showRoutes} from './routes.js';
import {showStories, showStory} from './stories.js';
import {showWire} from './wire.js';

const VIEWS = [['wire', 'Wire'], ['stories', 'Stories'], ['map', 'Map'], ['routes', 'Routes'], ['rehearse', 'Rehearse'], ['desk', 'Desk'], ['dead-letters', 'Dead letters']];
let leave = () => {};

async function showDeadLetters(view) {
  const {records} = await ask('/api/v1/records', {fate: 'dead letter', limit: 200});
  view.append(el('h1', {}, 'Dead letters'));
  if (!records.length) view.append(el('p', {}, 'None among the records that are kept.'));
  view.append(el('p', {class: 'quiet'}, 'A letter opens with its bytes, as text or hex. ', el('code', {}, 'wiredesk dlq redrive'), ' sends them again once the cause is gone; with --dry-run it only counts them.'));
  const groups = new Map();
  records.forEach((record) => groups.set(record.reason, [...(groups.get(record.reason) || []), record]));
  for (const [reason, group] of groups) {
    view.append(el('h2', {}, `${reason} (${group.length})`), el('ul', {}, group.map((record) => el('li', {},
      el('a', {href: address('article', record.sequence)}, record.headline || record.reason), ' ', el('span', {class: 'quiet'}, `number ${record.sequence}`)))));
  }
}

const SHOW = {wire: (view, parts, query) => showWire(view, query), article: (view, parts) => showArticle(view, parts, false),
  record: (view, parts) => showArticle(view, parts, true), stories: showStories, story: showStory, map: showMap, routes: showRoutes, rehearse: showRehearse,
  desk: showDesk, 'dead-letters': showDeadLetters};

async function show() {
  leave();
  leave = () => {};
  const [path, search] = (location.hash.slice(2) || 'wire').split('?');
  const [name, ...parts] = path.split('/').map(decodeURIComponent);
  const view = el('main', {id: 'view', tabindex: '-1'});
  document.getElementById('view').replaceWith(view);
  document.querySelector('nav').replaceChildren(...VIEWS.map(([id, title]) =>
    el('a', {href: `#/${id}`, 'aria-current': id === name ? 'page' : undefined}, title)));
  document.title = `${(VIEWS.find(([id]) => id === name) || [0, name])[1]} · wiredesk`;
  try {
    const show = SHOW[name];
    if (!show) throw new Error(`"${name}" is not a view`);
    const end = await show(view, parts, Object.fromEntries(new URLSearchParams(search || '')));
    if (typeof end === 'function') {
      if (view.isConnected) leave = end; else end();
    }
  } catch (error) {
    view.append(el('p', {class: 'bad', role: 'alert'}, error.message));
  }
  dispatchEvent(new Event('desk:shown'));
}

async function beat() {
  try {
    const {kept, left_out, latest} = await ask('/api/v1/records', {limit: 0});
    document.getElementById('pulse').textContent = `${latest} seen, ${kept} kept${left_out ? `, ${left_out} left out` : ''}`;
  } catch (error) {
    document.getElementById('pulse').textContent = error.message;
  }
}

// The box of the view, or that of the wire.
function toFilter() {
  const filter = document.getElementById('filter');
  if (filter) { filter.focus(); return; }
  location.hash = '#/wire';
  addEventListener('desk:shown', () => document.getElementById('filter')?.focus(), {once: true});
}

const KEYS = [['/', 'filter the wire'], ['j  k', 'down and up through links'], ['Enter', 'open'], ['p', 'pause the wire, and go on'],
  ['1 – 7', 'the views, from left to right'], ['Esc', 'leave a box'], ['?', 'these keys']];

// j and k go through a list, Enter opens, / filters, ? tells.
function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) {
    if (event.key === 'Escape') event.target.blur();
    return;
  }
  const links = [...document.querySelectorAll('main a')].filter((link) => link.getClientRects().length);
  const at = links.indexOf(document.activeElement);
  if (event.key === 'j') links[Math.min(at + 1, links.length - 1)]?.focus();
  else if (event.key === 'k') links[Math.max(at - 1, 0)]?.focus();
  else if (event.key === '/') toFilter();
  else if (event.key === 'p') document.getElementById('pause')?.click();
  else if (event.key === '?') document.getElementById('keys').showModal();
  else if (/^[1-7]$/.test(event.key)) location.hash = `#/${VIEWS[event.key - 1][0]}`;
  else return;
  event.preventDefault();
}

document.body.append(el('dialog', {id: 'keys', 'aria-label': 'Keys'}, el('h2', {}, 'Keys'), el('dl', {class: 'keys'}, KEYS.flatMap(([key, what]) => [el('dt', {}, el('kbd', {}, key)), el('dd', {}, what)])),
  el('form', {method: 'dialog'}, el('button', {}, 'Close'))));
document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  document.getElementById('view').focus();
});
addEventListener('hashchange', show);
addEventListener('keydown', onKey);
setInterval(beat, 3000);
beat();
show();
