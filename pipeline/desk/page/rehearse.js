// Routes tried on the records that are kept, before they are live.

import {address, ask, el, send} from './dom.js';

const RECORDS = [200, 1000, 5000];
const TYPING_PAUSE = 500;

function place(problem) {
  return problem.line ? `line ${problem.line}, column ${problem.column}: ` : '';
}

// What is wrong; a click goes there.
function problemsOf(diagnostics, text) {
  return diagnostics.map((problem) => el('li', {class: problem.severity === 'error' ? 'bad' : ''},
    el('button', {type: 'button', class: 'plain', disabled: !problem.line, onclick: () => goTo(text, problem.line, problem.column)},
      `${place(problem)}${problem.severity === 'warning' ? 'warning: ' : ''}${problem.key} `),
    el('span', {class: 'said'}, problem.what), problem.remedy ? el('span', {class: 'said quiet'}, `; ${problem.remedy}`) : null));
}

function goTo(text, line, column) {
  const at = text.value.split('\n').slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0) + column - 1;
  text.focus();
  text.setSelectionRange(at, at + 1);
}

function sides(title, table) {
  const rows = Object.entries(table || {});
  if (!rows.length) return [];
  return [el('h2', {}, title), el('table', {}, el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, 'Name'),
    ['In use', 'Rehearsed', 'Gone', 'Added'].map((name) => el('th', {scope: 'col', class: 'n'}, name)))),
  el('tbody', {}, rows.map(([name, counts]) => el('tr', {}, el('th', {scope: 'row'}, name),
    [counts.a, counts.b, counts.gone, counts.added].map((count) => el('td', {class: 'n'}, String(count)))))))];
}

function report(answer) {
  const found = answer.difference;
  const nodes = [el('p', {role: 'status'}, `${found.articles} articles of ${answer.records} raw records in ${answer.seconds.toFixed(1)} s: `,
    el('strong', {}, found.differing ? `${found.differing} would go another way` : 'no difference'),
    answer.complete ? '' : '. The time was up before the records were.'),
  ...sides('By route', found.by_route), ...sides('By topic', found.by_topic), ...sides('By fate', found.by_fate)];
  if (found.differences.length) {
    nodes.push(el('h2', {}, found.differences.length < found.differing ? `The first ${found.differences.length}` : 'Which'),
      el('ul', {class: 'differences'}, found.differences.map((one) => el('li', {dir: 'auto'},
        one.id ? el('a', {href: address('record', one.id)}, one.headline || one.id) : one.headline || 'a dead letter',
        el('ul', {}, one.parts.map((part) => el('li', {class: 'quiet'}, `${part.field}: ${part.reason}`)))))));
  }
  return nodes;
}

export async function showRehearse(view) {
  const {yaml, version} = await ask('/api/v1/configuration');
  const problems = el('ul', {class: 'problems', 'aria-live': 'polite', 'aria-label': 'What is wrong'});
  const result = el('section', {'aria-label': 'Result', 'aria-live': 'polite'});
  const text = el('textarea', {id: 'yaml', spellcheck: 'false', rows: '18', 'aria-label': 'Routes and tag rules to try, as YAML', oninput: onInput});
  text.value = yaml;
  const records = el('select', {'aria-label': 'Records'}, RECORDS.map((count) => el('option', {value: String(count), selected: count === 1000}, `the newest ${count} records`)));
  const go = el('button', {type: 'submit', class: 'primary'}, 'Rehearse');
  const copy = el('button', {type: 'button', onclick: () => navigator.clipboard.writeText(text.value).then(() => { copy.textContent = 'Copied'; })}, 'Copy');
  const save = el('a', {download: 'wiredesk-routes.yaml', href: '#', onclick: () => {
    save.href = `data:text/yaml;charset=utf-8,${encodeURIComponent(text.value)}`;
  }}, 'Download');
  const back = el('button', {type: 'button', onclick: () => { text.value = yaml; onInput(); }}, 'Begin again');
  let timer = 0;
  function onInput() {
    copy.textContent = 'Copy';
    clearTimeout(timer);
    timer = setTimeout(check, TYPING_PAUSE);
  }
  async function check() {
    const asked = text.value;
    try {
      const {diagnostics} = await send('/api/v1/rehearse', {yaml: asked, check: true});
      if (text.value === asked) problems.replaceChildren(...problemsOf(diagnostics, text));
    } catch (error) {
      if (text.value === asked) problems.replaceChildren(el('li', {class: 'bad'}, error.message));
    }
  }
  async function rehearse(event) {
    event.preventDefault();
    clearTimeout(timer);
    go.disabled = true;
    result.replaceChildren(el('p', {class: 'quiet'}, 'Running …'));
    try {
      const answer = await send('/api/v1/rehearse', {yaml: text.value, records: Number(records.value)});
      problems.replaceChildren(...problemsOf(answer.diagnostics, text));
      result.replaceChildren(...(answer.ok ? report(answer) : []));
    } catch (error) {
      result.replaceChildren(el('p', {class: 'bad', role: 'alert'}, error.message));
    }
    go.disabled = false;
  }
  view.append(el('h1', {}, 'Rehearse'), el('p', {class: 'quiet'},
    `What would these routes do with the records that are kept? Nothing is written. In use is ${version}.`),
  el('form', {onsubmit: rehearse}, text, problems, el('div', {class: 'bar'}, records, go, copy, save, back)), result);
  return () => clearTimeout(timer);
}
