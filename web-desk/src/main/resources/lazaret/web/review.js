// @ts-check
// The walk through a review by keys. Each key moves the focus; the focused hunk is what x, X and c
// act on.

import { all, focusOn, neighbor, on, one, onKey, say } from './desk.js'
import { bring } from './parts.js'
import { mark } from './reading.js'
import { FURTHER, restore } from './rows.js'

const HUNKS = '#code .hunk'

/**
 * Moves the focus to a neighbor. If that is a block whose rows left the page, they are brought
 * first; if there is none, the next hunks are fetched. The next finding can be in the block that
 * has the focus. The focus stays if the person moved it meanwhile.
 * @param {() => any[]} list
 * @param {number} by
 * @param {string} noun
 * @param {boolean} [again]
 * @returns {Promise<void>}
 */
async function walk(list, by, noun, again = false) {
  // None of the findings of an empty block with the focus was met yet.
  const own = by > 0 && noun === 'finding' && one('.away.findings:focus-within')
  const found = own || neighbor(list(), by)
  const next = found?.matches('.file') ? one('.hunk', found) : found
  if (next && restore(next)) return walk(list, by, noun, again)
  const further = !next && by > 0 && one(FURTHER)
  const link = next?.matches('.away') ? one('a', next) : further
  const from = document.activeElement
  if (link && !again && (await bring(link))) {
    return from === document.activeElement ? walk(list, by, noun, true) : undefined
  }
  if (next) return focusOn(next)
  if (further) say(`No ${noun} in the lines so far. Press the key again for more.`)
  else say(`No ${by > 0 ? 'further' : 'earlier'} ${noun}.`)
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

/**
 * Returns the hunk that has the focus, itself or on an element inside. A hunk out of view is only
 * shown: no key acts on what the person does not see.
 */
function focused() {
  const hunk = document.activeElement?.closest(HUNKS)
  if (!hunk || isInView(hunk)) return hunk
  hunk.scrollIntoView({ block: 'start' })
  say('The hunk was out of view. Press the key again.')
  return null
}

/** @param {Element} element */
function isInView(element) {
  const { top, bottom } = element.getBoundingClientRect()
  return bottom > 0 && top < innerHeight
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
  bindWalk(']', '[', 'finding', () => all('#code :is(.finding, .findings)'))
  onKey('x', toggle)
  onKey('X', seenAndNext)
  onKey('c', note)
  onKey('a', () => decide('#decide [value=approve]'))
  onKey('d', () => decide('#decide :is([value=deny], [value=revoke])'))
}
on('click', pointAt)
