// <button data-open-dialog="id"> opens the dialog of that id; <input data-check-all="name"> checks its form's boxes of that name.
(() => {
  'use strict';

  if (window.upnextDialogs) {
    return;
  }
  window.upnextDialogs = true;
  document.addEventListener('click', event => {
    const opener = event.target.closest('[data-open-dialog]');
    const dialog = opener && document.getElementById(opener.dataset.openDialog);
    if (dialog && !dialog.open) {
      dialog.showModal();
    }
  });
  document.addEventListener('change', event => {
    const name = event.target.dataset?.checkAll;
    if (name) {
      [...event.target.form.elements].filter(box => box.name === name).forEach(box => { box.checked = event.target.checked; });
    }
  });
})();
