// The import: builds the mapping from the chosen fields, tries or runs it, and follows the operation.
(() => {
  'use strict';

  const meta = name => document.querySelector(`meta[name="${name}"]`)?.content;
  const byId = id => document.getElementById(id);
  const pause = milliseconds => new Promise(done => setTimeout(done, milliseconds));
  const form = byId('import');

  function fieldName(column, taken) {
    const words = column.normalize('NFKD').replace(/[^A-Za-z0-9]+/g, ' ').trim().split(' ');
    let name = words.map((word, i) => i === 0 ? word.toLowerCase() : word[0].toUpperCase() + word.slice(1).toLowerCase()).join('');
    name = (/^[A-Za-z]/.test(name) ? name : 'field' + name).slice(0, 50);
    let free = name;
    for (let i = 2; taken.has(free); i++) {
      free = name + i;
    }
    taken.add(free);
    return free;
  }

  function mapping() {
    const result = {};
    const create = byId('import-options').checked;
    const taken = new Set([...form.querySelectorAll('[data-column]')].map(select => select.value));
    form.querySelectorAll('[data-column]').forEach(select => {
      if (select.value.startsWith('*')) {
        result[select.dataset.name] = {field: fieldName(select.dataset.name, taken), create: true, kind: select.value.slice(1)};
      } else if (select.value) {
        result[select.dataset.name] = {field: select.value, create};
      }
    });
    return result;
  }

  async function json(answer) {
    const body = await answer.json().catch(() => ({}));
    if (!answer.ok) {
      throw new Error(body.detail ?? form.dataset.failed);
    }
    return body;
  }

  async function follow(operation, text) {
    const bar = byId('import-progress');
    for (;;) {
      const state = await json(await fetch(`/api/v1/operations/${operation}`));
      bar.max = Math.max(1, state.total);
      bar.value = state.total === 0 ? 1 : state.done;
      ['created', 'updated', 'skipped', 'rejected'].forEach(name => {
        byId(`count-${name}`).textContent = state.counts?.[name] ?? 0;
      });
      if (state.state !== 'RUNNING') {
        byId('import-text').textContent = text;
        const rejected = byId('import-rejected');
        rejected.hidden = state.rejected === 0;
        rejected.href = `/api/v1/operations/${operation}/rejected.csv`;
        return;
      }
      await pause(500);
    }
  }

  form.addEventListener('submit', event => event.preventDefault());

  form.addEventListener('click', async event => {
    const button = event.target.closest('[data-import]');
    if (!button) {
      return;
    }
    const buttons = form.querySelectorAll('[data-import]');
    const dry = button.dataset.import === 'true';
    const data = new FormData();
    data.set('file', byId('import-file').files[0]);
    data.set('mapping', JSON.stringify(mapping()));
    data.set('key', byId('import-key').value);
    data.set('importName', byId('import-name').value);
    data.set('dryRun', String(dry));
    byId('import-status').hidden = false;
    byId('import-rejected').hidden = true;
    byId('import-text').textContent = form.dataset.running;
    buttons.forEach(one => { one.disabled = true; });
    try {
      const started = await json(await fetch(`/api/v1/records/${form.dataset.type}/import`, {
        method: 'POST', headers: {[meta('csrf-header')]: meta('csrf-token')}, body: data,
      }));
      await follow(started.operation, dry ? form.dataset.tried : form.dataset.done);
    } catch (e) {
      byId('import-text').textContent = e.message || form.dataset.failed;
    } finally {
      buttons.forEach(one => { one.disabled = false; });
    }
  });
})();
