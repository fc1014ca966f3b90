// @ts-check
// The reading of hunks: the buttons "Mark as seen", the counters and what the policy requires. The
// server is the source of every number; the page repeats its answers.

import { all, complain, number, one, post, say } from './desk.js'

/** @typedef {{read: number, total: number}} Figures */
/**
 * @typedef {{all: Figures, roles?: Record<string, Figures>, files?: Record<string, Figures>,
 *   missing: string}} Counts
 */

/** The requests so far; each begins after the one before, so that the last answer is the newest. */
let sent = Promise.resolve()

/**
 * Marks a hunk as seen or not. The page shows it at once, and takes it back if the server refuses.
 * @param {any} hunk
 * @param {boolean} seen
 */
export function mark(hunk, seen) {
  const button = one('.seen', hunk)
  if (!button || hunk.classList.contains('done') === seen) return
  const form = one('#reading')
  const fields = new FormData(form)
  fields.set(seen ? 'seen' : 'unseen', button.value)
  show(hunk, button, seen)
  complain(button, '')
  sent = sent.then(() => post(form.action, fields)).then(
    counts => report(counts, seen),
    problem => {
      show(hunk, button, !seen)
      complain(button, problem.message)
    },
  )
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
  const button = /** @type {Element} */ (event.target).closest('.seen')
  if (!button) return
  event.preventDefault()
  const hunk = button.closest('.hunk')
  mark(hunk, button.getAttribute('aria-pressed') !== 'true')
}

if (one('#reading')) {
  document.addEventListener('click', press)
  one('#decide')?.addEventListener('change', applyPolicy)
  applyPolicy()
}
