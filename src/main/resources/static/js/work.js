// The seller's page: moving through the list by keyboard, focus after a part has changed.
(() => {
  'use strict';

  const KEYS = 'upnext.work.keys';
  const entries = () => [...document.querySelectorAll('.work-entry')];
  const typing = element => element.closest('input, textarea, select, [contenteditable="true"], dialog');

  function move(by) {
    const all = entries();
    if (!all.length) {
      return;
    }
    const at = all.indexOf(document.activeElement);
    const current = all.findIndex(entry => entry.hasAttribute('aria-current'));
    const from = at >= 0 ? at : current;
    const to = from < 0 ? 0 : Math.min(Math.max(from + by, 0), all.length - 1);
    all[to].focus();
  }

  function toAction() {
    (document.querySelector('.item-act [data-first]') ?? document.querySelector('.item-act button'))?.focus();
  }

  function toList() {
    (document.querySelector('.work-entry[aria-current]') ?? entries()[0])?.focus();
  }

  const choices = () => [...document.querySelectorAll('.work-row input[name="ids"]')];

  // "All" is ticked exactly where every box is
  function followChoice() {
    const all = document.querySelector('[data-choose-all]');
    if (all) {
      all.checked = choices().every(box => box.checked);
    }
  }

  // The box of the entry that has the focus, or of the one that is shown
  function choose() {
    const entry = document.activeElement?.closest('.work-row') ?? document.querySelector('.work-entry[aria-current]')?.closest('.work-row');
    const box = entry?.querySelector('input[name="ids"]');
    if (box) {
      box.checked = !box.checked;
      followChoice();
      document.querySelector('.work-many').open = true;
    }
  }

  document.addEventListener('change', event => {
    if (event.target.matches('[data-choose-all]')) {
      choices().forEach(box => { box.checked = event.target.checked; });
    } else if (event.target.matches('.work-row input[name="ids"]')) {
      followChoice();
    }
  });

  const actions = {
    x: choose,
    j: () => move(1), ArrowDown: () => move(1),
    k: () => move(-1), ArrowUp: () => move(-1),
    e: toAction,
    '?': () => document.getElementById('work-keys')?.showModal(),
  };

  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) {
      return;
    }
    if (event.key === 'Escape' && event.target.closest?.('#work-item')) {
      toList();
      return;
    }
    const single = event.key.length === 1;
    const inList = event.target.closest?.('.work-list');
    if (typing(event.target) || (single && localStorage.getItem(KEYS) === 'off') || (!single && !inList)) {
      return;
    }
    const action = actions[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  });

  const on = document.getElementById('work-keys-on');
  if (on) {
    on.checked = localStorage.getItem(KEYS) !== 'off';
    on.addEventListener('change', () => localStorage.setItem(KEYS, on.checked ? 'on' : 'off'));
  }

  function settle(root, focus) {
    const item = document.querySelector('#work-item [data-item]')?.dataset.item;
    entries().forEach(entry => {
      if (entry.dataset.step === item) {
        entry.setAttribute('aria-current', 'true');
      } else {
        entry.removeAttribute('aria-current');
      }
    });
    if (focus) {
      (document.querySelector('#work-item [role="alert"]') ? toAction() : document.querySelector('[data-item-title]')?.focus());
    }
  }

  document.addEventListener('htmx:afterSettle', event => {
    if (event.detail.target?.closest?.('#work, #work-item') || event.detail.target?.id === 'work') {
      settle(document, true);
    }
  });

  settle(document, false);
})();
