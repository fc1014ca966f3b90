// @ts-check
// The walk through a review by keys. Each key moves the focus; the focused hunk is what x, X and c
// act on.

import { all, focusOn, neighbor, one, onKey, say } from './desk.js'
import { bringFurther } from './parts.js'
import { mark } from './reading.js'

const HUNKS = '#code .hunk'

/**
 * Moves the focus to a neighbor. If the page has none, the next hunks are fetched, once.
 * @param {() => any[]} list
 * @param {number} by
 * @param {string} noun
 * @param {boolean} [again]
 * @returns {Promise<void>}
 */
async function walk(list, by, noun, again = false) {
  const next = neighbor(list(), by)
  if (next) return focusOn(next.matches('.file') ? one('.hunk', next) : next)
  if (by > 0 && !again && (await bringFurther())) return walk(list, by, noun, true)
  say(`No ${by > 0 ? 'further' : 'earlier'} ${noun}.`)
}

/**
 * Binds a pair of keys to the neighbors in a list.
 * @param {string} next
 * @param {string} previous
 * @param {string} noun
 * @param {() => any[]} list
 */
function bindWalk(next, previous, noun, list) {
  onKey(next, () => { walk(list, 1, noun) })
  onKey(previous, () => { walk(list, -1, noun) })
}

/** Returns the hunk that has the focus, itself or on an element inside. */
function focused() {
  return document.activeElement?.closest(HUNKS)
}

function files() {
  return all('#code .file').filter(file => one('.hunk', file))
}

function unseen() {
  return all(`${HUNKS}[data-must]:not(.done)`)
}

function toggle() {
  const hunk = focused()
  if (hunk) mark(hunk, !hunk.classList.contains('done'))
}

function seenAndNext() {
  const hunk = focused()
  if (!hunk) return
  mark(hunk, true)
  walk(unseen, 1, 'unseen hunk')
}

function note() {
  const hunk = focused()
  if (hunk) one('.note-link', hunk)?.click()
}

/**
 * Moves the focus to the form with a decision chosen; nothing is recorded.
 * @param {string} kinds
 */
function decide(kinds) {
  const choice = one(kinds)
  choice?.click()
  choice?.focus()
}

/**
 * Sets the address to the line whose number was clicked.
 * @param {MouseEvent} event
 */
function pointAt(event) {
  const cell = /** @type {Element} */ (event.target).closest('.diff .no')
  const id = cell?.parentElement?.id
  if (id) history.replaceState(null, '', `#${id}`)
}

if (one('#code')) {
  bindWalk('j', 'k', 'hunk', () => all(HUNKS))
  bindWalk('n', 'p', 'file', files)
  bindWalk(']', '[', 'finding', () => all('#code .finding'))
  onKey('x', toggle)
  onKey('X', seenAndNext)
  onKey('c', note)
  onKey('a', () => decide('#decide [value=approve]'))
  onKey('d', () => decide('#decide :is([value=deny], [value=revoke])'))
}
document.addEventListener('click', pointAt)
