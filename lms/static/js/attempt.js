// Saves the answers of an attempt as they change.
//
// An element with data-save-url (a question, or the whole form) is one slot. When something inside it changes, its
// fields are posted there with the form's csrf_token, `operation_id` (new for each answer, the same for each retry) and
// `revision` (the revision of this slot's answer that the page last heard of, from data-revision).
// Replies: 200 {revision, saved_at, operation_id}; 409 {message} when the slot was answered elsewhere; another 4xx
// {message} is final; 5xx, 429 and no reply are tried again.
import { AnswerQueue } from './parts/queue.js';
import { startTimer } from './parts/timer.js';

const state = document.querySelector('[data-saved-state]');
const slots = new Map([...document.querySelectorAll('[data-save-url]')].map((slot) => [slot.dataset.saveUrl, slot]));
const stopped = new Set();

function clock(moment) {
  const time = moment ? new Date(moment) : new Date();
  return new Intl.DateTimeFormat(document.documentElement.lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(time);
}

function say(kind, text) {
  state.dataset.state = kind;
  state.querySelector('[data-saved-text]').textContent = text;
}

const reports = {
  saving: () => say('saving', state.dataset.textSaving),
  waiting: ({ count }) => say('waiting', count > 1 ? state.dataset.textKept.replace('{count}', count) : state.dataset.textWaiting),
  saved({ url, revision, saved_at: savedAt, count }) {
    const slot = slots.get(url);
    if (slot && revision !== undefined) {
      slot.dataset.revision = revision;
      // What a normal post of the page carries for this slot.
      slot.querySelectorAll('[data-revision-field]').forEach((field) => { field.value = revision; });
    }
    if (!count && !stopped.size) say('saved', state.dataset.textSaved.replace('{time}', clock(savedAt)));
  },
  conflict({ url, message }) {
    stopped.add(url);
    say('conflict', message ?? state.dataset.textConflict);
  },
  refused({ url, message }) {
    stopped.add(url);
    say('refused', message ?? state.dataset.textRefused);
  },
};

// The slot's own fields and the form's token; text typed elsewhere on the page stays out.
function fieldsOf(slot) {
  const form = slot.closest('form');
  const inside = new Set([...slot.querySelectorAll('[name]:not([data-revision-field])')].map((field) => field.name));
  return [...new FormData(form)].filter(([name, value]) => typeof value === 'string' && (inside.has(name) || name === 'csrf_token'));
}

function watch() {
  const queue = new AnswerQueue(`answers:${location.pathname}`, (kind, details) => reports[kind](details));
  queue.revisionOf = ({ url }) => slots.get(url)?.dataset.revision ?? '0';
  const typing = new Map();
  const sent = new Map();

  const save = (slot) => {
    clearTimeout(typing.get(slot));
    typing.delete(slot);
    const fields = fieldsOf(slot);
    const answer = JSON.stringify(fields);
    if (stopped.has(slot.dataset.saveUrl) || sent.get(slot) === answer) return;
    sent.set(slot, answer);
    queue.add({ url: slot.dataset.saveUrl, fields });
  };
  document.addEventListener('change', ({ target }) => {
    const slot = target.closest('[data-save-url]');
    if (slot) save(slot);
  });
  document.addEventListener('input', ({ target }) => {
    const slot = target.matches('textarea, input:not([type=radio], [type=checkbox])') && target.closest('[data-save-url]');
    if (!slot) return;
    clearTimeout(typing.get(slot));
    typing.set(slot, setTimeout(save, 1200, slot));
  });
  // A normal post carries every answer of the page by itself, so leaving by it loses nothing.
  let posting = false;
  document.addEventListener('submit', () => { posting = true; });
  window.addEventListener('beforeunload', (event) => {
    if (!posting && (queue.size || typing.size)) event.preventDefault();
  });
  window.addEventListener('online', () => queue.retryNow());
  queue.run();
}

if (state && slots.size) watch();
for (const box of document.querySelectorAll('.timer[data-deadline]')) startTimer(box);
