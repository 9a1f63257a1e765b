// The routes as a tree, with what each has taken and takes now.

import {ask, el} from './dom.js';
import {readMetrics} from './status.js';

const SHOWN_EVERY = 2000;

function bar(share) {
  return el('svg', {viewBox: '0 0 100 6', width: '100', height: '6', 'aria-hidden': 'true', class: 'share'},
    el('path', {d: `M0 3H${Math.max(1, 100 * share)}`, 'stroke-width': 6}));
}

// Articles that each route has taken since the start, by its name.
async function taken() {
  const series = readMetrics(await ask('/metrics')).get('wiredesk_articles_routed_total') || [];
  return new Map(series.map((one) => [one.labels.route, one.value]));
}

function rowOf(step, kept, most, total, rate) {
  return el('tr', {}, el('th', {scope: 'row', class: `depth${Math.min(6, step.depth)}`},
    el('a', {href: `#/wire?route=${encodeURIComponent(step.route)}`}, step.route)),
  el('td', {}, el('code', {}, step.when || 'always')), el('td', {}, step.drop ? el('span', {class: 'bad'}, 'dropped') : step.to.join(', ')),
  el('td', {class: 'n'}, total === undefined ? '–' : total.toLocaleString('en')), el('td', {class: 'n'}, rate === null ? '…' : rate.toFixed(1)),
  el('td', {class: 'n'}, String(kept), ' ', bar(kept / most)));
}

export async function showRoutes(view) {
  const body = el('tbody');
  const ends = el('ul');
  const trouble = el('p', {class: 'bad', role: 'alert', hidden: true});
  const heads = [['Route', ''], ['When', ''], ['To', ''], ['Taken', 'n'], ['A second', 'n'], ['Of those kept', 'n']];
  view.append(el('h1', {}, 'Routes'), el('p', {class: 'quiet'}, 'From the top, the first that holds takes the article, unless it goes on. A route opens its records on the wire. ',
    el('a', {href: '#/rehearse'}, 'Try other routes')), trouble,
  el('table', {}, el('thead', {}, el('tr', {}, heads.map(([name, kind]) => el('th', {scope: 'col', class: kind}, name)))), body),
  el('h2', {}, 'Not published'), ends);
  let before = null;
  async function refresh() {
    const [found, total] = await Promise.all([ask('/api/v1/routes'), taken()]);
    const now = performance.now();
    const kept = new Map(found.routes.map((route) => [route.route, route.kept]));
    const most = Math.max(1, ...kept.values());
    const rate = (route) => (before ? ((total.get(route) || 0) - (before.total.get(route) || 0)) / ((now - before.now) / 1000) : null);
    const focused = document.activeElement?.textContent;
    const within = body.contains(document.activeElement);
    body.replaceChildren(...found.tree.map((step) => rowOf(step, kept.get(step.route) || 0, most, total.get(step.route), rate(step.route))));
    if (within) [...body.querySelectorAll('a')].find((link) => link.textContent === focused)?.focus();
    ends.replaceChildren(...found.ends.map((end) => el('li', {}, `${end.reason}: ${end.kept}`)));
    if (!found.ends.length) ends.append(el('li', {}, 'none of those kept'));
    before = {total, now};
    trouble.hidden = true;
  }
  await refresh();
  const timer = setInterval(() => refresh().catch((error) => { trouble.textContent = error.message; trouble.hidden = false; }), SHOWN_EVERY);
  return () => clearInterval(timer);
}
