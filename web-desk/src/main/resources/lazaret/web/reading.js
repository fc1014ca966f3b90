// @ts-check
// The reading of hunks: the buttons "Mark as seen", the counters and what the policy requires. The
// server is the source of every number; the page repeats its answers.

import { all, complain, number, on, one, onLeave, post, say } from './desk.js'

/** @typedef {{read: number, total: number}} Figures */
/**
 * @typedef {{all: Figures, roles?: Record<string, Figures>, files?: Record<string, Figures>,
 *   missing: string}} Counts
 */

/** The requests so far; each begins after the one before, so that the last answer is the newest. */
let sent = Promise.resolve()

/** The newest mark of each hunk that waits for its reply. @type {Map<any, FormData>} */
const pending = new Map()

/** What the server has recorded of the hunks with a pending mark. @type {WeakMap<any, boolean>} */
const recorded = new WeakMap()

/** The marks that were sent. @type {WeakSet<FormData>} */
const delivered = new WeakSet()

/**
 * Marks a hunk as seen or not. The page shows it at once, and takes it back if the server refuses.
 * The button is busy until the reply.
 * @param {any} hunk
 * @param {boolean} seen
 */
export function mark(hunk, seen) {
  const button = one('.seen', hunk)
  if (!button || hunk.classList.contains('done') === seen) return
  const fields = new FormData(one('#reading'))
  fields.set(seen ? 'seen' : 'unseen', button.value)
  if (!pending.has(hunk)) recorded.set(hunk, !seen)
  pending.set(hunk, fields)
  show(hunk, button, seen)
  button.setAttribute('aria-busy', 'true')
  complain(button, '')
  const reply = sent.then(() => deliver(fields)).then(
    counts => {
      recorded.set(hunk, seen)
      report(counts, seen)
    },
    problem => problem.message,
  )
  sent = reply.then(problem => {
    settle(hunk, button, fields)
    complain(button, problem ?? '')
  })
}

/** @param {FormData} fields */
function deliver(fields) {
  delivered.add(fields)
  return post(one('#reading').action, fields)
}

/** Sends the marks that wait for an earlier reply, since the page is being left. */
function deliverAll() {
  for (const fields of pending.values()) {
    if (!delivered.has(fields)) deliver(fields).catch(() => null)
  }
}

/**
 * Ends a mark: the hunk shows what is recorded, unless a newer mark of it waits.
 * @param {Element} hunk
 * @param {HTMLButtonElement} button
 * @param {FormData} fields
 */
function settle(hunk, button, fields) {
  if (pending.get(hunk) !== fields) return
  pending.delete(hunk)
  button.removeAttribute('aria-busy')
  show(hunk, button, recorded.get(hunk) === true)
}

/**
 * @param {Element} hunk
 * @param {HTMLButtonElement} button
 * @param {boolean} seen
 */
function show(hunk, button, seen) {
  hunk.classList.toggle('done', seen)
  button.name = seen ? 'unseen' : 'seen'
  button.setAttribute('aria-pressed', String(seen))
  one('.word', button).textContent = seen ? 'Seen' : 'Mark as seen'
}

/**
 * Shows the counts of an answer.
 * @param {Counts} counts
 * @param {boolean} seen
 */
function report(counts, seen) {
  for (const place of all('[data-count]')) {
    const figures = figuresOf(place.dataset, counts)
    if (figures) place.textContent = number(valueOf(figures, place.dataset.count))
  }
  for (const bar of all('[data-fill]')) {
    const figures = counts.roles?.[bar.dataset.fill]
    if (figures) bar.setAttribute('width', String(figures.read))
  }
  const { read, total } = counts.all
  const meter = one('[role=meter]')
  meter?.setAttribute('aria-valuenow', String(read))
  meter?.setAttribute('aria-valuetext', `${number(read)} of ${number(total)} lines read`)
  one('#missing .word')?.replaceChildren(counts.missing)
  applyPolicy()
  say(`${seen ? 'Seen' : 'Not seen'}. ${number(total - read)} of ${number(total)} lines left.`)
}

/**
 * @param {DOMStringMap} names
 * @param {Counts} counts
 */
function figuresOf({ role, file }, counts) {
  if (role) return counts.roles?.[role]
  return file ? counts.files?.[file] : counts.all
}

/**
 * @param {Figures} figures
 * @param {string | undefined} name
 */
function valueOf({ read, total }, name) {
  if (name === 'left') return total - read
  return name === 'total' ? total : read
}

/** Shows what the policy requires of the chosen decision. A denial is never blocked. */
function applyPolicy() {
  const missing = one('#missing')
  if (!missing) return
  const applies = one('#decide [name=kind]:checked')?.dataset.unless === 'met'
  const blocked = applies && one('.word', missing).textContent !== ''
  missing.hidden = !blocked
  one('#record').setAttribute('aria-disabled', String(blocked))
}

/** @param {MouseEvent} event */
function press(event) {
  const button = /** @type {any} */ (event.target).closest('.seen')
  if (!button) return
  event.preventDefault()
  mark(button.closest('.hunk'), button.name === 'seen')
}

if (one('#reading')) {
  on('click', press)
  on('change', applyPolicy)
  onLeave(deliverAll)
  addEventListener('pageshow', applyPolicy)
  applyPolicy()
}
