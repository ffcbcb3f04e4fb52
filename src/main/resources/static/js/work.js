// The seller's page: moving through the list by keyboard, focus after a part has changed, a small editor for mails.
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

  const actions = {
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

  // A mail is written as people see it; its HTML stands in the text area, which is what is sent.
  function edit(area) {
    if (area.dataset.editing) {
      return;
    }
    area.dataset.editing = 'yes';
    const text = document.createElement('div');
    text.className = 'editor-text';
    text.contentEditable = 'true';
    text.setAttribute('role', 'textbox');
    text.setAttribute('aria-multiline', 'true');
    text.setAttribute('aria-labelledby', 'html-label');
    const show = () => {
      // Parsed apart from the page: nothing in it can load or run.
      const parsed = new DOMParser().parseFromString(area.value, 'text/html');
      parsed.querySelectorAll('script, style, iframe, object, embed, link, meta, base, form').forEach(node => node.remove());
      parsed.querySelectorAll('*').forEach(node => [...node.attributes]
        .filter(attribute => attribute.name.startsWith('on') || attribute.name === 'style')
        .forEach(attribute => node.removeAttribute(attribute.name)));
      text.replaceChildren(...parsed.body.childNodes);
    };
    show();
    text.addEventListener('input', () => {
      area.value = text.innerHTML;
    });
    text.addEventListener('paste', event => {
      event.preventDefault();
      document.execCommand('insertText', false, event.clipboardData.getData('text/plain'));
    });
    const tools = document.createElement('div');
    tools.className = 'editor-tools';
    const tool = (icon, label, run) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'btn btn-sm';
      button.title = label;
      button.setAttribute('aria-label', label);
      const image = document.createElement('i');
      image.className = `bi bi-${icon}`;
      image.setAttribute('aria-hidden', 'true');
      button.append(image);
      button.addEventListener('click', () => run(button));
      tools.append(button);
      return button;
    };
    const command = name => () => {
      text.focus();
      document.execCommand(name);
      area.value = text.innerHTML;
    };
    tool('type-bold', area.dataset.bold, command('bold'));
    tool('type-italic', area.dataset.italic, command('italic'));
    tool('list-ul', area.dataset.list, command('insertUnorderedList'));
    const source = tool('code-slash', area.dataset.source, button => {
      const raw = area.hidden;
      button.setAttribute('aria-pressed', String(raw));
      area.hidden = !raw;
      text.hidden = raw;
      if (!raw) {
        show();
      }
      (raw ? area : text).focus();
    });
    source.setAttribute('aria-pressed', 'false');
    const editor = document.createElement('div');
    editor.className = 'editor';
    area.before(editor);
    editor.append(tools, text, area);
    area.hidden = true;
  }

  function settle(root, focus) {
    root.querySelectorAll('[data-editor]').forEach(edit);
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
    if (event.detail.target.closest?.('#work, #work-item') || event.detail.target.id === 'work') {
      settle(document, true);
    }
  });

  settle(document, false);
})();
