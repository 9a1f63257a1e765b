// Lines over time, drawn by uPlot, which is loaded when the first is drawn.

import {el} from './dom.js';

let loading = null;

function load() {
  loading = loading || new Promise((done, failed) => {
    document.head.append(el('link', {rel: 'stylesheet', href: 'uplot.css'}),
      el('script', {src: 'uplot.js', onload: done, onerror: () => failed(new Error('uplot.js could not be loaded'))}));
  });
  return loading;
}

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const STROKES = ['--accent', '--new', '--copy', '--revision', '--bad'];

// A figure whose lines `names` are set again by its draw([times, values, ...]).
export async function chart(title, unit, names) {
  await load();
  const box = el('figure', {class: 'chart'});
  const said = el('figcaption', {}, title, ' ', el('span', {class: 'quiet'}, unit));
  const place = el('div', {role: 'img', 'aria-label': `${title}, ${unit}`});
  box.append(said, place);
  const axis = () => ({stroke: () => colour('--quiet'), grid: {stroke: () => colour('--line'), width: 1}, ticks: {show: false}, font: '12px system-ui'});
  const plot = new window.uPlot({width: 300, height: 150, legend: {show: names.length > 1}, cursor: {y: false},
    scales: {y: {range: (self, low, high) => [0, Math.max(1, high * 1.1)]}},
    axes: [{...axis(), values: (self, splits) => splits.map((time) => new Date(1000 * time).toTimeString().slice(0, 8)), space: 90}, {...axis(), size: 56}],
    series: [{}, ...names.map((label, i) => ({label, stroke: () => colour(STROKES[i % STROKES.length]), width: 2, points: {show: false}}))]},
  [[], ...names.map(() => [])], place);
  const fit = new ResizeObserver(() => plot.setSize({width: Math.max(200, place.clientWidth), height: 150}));
  fit.observe(place);
  return {box, draw: (data) => {
    plot.setData(data);
    const last = data.slice(1).map((values) => values[values.length - 1]).filter((value) => value !== null && value !== undefined);
    place.setAttribute('aria-label', `${title}, ${unit}: now ${last.map((value) => value.toPrecision(3)).join(', ')}`);
  }, end: () => { fit.disconnect(); plot.destroy(); }};
}
