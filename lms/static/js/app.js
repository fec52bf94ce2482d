// On every page: theme without a reload, focus on errors, dialogs, dismissing messages. All of it works without this file.
const root = document.documentElement;

function applyTheme(form, chosen) {
  root.dataset.theme = chosen.value;
  document.querySelector('meta[name="color-scheme"]').content = chosen.value === 'system' ? 'light dark' : chosen.value;
  for (const button of form.querySelectorAll('button')) button.setAttribute('aria-pressed', String(button === chosen));
}

for (const form of document.querySelectorAll('[data-theme-form]')) {
  form.addEventListener('submit', (event) => {
    const chosen = event.submitter;
    if (!chosen) return;
    event.preventDefault();
    applyTheme(form, chosen);
    const body = new FormData(form, chosen);
    fetch(form.action, { method: 'POST', body, redirect: 'manual' }).catch(() => {});
  });
}

// A link to a confirm page opens the dialog of the same matter instead.
document.addEventListener('click', (event) => {
  const opener = event.target.closest('[data-dialog]');
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog?.showModal && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    dialog.showModal();
    return;
  }
  const dismiss = event.target.closest('[data-dismiss]');
  if (dismiss) {
    dismiss.closest('[data-flash]').remove();
    document.getElementById('main')?.focus();
  }
});

for (const button of document.querySelectorAll('[data-dismiss]')) button.hidden = false;

document.querySelector('[data-focus]')?.focus();

// A form is sent once, however often the button is pressed; going back makes it usable again.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== 'post') return;
  if (form.dataset.sent) event.preventDefault();
  else form.dataset.sent = 'yes';
});
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('[data-sent]')) delete form.dataset.sent;
});

// What scrolls sideways can be reached by keyboard.
for (const box of document.querySelectorAll('.table-scroll, .table-wrap, .prose pre, .maths')) {
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
}
