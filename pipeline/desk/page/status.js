// How the instance is: what /metrics and /readyz say, as tables.

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

const TABLES = [
  ['Lag', ['wiredesk_lag_records', 'wiredesk_lag_seconds']],
  ['Time in each stage', ['wiredesk_stage_seconds_total', 'wiredesk_stage_seconds_sum']],
  ['By verdict', ['wiredesk_articles_total', 'wiredesk_verdicts_total']],
  ['Newest article', ['wiredesk_newest_article_seconds', 'wiredesk_newest_article_timestamp_seconds']],
];

function rowsOf(metrics, prefix) {
  return [...metrics].filter(([name]) => name.startsWith(prefix) && !name.endsWith('_bucket'))
    .flatMap(([name, series]) => series.map((one) => [name, one]));
}

function table(rows) {
  return el('table', {}, el('tbody', {}, rows.map(([name, one]) => el('tr', {}, el('td', {}, name.replace('wiredesk_', '')),
    el('td', {}, Object.entries(one.labels).map(([label, value]) => `${label} ${value}`).join(', ')),
    el('td', {class: 'n'}, Number.isInteger(one.value) ? one.value.toLocaleString() : one.value.toPrecision(4))))));
}

export async function showDesk(view) {
  const box = el('div');
  view.append(el('h1', {}, 'Desk'), box);
  let before = null;
  async function refresh() {
    const metrics = readMetrics(await ask('/metrics'));
    const ready = await fetch('/readyz').then((answer) => answer.text());
    const total = (metrics.get('wiredesk_raw_records_total') || []).reduce((sum, one) => sum + one.value, 0);
    const now = performance.now();
    const rate = before ? (total - before.total) / ((now - before.now) / 1000) : null;
    before = {total, now};
    const latency = metrics.get('wiredesk_latency_seconds_bucket');
    const nodes = [el('p', {}, rate === null ? 'measuring …' : `${rate.toFixed(1)} records a second · `,
      `latency p50 ${quantile(latency, 0.5)}, p99 ${quantile(latency, 0.99)}`),
    el('h2', {}, 'Ready'), el('pre', {}, ready)];
    for (const [title, names] of TABLES) {
      const rows = names.flatMap((name) => (metrics.get(name) || []).map((one) => [name, one]));
      if (rows.length) nodes.push(el('h2', {}, title), table(rows));
    }
    nodes.push(el('details', {}, el('summary', {}, 'Everything that is counted'), table(rowsOf(metrics, 'wiredesk_'))));
    const open = box.querySelector('details')?.open;
    box.replaceChildren(...nodes);
    if (open) box.querySelector('details').open = true;
  }
  await refresh();
  const timer = setInterval(() => refresh().catch((error) => box.replaceChildren(el('p', {class: 'bad'}, error.message))), 2000);
  return () => clearInterval(timer);
}
