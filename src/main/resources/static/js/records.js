// The grid of records: conditions, order of columns, and connecting the selected ones to a sequence.
(() => {
  'use strict';

  const meta = name => document.querySelector(`meta[name="${name}"]`)?.content;
  const byId = id => document.getElementById(id);
  const pause = milliseconds => new Promise(done => setTimeout(done, milliseconds));

  async function call(path, options = {}) {
    const headers = {Accept: 'application/json', ...options.headers};
    if (options.method) {
      headers[meta('csrf-header')] = meta('csrf-token');
    }
    const answer = await fetch('/api/v1' + path, {...options, headers});
    const body = await answer.json().catch(() => ({}));
    if (!answer.ok) {
      throw new Error(body.detail ?? '');
    }
    return body;
  }

  document.addEventListener('click', event => {
    if (event.target.closest('[data-remove-condition]')) {
      event.target.closest('.condition').remove();
    }
    const up = event.target.closest('[data-up]');
    if (up) {
      const item = up.closest('li');
      item.previousElementSibling?.before(item);
      up.focus();
    }
  });

  const list = byId('columns-list');
  if (list && window.Sortable) {
    window.Sortable.create(list, {handle: '.drag', animation: 100});
  }

  const grid = byId('grid');
  const open = byId('connect-open');
  const dialog = byId('connect');
  if (!grid || !open || !dialog) {
    return;
  }
  const boxes = () => [...grid.querySelectorAll('[data-select]')];
  const selected = () => boxes().filter(box => box.checked).map(box => box.value);
  const fill = (text, ...values) => values.reduce((all, value, i) => all.replace(`{${i}}`, value), text);

  grid.addEventListener('change', event => {
    if (event.target.id === 'select-page') {
      boxes().forEach(box => { box.checked = event.target.checked; });
    } else if (event.target.matches('[data-select]')) {
      byId('select-page').checked = boxes().every(box => box.checked);
    }
    open.disabled = selected().length === 0;
  });

  // Steps of a version in the order of the outline, those of the branches too
  const flat = steps => (steps ?? []).flatMap(step => [step, ...flat(step.yes), ...flat(step.no)]).filter(step => step.id);

  async function offerSteps() {
    const start = byId('start-step');
    [...start.options].slice(1).forEach(option => option.remove());
    const chosen = byId('connect-sequence').selectedOptions[0];
    if (!chosen) {
      return;
    }
    const version = await call(`/sequences/${chosen.value}?version=${chosen.dataset.version}`);
    if (chosen.selected) {
      flat(version.steps).forEach(step => start.append(new Option(step.name ?? step.id, step.id)));
    }
  }

  function start() {
    const days = byId('start-days').value;
    const hours = byId('start-hours').value;
    return {
      ...(days || hours ? {wait: {days: Number(days), hours: Number(hours)}} : {}),
      ...(byId('start-step').value ? {startAtStep: byId('start-step').value} : {}),
    };
  }

  // Enter would press the form's first button, which closes the dialog
  dialog.addEventListener('keydown', event => {
    if (event.key === 'Enter' && event.target.matches('input[type="number"]')) {
      event.preventDefault();
      byId('connect-go').click();
    }
  });

  byId('connect-sequence').addEventListener('change', () => offerSteps().catch(() => {}));

  open.addEventListener('click', async () => {
    const choice = byId('connect-sequence');
    choice.replaceChildren();
    byId('connect-result').textContent = '';
    byId('connect-problems').replaceChildren();
    byId('connect-count').textContent = fill(dialog.dataset.selected, selected().length);
    dialog.showModal();
    try {
      const page = await call(`/sequences?state=ACTIVE&recordType=${grid.dataset.type}&size=500`);
      page.items.forEach(sequence => {
        const option = new Option(sequence.name, sequence.id);
        option.dataset.version = sequence.version;
        choice.append(option);
      });
      await offerSteps();
      byId('connect-go').disabled = page.items.length === 0;
      if (page.items.length === 0) {
        byId('connect-result').textContent = dialog.dataset.none;
      }
    } catch (e) {
      byId('connect-result').textContent = e.message || dialog.dataset.failed;
    }
  });

  async function everyId() {
    const ids = [];
    const query = new URLSearchParams({size: 500});
    if (dialog.dataset.q) {
      query.set('q', dialog.dataset.q);
    }
    if (dialog.dataset.filter) {
      query.set('filter', dialog.dataset.filter);
    }
    for (let page = 0; ; page++) {
      query.set('page', page);
      const found = await call(`/records/${grid.dataset.plural}?${query}`);
      ids.push(...found.items.map(item => item.id));
      if (ids.length >= found.total || found.items.length === 0) {
        return ids;
      }
    }
  }

  async function follow(operation) {
    const bar = byId('connect-progress');
    bar.hidden = false;
    for (;;) {
      const state = await call(`/operations/${operation}`);
      bar.max = Math.max(1, state.total);
      bar.value = state.done;
      byId('connect-result').textContent = fill(dialog.dataset.progress, state.done, state.total);
      if (state.state !== 'RUNNING') {
        return state;
      }
      await pause(700);
    }
  }

  byId('connect-go').addEventListener('click', async event => {
    const button = event.target;
    button.disabled = true;
    try {
      const all = byId('connect-all')?.checked;
      const recordIds = all ? await everyId() : selected();
      const started = await call(`/sequences/${byId('connect-sequence').value}/enrollments`, {
        method: 'POST',
        headers: {'Content-Type': 'application/json'},
        body: JSON.stringify({recordIds, ...start()}),
      });
      const end = await follow(started.operation);
      byId('connect-result').textContent = fill(dialog.dataset.done, end.succeeded, end.rejected);
      if (end.rejected > 0) {
        const results = await call(`/operations/${started.operation}/results?size=500`);
        const reasons = new Map();
        results.items.filter(result => !result.ok)
            .forEach(result => reasons.set(result.problem?.message, (reasons.get(result.problem?.message) ?? 0) + 1));
        reasons.forEach((count, reason) => {
          const line = document.createElement('li');
          line.textContent = `${count} × ${reason ?? ''}`;
          byId('connect-problems').append(line);
        });
      }
    } catch (e) {
      byId('connect-result').textContent = e.message || dialog.dataset.failed;
    } finally {
      button.disabled = false;
    }
  });
})();
