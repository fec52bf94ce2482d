// "Up" and "down" buttons for ordering questions, on top of the selects, which stay what is sent.
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

function arrow(direction, text) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'btn btn-secondary btn-icon';
  button.dataset.move = direction;
  button.setAttribute('aria-label', text);
  button.textContent = direction === 'up' ? '↑' : '↓';
  return button;
}

const rowsOf = (list) => [...list.querySelectorAll('.row')];
const nameOf = (row) => row.querySelector('.row-label').textContent.trim();
const selectOf = (row) => row.querySelector('select');

function showEnds(list) {
  const rows = rowsOf(list);
  rows.forEach((row, place) => {
    row.querySelector('[data-move="up"]').disabled = place === 0;
    row.querySelector('[data-move="down"]').disabled = place === rows.length - 1;
  });
}

function number(list) {
  rowsOf(list).forEach((row, place) => { selectOf(row).value = String(place + 1); });
  showEnds(list);
}

function move(list, row, direction) {
  const other = direction === 'up' ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  if (direction === 'up') other.before(row); else other.after(row);
  number(list);
  const button = row.querySelector(`[data-move="${direction}"]`);
  (button.disabled ? row.querySelector('[data-move]:not(:disabled)') : button).focus();
  const status = list.parentElement.querySelector('[data-ordering-status]');
  status.textContent = fill(list.dataset.textMoved, { entry: nameOf(row), position: selectOf(row).value });
  list.dispatchEvent(new Event('change', { bubbles: true }));
}

// A position chosen in a select moves the row there, so that no two rows share a place.
function place(list, row) {
  const wanted = Number(selectOf(row).value);
  if (!wanted) return;
  const others = rowsOf(list).filter((other) => other !== row);
  const target = others[wanted - 1];
  if (target) target.before(row); else list.append(row);
  number(list);
  selectOf(row).focus(); // moving a row takes the focus from it
}

export function enhance(scope) {
  for (const list of scope.querySelectorAll('[data-ordering]:not([data-ready])')) {
    list.dataset.ready = '';
    const rows = rowsOf(list);
    if (rows.some((row) => selectOf(row).disabled)) continue;
    for (const row of rows) {
      const box = document.createElement('span');
      box.className = 'row-moves';
      box.append(...['up', 'down'].map((way) => arrow(way, fill(list.dataset[way === 'up' ? 'textUp' : 'textDown'], { entry: nameOf(row) }))));
      row.append(box);
    }
    const sorted = [...rows].sort((a, b) => (Number(selectOf(a).value) || rows.length) - (Number(selectOf(b).value) || rows.length));
    list.append(...sorted);
    showEnds(list);
    list.addEventListener('click', (event) => {
      const button = event.target.closest('[data-move]');
      if (button) move(list, button.closest('.row'), button.dataset.move);
    });
    list.addEventListener('change', (event) => {
      if (event.target !== list) place(list, event.target.closest('.row'));
    });
  }
}

enhance(document);
