// Inline checks of a lesson, answered in place: the form is posted and the returned card takes the place of the old one.
// The server answers a request with "X-Fragment: check" by the card alone; anything else is shown as a normal page.
import { enhance } from './ordering.js';

const FRAGMENT = { 'X-Fragment': 'check', Accept: 'text/html' };

async function swap(card, request) {
  card.setAttribute('aria-busy', 'true');
  try {
    const reply = await fetch(...request);
    const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
    const fresh = page.getElementById(card.id);
    if (!fresh) throw new Error('no card in the reply');
    card.replaceWith(fresh);
    enhance(fresh);
    const first = fresh.querySelector('.result') ?? fresh.querySelector('.check-question');
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
    fresh.scrollIntoView({ block: 'nearest' });
  } catch {
    card.removeAttribute('aria-busy');
    const message = card.querySelector('[data-check-error]');
    message.textContent = card.querySelector('[data-check-form]').dataset.textFailed;
    message.hidden = false;
  }
}

document.addEventListener('submit', (event) => {
  const form = event.target.closest('[data-check-form]');
  if (!form) return;
  event.preventDefault();
  const card = form.closest('[data-check]');
  if (card.getAttribute('aria-busy')) return;
  const body = new URLSearchParams(new FormData(form, event.submitter));
  swap(card, [form.action, { method: 'POST', body, headers: FRAGMENT }]);
}, { capture: true });

document.addEventListener('click', (event) => {
  const retry = event.target.closest('[data-check-retry]');
  if (!retry) return;
  event.preventDefault();
  swap(retry.closest('[data-check]'), [retry.href, { headers: FRAGMENT }]);
});
