// A small editor for mails, and snippets that are put into them.
(() => {
  'use strict';

  const editors = new WeakMap();

  /** Parsed apart from the page: nothing in it can load or run. */
  function safe(html) {
    const parsed = new DOMParser().parseFromString(html, 'text/html');
    parsed.querySelectorAll('script, style, iframe, object, embed, link, meta, base, form').forEach(node => node.remove());
    parsed.querySelectorAll('*').forEach(node => [...node.attributes]
      .filter(attribute => attribute.name.startsWith('on') || attribute.name === 'style')
      .forEach(attribute => node.removeAttribute(attribute.name)));
    return [...parsed.body.childNodes];
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
    text.setAttribute('aria-labelledby', area.dataset.labelledby ?? 'html-label');
    const show = () => text.replaceChildren(...safe(area.value));
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
    // Where the caret stood last: a list outside of the text takes the focus away
    let caret = null;
    document.addEventListener('selectionchange', () => {
      const selection = document.getSelection();
      if (selection.rangeCount && text.contains(selection.anchorNode)) {
        caret = selection.getRangeAt(0).cloneRange();
      }
    });
    editors.set(area, html => {
      if (text.hidden) {
        // The source is being edited: the text beside it is older
        intoSource(area, html);
        return;
      }
      const nodes = safe(html);
      if (caret && text.contains(caret.startContainer)) {
        caret.deleteContents();
        const fragment = document.createDocumentFragment();
        fragment.append(...nodes);
        caret.insertNode(fragment);
        caret.collapse(false);
      } else {
        text.prepend(...nodes);
      }
      area.value = text.innerHTML;
      text.focus();
    });
  }

  function intoSource(area, html) {
    area.setRangeText(html, area.selectionStart, area.selectionEnd, 'end');
    area.dispatchEvent(new Event('input', {bubbles: true}));
    area.focus();
  }

  function insert(area, html) {
    (editors.get(area) ?? (text => intoSource(area, text)))(html);
  }

  function failed(text) {
    document.dispatchEvent(new CustomEvent('notice', {detail: {kind: 'failed', text}}));
  }

  // Forms a snippet is on its way to; each with what was pressed meanwhile
  const waiting = new Map();

  /** @return whether it stands in the text area now */
  async function fetchInto(area, path) {
    try {
      const answer = await fetch(path, {headers: {Accept: 'application/json'}});
      const body = await answer.json();
      if (answer.ok) {
        insert(area, body.html);
      } else {
        failed(body.detail);
      }
      return answer.ok;
    } catch {
      failed(document.getElementById('toasts').dataset.offline);
      return false;
    }
  }

  // <select data-snippet-for="id" data-record="…"> puts the chosen snippet into the text area of that id
  document.addEventListener('change', async event => {
    const list = event.target.closest?.('[data-snippet-for]');
    if (!list || !list.value) {
      return;
    }
    const record = list.dataset.record ? `?record=${encodeURIComponent(list.dataset.record)}` : '';
    const path = `/mail-snippets/${list.value}/text${record}`;
    const area = document.getElementById(list.dataset.snippetFor);
    const held = waiting.get(area.form) ?? {snippets: 0, pressed: null, complete: true};
    waiting.set(area.form, held);
    held.snippets++;
    list.value = '';
    held.complete = await fetchInto(area, path) && held.complete;
    if (--held.snippets === 0) {
      waiting.delete(area.form);
      // Pressed anew, not submitted: the form's script knows the button by its click
      if (held.pressed && held.complete) {
        held.pressed.click();
      }
    }
  });

  // Nothing is sent without the snippet that was chosen for it
  document.addEventListener('submit', event => {
    const held = waiting.get(event.target);
    if (held) {
      event.preventDefault();
      event.stopImmediatePropagation();
      held.pressed = event.submitter;
    }
  }, true);

  const all = () => document.querySelectorAll('[data-editor]').forEach(edit);
  document.addEventListener('htmx:afterSettle', all);
  all();
})();
