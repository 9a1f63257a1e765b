// How the instance is: what /metrics and /readyz say, as tables.

import {chart} from './charts.js';
import {ask, el} from './dom.js';

// {name: [{labels, value}, ...]}
export function readMetrics(text) {
  const families = new Map();
  for (const line of text.split('\n')) {
    const match = /^([a-z_:0-9]+)(?:\{(.*)\})? (.+)$/i.exec(line);
    if (!match || line.startsWith('#')) continue;
    const labels = Object.fromEntries([...(match[2] || '').matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/g)].map((pair) => [pair[1], pair[2]]));
    if (!families.has(match[1])) families.set(match[1], []);
    families.get(match[1]).push({labels, value: Number(match[3])});
  }
  return families;
}

// The bound below which `share` of a histogram lies.
function quantile(buckets, share) {
  const rows = (buckets || []).map((row) => ({bound: Number(row.labels.le === '+Inf' ? Infinity : row.labels.le), count: row.value}));
  const total = Math.max(0, ...rows.map((row) => row.count));
  if (!total) return '–';
  const bound = rows.find((row) => row.count >= share * total).bound;
  return bound === Infinity ? '> 10 s' : `≤ ${bound < 1 ? `${bound * 1000} ms` : `${bound} s`}`;
}

const SAMPLES = 900;  // half an hour at two seconds
const seen = {times: [], rate: [], latency: [], lag: []};

const sum = (metrics, name) => (metrics.get(name) || []).reduce((all, one) => all + one.value, 0);
const most = (metrics, name) => Math.max(0, ...(metrics.get(name) || []).map((one) => one.value));
const number = (value) => (Number.isInteger(value) ? value.toLocaleString('en') : value.toPrecision(3));

function table(heads, rows) {
  return el('table', {}, el('thead', {}, el('tr', {}, heads.map((head, i) => el('th', {scope: 'col', class: i ? 'n' : ''}, head)))),
    el('tbody', {}, rows.map(([name, ...values]) => el('tr', {}, el('th', {scope: 'row', dir: 'auto'}, name), values.map((value) => el('td', {class: 'n'}, value))))));
}

function tile(name, value, bad) {
  return el('div', {class: bad ? 'tile warn' : 'tile'}, el('dt', {}, name), el('dd', {}, value));
}

function lagTable(metrics) {
  const seconds = new Map((metrics.get('wiredesk_lag_seconds') || []).map((one) => [`${one.labels.topic}/${one.labels.partition}`, one.value]));
  const rows = (metrics.get('wiredesk_lag_records') || []).map((one) => [`${one.labels.topic} ${one.labels.partition}`, number(one.value),
    number(seconds.get(`${one.labels.topic}/${one.labels.partition}`) ?? 0)]);
  return rows.length ? table(['Partition', 'Records', 'Seconds'], rows) : el('p', {class: 'quiet'}, 'No partition is assigned.');
}

function stageTable(metrics) {
  const counts = new Map((metrics.get('wiredesk_batch_seconds_count') || []).map((one) => [one.labels.step, one.value]));
  const rows = (metrics.get('wiredesk_batch_seconds_sum') || []).map((one) => [one.labels.step, one.value, counts.get(one.labels.step)]);
  const all = rows.reduce((total, [, spent]) => total + spent, 0) || 1;
  return table(['Stage', 'ms a batch', 'Share'], rows.map(([step, spent, count]) => [step, number(1000 * spent / (count || 1)), `${Math.round(100 * spent / all)} %`]));
}

// Who has said nothing for the longest time.
function silent(metrics) {
  const now = Date.now() / 1000;
  const rows = (metrics.get('wiredesk_newest_article_timestamp_seconds') || []).map((one) => [one.labels.provider, now - one.value])
    .sort((a, b) => b[1] - a[1]).slice(0, 12);
  return rows.length ? table(['Provider', 'Newest article'], rows.map(([name, age]) => [name, `${span(age)} ago`])) : el('p', {class: 'quiet'}, 'None yet.');
}

const span = (seconds) => (seconds < 120 ? `${Math.round(seconds)} s` : seconds < 7200 ? `${Math.round(seconds / 60)} min` : seconds < 172800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86400)} days`);

function everything(metrics) {
  return [...metrics].filter(([name]) => name.startsWith('wiredesk_') && !name.endsWith('_bucket'))
    .flatMap(([name, series]) => series.map((one) => [name.replace('wiredesk_', ''),
      Object.entries(one.labels).map(([label, value]) => `${label} ${value}`).join(', '), number(one.value)]));
}

function remember(metrics, before, now) {
  const total = sum(metrics, 'wiredesk_raw_records_total');
  const spent = sum(metrics, 'wiredesk_latency_seconds_sum');
  const count = sum(metrics, 'wiredesk_latency_seconds_count');
  if (before) {
    const came = count - before.count;
    const row = {times: Date.now() / 1000, rate: (total - before.total) / ((now - before.now) / 1000),
      latency: came > 0 ? 1000 * (spent - before.spent) / came : null, lag: sum(metrics, 'wiredesk_lag_records')};
    for (const [name, value] of Object.entries(row)) {
      seen[name].push(value);
      if (seen[name].length > SAMPLES) seen[name].shift();
    }
  }
  return {total, spent, count, now};
}

export async function showDesk(view) {
  const tiles = el('dl', {class: 'tiles'});
  const ready = el('ul', {class: 'ready', 'aria-label': 'Readiness'});
  const figures = el('div', {class: 'charts'});
  const box = el('div', {class: 'columns3'});
  const trouble = el('p', {class: 'bad', role: 'alert', hidden: true});
  const all = el('tbody');
  view.append(el('h1', {}, 'Desk'), trouble, tiles, ready, figures, box, el('details', {}, el('summary', {}, 'Everything that is counted'),
    el('table', {}, el('thead', {}, el('tr', {}, ['Name', 'Of', 'Value'].map((name) => el('th', {scope: 'col'}, name)))), all)));
  const charts = await Promise.all([['Throughput', 'raw records a second', 'rate'], ['Latency', 'ms from arrival to publication, mean', 'latency'],
    ['Lag', 'records, all partitions', 'lag']].map(async ([title, unit, key]) => ({key, ...await chart(title, unit, [title])})));
  figures.append(...charts.map((one) => one.box));
  const {version} = await ask('/api/v1/configuration').catch(() => ({version: '–'}));
  let before = null;
  async function refresh() {
    const metrics = readMetrics(await ask('/metrics'));
    const checks = (await fetch('/readyz').then((answer) => answer.text())).trim().split('\n');
    before = remember(metrics, before, performance.now());
    const latency = metrics.get('wiredesk_latency_seconds_bucket');
    const rate = seen.rate[seen.rate.length - 1];
    const aborted = sum(metrics, 'wiredesk_batches_aborted_total');
    const restarts = sum(metrics, 'wiredesk_worker_restarts_total');
    tiles.replaceChildren(tile('Records a second', rate === undefined ? '…' : rate.toFixed(1)),
      tile('Latency p50', quantile(latency, 0.5)), tile('Latency p99', quantile(latency, 0.99)),
      tile('Largest lag', `${span(most(metrics, 'wiredesk_lag_seconds'))}`), tile('Dead letters', number(sum(metrics, 'wiredesk_dead_letters_total'))),
      tile('Aborted batches', number(aborted), aborted > 0), tile('Worker restarts', number(restarts), restarts > 0),
      tile('Configuration', version.slice(0, 8)));
    ready.replaceChildren(...checks.map((line) => el('li', {class: line.startsWith('ok') ? 'good' : 'bad'}, line)));
    charts.forEach((one) => one.draw([seen.times, seen[one.key]]));
    box.replaceChildren(el('section', {}, el('h2', {}, 'Lag by partition'), lagTable(metrics)),
      el('section', {}, el('h2', {}, 'Time in each stage'), stageTable(metrics)),
      el('section', {}, el('h2', {}, 'Longest silent'), silent(metrics)));
    all.replaceChildren(...everything(metrics).map((cells) => el('tr', {}, cells.map((cell) => el('td', {}, cell)))));
    trouble.hidden = true;
  }
  await refresh();
  const timer = setInterval(() => refresh().catch((error) => { trouble.textContent = error.message; trouble.hidden = false; }), 2000);
  return () => { clearInterval(timer); charts.forEach((one) => one.end()); };
}
