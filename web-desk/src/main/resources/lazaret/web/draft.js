// @ts-check
// Drafts of forms with data-draft: sent each two seconds after a change and when the page is left,
// until the form is submitted. A draft is never a decision.

import { on, one, onLeave, post } from './desk.js'

const DRAFT_MILLIS = 2000
const PAUSE_MILLIS = 30000

/** The forms with changes that were not sent. @type {Set<HTMLFormElement>} */
const changed = new Set()

/** The forms whose draft is on its way. @type {Set<HTMLFormElement>} */
const onTheWay = new Set()

/** @param {Event} event */
function noteChange(event) {
  const form = /** @type {Element} */ (event.target).closest('form[data-draft]')
  if (form) changed.add(/** @type {HTMLFormElement} */ (form))
}

/** Sends the changed forms in the page, one request of a form after the other. */
function sendDrafts() {
  for (const form of changed) {
    if (!form.isConnected) changed.delete(form)
    else if (!onTheWay.has(form)) keep(form)
  }
}

/** Sends the changed forms without waiting for earlier requests. */
function sendLast() {
  onTheWay.clear()
  sendDrafts()
}

/** @param {HTMLFormElement} form */
async function keep(form) {
  changed.delete(form)
  onTheWay.add(form)
  try {
    await post(form.dataset.draft ?? '', new FormData(form))
    showState(form, 'Draft kept')
  } catch (problem) {
    setTimeout(() => changed.add(form), PAUSE_MILLIS)
    showState(form, `Draft not kept. ${/** @type {Error} */ (problem).message}`)
  } finally {
    onTheWay.delete(form)
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {string} text
 */
function showState(form, text) {
  const place = one('[data-draft-state]', form)
  if (place && place.textContent !== text) place.textContent = text
}

on('input', noteChange)
on('change', noteChange)
on('submit', event => {
  changed.delete(/** @type {HTMLFormElement} */ (event.target))
})
on('visibilitychange', () => {
  if (document.visibilityState === 'hidden') sendLast()
})
onLeave(sendLast)
setInterval(sendDrafts, DRAFT_MILLIS)
