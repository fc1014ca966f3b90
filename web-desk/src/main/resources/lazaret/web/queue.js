// @ts-check
// Choosing rows of the queue or of a lockfile, and the walk through the queue.

import { all, focusOn, neighbor, number, on, one, onKey, say } from './desk.js'

/** @param {Event} event */
function chosen(event) {
  const box = /** @type {HTMLInputElement} */ (event.target)
  if (box.matches('[data-group]')) {
    for (const each of picks(box.closest('section'))) each.checked = box.checked
  }
  if (box.matches('[data-group], [name=pick]')) showChoice()
}

/** @param {Element | null} [root] */
function picks(root) {
  return all('[name=pick]', root ?? document)
}

function showChoice() {
  const boxes = picks().filter(each => each.checked)
  const lines = boxes.reduce((sum, each) => sum + Number(each.dataset.lines), 0)
  const known = isNaN(lines) ? '' : `, ${number(lines)} lines to read`
  const text = `${boxes.length} selected${known}`
  one('#picked').textContent = boxes.length ? text : 'Nothing selected'
  for (const each of all('.bulk button')) {
    each.setAttribute('aria-disabled', String(boxes.length === 0))
  }
  for (const each of all('[data-group]')) showGroup(each)
}

/**
 * Shows whether all versions of a group are chosen, or some.
 * @param {HTMLInputElement} box
 */
function showGroup(box) {
  const members = picks(box.closest('section'))
  const count = members.filter(each => each.checked).length
  box.checked = count > 0 && count === members.length
  box.indeterminate = count > 0 && count < members.length
}

/** @param {number} by */
function walkQueue(by) {
  const next = neighbor(all('.item'), by)
  if (next) focusOn(one('.crate', next), 'nearest')
  else say(`No ${by > 0 ? 'further' : 'earlier'} version.`)
}

if (one('#picked')) {
  on('change', chosen)
  addEventListener('pageshow', showChoice)
  showChoice()
}
if (one('.item')) {
  onKey('j', () => walkQueue(1))
  onKey('k', () => walkQueue(-1))
}
