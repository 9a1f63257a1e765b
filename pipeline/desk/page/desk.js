// The desk: which view an address means, the keys, and the views that are short.

import {address, ask, clock, day, el, verdict} from './dom.js';
import {showArticle} from './article.js';
import {showDesk} from './status.js';
import {showMap} from './map.js';
import {showRehearse} from './rehearse.js';
import {showWire} from './wire.js';

const VIEWS = [['wire', 'Wire'], ['stories', 'Stories'], ['map', 'Map'], ['routes', 'Routes'], ['rehearse', 'Rehearse'], ['desk', 'Desk'], ['dead-letters', 'Dead letters']];
let leave = () => {};

function spark(records) {
  const times = records.map((record) => Date.parse(record.received_at)).filter((time) => !Number.isNaN(time)).sort((a, b) => a - b);
  if (times.length < 2) return null;
  const bins = new Array(24).fill(0);
  const width = times[times.length - 1] - times[0] || 1;
  times.forEach((time) => { bins[Math.min(23, Math.floor(24 * (time - times[0]) / width))]++; });
  const most = Math.max(...bins);
  const points = bins.map((count, i) => `${i * 4},${22 - 20 * count / most}`).join(' ');
  return el('svg', {class: 'spark', viewBox: '0 0 92 24', role: 'img', 'aria-label': `${times.length} articles over time`}, el('polyline', {points}));
}

async function showStories(view) {
  const {stories} = await ask('/api/v1/stories');
  view.append(el('h1', {}, 'Stories'), el('p', {class: 'quiet'}, 'Happenings among the records that are kept, the largest first.'));
  if (!stories.length) view.append(el('p', {}, 'Nothing has come yet.'));
  view.append(el('table', {}, el('thead', {}, el('tr', {}, ['Story', 'Over time'].map((name) => el('th', {scope: 'col'}, name)),
    ['Articles', 'Copies', 'Providers'].map((name) => el('th', {scope: 'col', class: 'n'}, name)))),
  el('tbody', {}, stories.map((story) => el('tr', {},
    el('td', {dir: 'auto'}, el('a', {href: address('story', story.story)}, story.records[story.records.length - 1].headline || story.story)),
    el('td', {}, spark(story.records)), [story.articles, story.copies, story.providers].map((count) => el('td', {class: 'n'}, String(count))))))));
}

async function showStory(view, [id]) {
  const {stories} = await ask('/api/v1/stories', {story: id});
  if (!stories.length) throw new Error('none of its records is kept any more');
  const records = [...stories[0].records].reverse();
  view.append(el('h1', {dir: 'auto'}, records[0].headline), el('p', {class: 'quiet'},
    `${stories[0].articles} articles, ${stories[0].copies} of them copies, of ${stories[0].providers} providers`));
  view.append(el('table', {}, el('thead', {}, el('tr', {}, ['When', 'What', 'Provider', 'Headline'].map((name) => el('th', {scope: 'col'}, name)))),
    el('tbody', {}, records.map((record) => el('tr', {}, el('td', {}, `${day(record.received_at)} ${clock(record.received_at)}`),
      el('td', {}, verdict(record), record.similarity ? ` ${record.similarity}` : ''), el('td', {}, record.provider),
      el('td', {dir: 'auto'}, el('a', {href: address('article', record.sequence)}, record.headline)))))));
}

async function showRoutes(view) {
  const {routes, ends, tree} = await ask('/api/v1/routes');
  const steps = new Map(tree.map((step) => [step.route, step]));
  const most = Math.max(1, ...routes.map((route) => route.kept));
  view.append(el('h1', {}, 'Routes'), el('p', {class: 'quiet'}, 'How many of the records that are kept each route has taken.'));
  view.append(el('table', {}, el('tbody', {}, routes.map((route) => el('tr', {},
    el('td', {class: `depth${Math.min(6, steps.get(route.route)?.depth || 0)}`},
      el('a', {href: `#/wire?route=${encodeURIComponent(route.route)}`}, route.route)), el('td', {class: 'n'}, String(route.kept)),
    el('td', {}, bar(route.kept / most)), el('td', {}, el('code', {}, steps.get(route.route)?.when || 'always')),
    el('td', {}, steps.get(route.route)?.drop ? 'dropped' : (steps.get(route.route)?.to || []).join(', ')))))),
  el('p', {}, el('a', {href: '#/rehearse'}, 'Try other routes')));
  view.append(el('h2', {}, 'Not published'));
  if (!ends.length) view.append(el('p', {}, 'None.'));
  view.append(el('ul', {}, ends.map((end) => el('li', {}, `${end.reason}: ${end.kept}`))));
}

function bar(share) {
  return el('svg', {svg: true, viewBox: '0 0 100 6', width: '100', height: '6', 'aria-hidden': 'true', class: 'spark'},
    el('path', {d: `M0 3H${Math.max(1, 100 * share)}`, stroke: 'currentColor', 'stroke-width': 6}));
}

async function showDeadLetters(view) {
  const {records} = await ask('/api/v1/records', {fate: 'dead letter', limit: 200});
  view.append(el('h1', {}, 'Dead letters'));
  if (!records.length) view.append(el('p', {}, 'None among the records that are kept.'));
  const groups = new Map();
  records.forEach((record) => groups.set(record.reason, [...(groups.get(record.reason) || []), record]));
  for (const [reason, group] of groups) {
    view.append(el('h2', {}, `${reason} (${group.length})`), el('ul', {}, group.map((record) => el('li', {},
      el('a', {href: address('article', record.sequence)}, record.headline || record.reason)))));
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
}

async function beat() {
  try {
    const {kept, left_out, latest} = await ask('/api/v1/records', {limit: 0});
    document.getElementById('pulse').textContent = `${latest} seen, ${kept} kept${left_out ? `, ${left_out} left out` : ''}`;
  } catch (error) {
    document.getElementById('pulse').textContent = error.message;
  }
}

// j and k go through a list, Enter opens, / filters, ? tells.
function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) {
    if (event.key === 'Escape') event.target.blur();
    return;
  }
  const links = [...document.querySelectorAll('main a')];
  const at = links.indexOf(document.activeElement);
  if (event.key === 'j') links[Math.min(at + 1, links.length - 1)]?.focus();
  else if (event.key === 'k') links[Math.max(at - 1, 0)]?.focus();
  else if (event.key === '/') document.getElementById('filter') ? document.getElementById('filter').focus() : (location.hash = '#/wire');
  else if (event.key === '?') document.getElementById('keys').showModal();
  else if (/^[1-7]$/.test(event.key)) location.hash = `#/${VIEWS[event.key - 1][0]}`;
  else return;
  event.preventDefault();
}

document.body.append(el('dialog', {id: 'keys', 'aria-label': 'Keys'}, el('h2', {}, 'Keys'), el('p', {}, '/ filter · j k through the list · Enter open · 1–7 views · Esc close'),
  el('form', {method: 'dialog'}, el('button', {}, 'Close'))));
addEventListener('hashchange', show);
addEventListener('keydown', onKey);
setInterval(beat, 3000);
beat();
show();
