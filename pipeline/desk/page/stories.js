// Stories: which are large, and one of them from its first report on.

import {address, ask, clock, day, el, verdict} from './dom.js';

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

export async function showStories(view) {
  const {stories} = await ask('/api/v1/stories');
  view.append(el('h1', {}, 'Stories'), el('p', {class: 'quiet'}, 'Happenings among the records that are kept, the largest first.'));
  if (!stories.length) view.append(el('p', {}, 'Nothing has come yet.'));
  view.append(el('table', {}, el('thead', {}, el('tr', {}, ['Story', 'Over time'].map((name) => el('th', {scope: 'col'}, name)),
    ['Articles', 'Copies', 'Providers'].map((name) => el('th', {scope: 'col', class: 'n'}, name)))),
  el('tbody', {}, stories.map((story) => el('tr', {},
    el('td', {dir: 'auto'}, el('a', {href: address('story', story.story)}, story.records[story.records.length - 1].headline || story.story)),
    el('td', {}, spark(story.records)), [story.articles, story.copies, story.providers].map((count) => el('td', {class: 'n'}, String(count))))))));
}

// What was said in its articles that are no copies, each by its first.
async function quotesOf(records) {
  const own = records.filter((record) => ['new', 'revision'].includes(record.verdict)).slice(0, 12);
  const found = new Map();
  await Promise.all(own.map(async ({sequence}) => {
    const {line} = await ask('/api/v1/record', {sequence}).catch(() => ({line: {record: {quotes: []}}}));
    found.set(sequence, line.record.quotes.filter((quote) => quote.speaker));
  }));
  return found;
}

export async function showStory(view, [id]) {
  const {stories} = await ask('/api/v1/stories', {story: id});
  if (!stories.length) throw new Error('none of its records is kept any more');
  const story = stories[0];
  const records = [...story.records].reverse();
  view.append(el('h1', {dir: 'auto'}, records[0].headline), el('p', {class: 'quiet'},
    `${story.articles} articles, ${story.copies} of them copies, of ${story.providers} providers `, spark(story.records)));
  const quotes = await quotesOf(records);
  const said = new Set();
  view.append(el('ol', {class: 'timeline'}, records.map((record, i) => el('li', {class: record.fate === 'live' ? record.verdict : ''},
    el('div', {class: 'quiet'}, `${day(record.received_at)} ${clock(record.received_at)} `, i || record.verdict !== 'new' ? verdict(record) : el('span', {class: 'verdict new'}, 'first report'),
      ` ${record.provider}`, i && record.similarity ? ` · ${Math.round(100 * record.similarity)} % of the text in common` : ''),
    el('a', {dir: 'auto', href: address('article', record.sequence)}, record.headline),
    (quotes.get(record.sequence) || []).filter((quote) => !said.has(quote.text) && said.add(quote.text)).map((quote) => el('blockquote', {dir: 'auto'},
      quote.text, el('span', {class: 'quiet'}, ` — ${quote.speaker.name}`)))))));
}
