// What every page needs: the CSRF token on htmx's requests, questions before dangerous actions, short notices.
(() => {
  'use strict';

  const meta = name => document.querySelector(`meta[name="${name}"]`)?.content;
  const toasts = () => document.getElementById('toasts');

  function notice(kind, text) {
    const box = document.createElement('div');
    box.className = `notice notice-${kind}`;
    const words = document.createElement('span');
    words.textContent = text;
    const close = document.createElement('button');
    close.type = 'button';
    close.className = 'btn-close';
    close.setAttribute('aria-label', toasts().dataset.close);
    close.dataset.dismissNotice = '';
    box.append(words, close);
    toasts().append(box);
    if (kind === 'done') {
      setTimeout(() => box.remove(), 8000);
    }
  }

  function ask(text, then) {
    const dialog = document.getElementById('confirm');
    const asker = document.activeElement;
    dialog.querySelector('#confirm-text').textContent = text;
    dialog.returnValue = 'no';
    dialog.addEventListener('close', () => {
      asker?.focus();
      if (dialog.returnValue === 'yes') {
        then();
      }
    }, {once: true});
    dialog.showModal();
  }

  document.addEventListener('click', event => {
    event.target.closest('[data-dismiss-notice]')?.closest('.notice').remove();
  });

  // <button data-back hidden> leads to the page before, as it was left
  document.querySelectorAll('[data-back]').forEach(button => {
    button.hidden = history.length < 2;
    button.addEventListener('click', () => history.back());
  });

  // <form data-confirm="…"> or <button data-confirm="…"> ask before they are sent
  document.addEventListener('submit', event => {
    const form = event.target;
    const text = event.submitter?.dataset.confirm ?? form.dataset.confirm;
    if (!text || form.dataset.confirmed) {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    const submitter = event.submitter;
    ask(text, () => {
      form.dataset.confirmed = 'yes';
      form.requestSubmit(submitter);
      delete form.dataset.confirmed;
    });
  }, true);

  // <select data-submit> sends its form when it changes
  document.addEventListener('change', event => {
    if (event.target.matches('[data-submit]')) {
      event.target.form.requestSubmit();
    }
  });

  // <details data-open-for="name" data-open-value="…"> opens when the field of that name is set to the value
  document.addEventListener('change', event => {
    document.querySelectorAll('details[data-open-for]').forEach(details => {
      if (event.target.name === details.dataset.openFor) {
        details.open = event.target.value === details.dataset.openValue;
      }
    });
  });

  document.addEventListener('htmx:configRequest', event => {
    const header = meta('csrf-header');
    if (header) {
      event.detail.headers[header] = meta('csrf-token');
    }
  });

  // hx-confirm asks with the page's own dialog
  document.addEventListener('htmx:confirm', event => {
    if (event.detail.question) {
      event.preventDefault();
      ask(event.detail.question, () => event.detail.issueRequest(true));
    }
  });

  // A response may carry HX-Trigger: {"notice": {"kind": "done", "text": "…"}}
  document.addEventListener('notice', event => notice(event.detail.kind ?? 'done', event.detail.text));

  document.addEventListener('htmx:responseError', event => {
    let text = toasts().dataset.failed;
    try {
      text = JSON.parse(event.detail.xhr.responseText).detail ?? text;
    } catch {
      // no JSON: the general sentence stays
    }
    notice('failed', text);
  });

  document.addEventListener('htmx:sendError', () => notice('failed', toasts().dataset.offline));
})();
