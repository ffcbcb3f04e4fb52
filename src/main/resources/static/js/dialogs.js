// <button data-open-dialog="id"> opens the dialog of that id.
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
})();
