// The time left in an attempt, counted from the server's clock; it can be hidden, and speaks at ten, five and one minutes.
const two = (number) => String(number).padStart(2, '0');

function spell(seconds) {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

export function startTimer(box) {
  const left = Math.max(0, Date.parse(box.dataset.deadline) - Date.parse(box.dataset.now));
  const started = performance.now();
  const text = box.querySelector('[data-timer-text]');
  const announce = box.querySelector('[data-timer-announce]');
  const toggle = box.querySelector('[data-timer-toggle]');
  const due = [10, 5, 1].filter((minutes) => left > minutes * 60_000);

  toggle.hidden = false;
  toggle.addEventListener('click', () => {
    const hidden = box.classList.toggle('is-hidden');
    toggle.textContent = hidden ? box.dataset.textShow : box.dataset.textHide;
  });

  function tick() {
    const seconds = Math.max(0, Math.ceil((left - (performance.now() - started)) / 1000));
    text.textContent = seconds ? box.dataset.textLeft.replace('{time}', spell(seconds)) : box.dataset.textOver;
    box.classList.toggle('is-near', seconds <= 300);
    if (due.length && seconds <= due[0] * 60) announce.textContent = box.getAttribute(`data-text-${due.shift()}`);
    if (!seconds) {
      announce.textContent = box.dataset.textOver;
      clearInterval(ticking);
    }
  }
  const ticking = setInterval(tick, 1000);
  tick();
}
