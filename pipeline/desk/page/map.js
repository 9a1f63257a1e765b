// Where the stories are: dots by how many stories speak of a place.

import {ask, el} from './dom.js';

const x = (lon) => lon + 180;
const y = (lat) => 90 - lat;

export async function showMap(view) {
  const [{places}, land] = await Promise.all([ask('/api/v1/places'), fetch('land.json').then((answer) => answer.json())]);
  places.sort((a, b) => b.stories - a.stories);
  const dots = places.slice(0, 400).map((place) => el('a', {svg: true, href: `#/wire?place=${encodeURIComponent(place.id)}`,
    'aria-label': `${place.name}: ${place.stories} stories`},
  el('circle', {cx: x(place.lon), cy: y(place.lat), r: Math.min(6, 0.8 + Math.sqrt(place.stories) * 0.6)},
    el('title', {}, `${place.name}: ${place.stories} stories, ${place.articles} articles`))));
  const map = el('svg', {class: 'map', viewBox: '0 5 360 145', 'aria-label': 'Places by stories'}, el('path', {class: 'land', d: land.path}), dots);
  view.append(el('h1', {}, 'Map'), el('p', {class: 'quiet'}, 'Places of the records that are kept; a dot grows with its stories, not with its copies.'), map,
    el('h2', {}, 'Most spoken of'), el('table', {}, el('tbody', {}, places.slice(0, 25).map((place) => el('tr', {},
      el('td', {}, el('a', {href: `#/wire?place=${encodeURIComponent(place.id)}`}, place.name)),
      el('td', {class: 'n'}, `${place.stories} stories`), el('td', {class: 'n'}, `${place.articles} articles`))))));
}
