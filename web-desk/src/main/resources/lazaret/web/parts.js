// @ts-check
// Parts of a review that come later: equal lines, folded files, forms of notes, further hunks.
// They come as documents whose nodes are adopted.

import { all, complain, focusOnly, on, one, PATIENCE_MILLIS, refusal, say } from './desk.js'
import { begin, emptiedBlock, fill, hasFocus, makeFit, restore, watchAll } from './rows.js'

const COMPARING_MILLIS = 1500

/** The tasks under way. @type {WeakMap<Element, Promise<boolean>>} */
const running = new WeakMap()

/**
 * Fetches a part.
 * @param {string} address
 * @param {URLSearchParams} [fields] sent by POST if present
 * @returns {Promise<{ok: boolean, main: Element}>}
 */
function fetchPart(address, fields) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(fields ? 'POST' : 'GET', address)
    request.responseType = 'document'
    request.timeout = PATIENCE_MILLIS
    request.setRequestHeader('Desk-Part', '1')
    request.addEventListener('loadend', () => {
      const main = request.response?.querySelector('main[data-part]')
      if (main) resolve({ ok: request.status < 400, main })
      else reject(new Error(noPart(request)))
    })
    request.send(fields ?? null)
  })
}

/**
 * Returns the reason why a response is no part: that of an error page, or that of its status,
 * which is 0 without a response.
 * @param {XMLHttpRequest} request
 */
function noPart(request) {
  const { status, response } = request
  if (!status) return 'The server does not answer. Try again.'
  if (status < 400) return 'The server sent another page. You may be signed out.'
  const reason = response && one('main .mistake', response)?.textContent.trim()
  return reason || `Not loaded: ${refusal(status, request.getResponseHeader('Retry-After'))}`
}

/**
 * Runs a task, or waits for the one of the same element that runs.
 * @param {any} element
 * @param {() => Promise<void>} task
 * @returns {Promise<boolean>} whether it succeeded
 */
function alone(element, task) {
  const before = running.get(element)
  if (before) return before
  const now = run(element, task).finally(() => running.delete(element))
  running.set(element, now)
  return now
}

/**
 * Runs a task, and shows its problem behind the element.
 * @param {any} element
 * @param {() => Promise<void>} task
 * @returns {Promise<boolean>} whether it succeeded
 */
async function run(element, task) {
  element.setAttribute('aria-busy', 'true')
  complain(element, '')
  try {
    await task()
    return true
  } catch (problem) {
    complain(element, /** @type {Error} */ (problem).message)
    return false
  } finally {
    element.removeAttribute('aria-busy')
  }
}

/**
 * Brings the part of a link to its place, or waits for the one on its way.
 * @param {any} link
 * @returns {Promise<boolean>} whether it came
 */
export function bring(link) {
  return alone(link, async () => {
    const { ok, main } = await fetchPart(link.dataset.part)
    if (!ok) throw new Error(main.textContent?.trim())
    places[link.dataset.place ?? 'further'](link, main)
    watchAll()
  })
}

/** The places of parts by the name in `data-place`. @type {Record<string, Function>} */
const places = {
  before(link, main) {
    const hunk = link.closest('.hunk')
    hunk.before(...all('tbody', main))
    if (hasFocus(link)) focusOnly(hunk)
    link.remove()
  },
  end(link, main) {
    const hunk = link.closest('.hunk')
    const rows = all('tbody > tr', main)
    hunk.append(...rows)
    if (hasFocus(hunk)) firstOf(rows, 'textarea')?.focus()
  },
  replace(link, main) {
    const body = link.closest('.fold-body')
    const held = hasFocus(body)
    body.replaceChildren(...main.childNodes)
    if (held) one('summary', body.parentElement).focus()
  },
  again(link, main) {
    const block = link.closest('tbody')
    const held = hasFocus(block)
    const rows = one('tbody', main)
    block.className = rows.className
    block.style.removeProperty('height')
    block.replaceChildren(...rows.children)
    // Equal lines that were brought stay in front of their hunk.
    const context = block.previousElementSibling?.matches('.context')
    if (context) one('[data-place=before]', block)?.remove()
    if (held) focusOnly(block)
  },
  further(link, main) {
    const place = link.closest('.further')
    const held = hasFocus(place)
    const first = one('.hunk', main)
    makeFit(main)
    for (const child of [...main.children]) {
      const table = child.dataset.into && one(`#${CSS.escape(child.dataset.into)} > .diff`)
      if (table) table.append(...child.children)
      else place.before(child)
    }
    place.remove()
    begin(first, link.search)
    if (!held) return
    restore(first)
    focusOnly(first)
  },
}

/**
 * Returns the first element that a selector finds in some rows.
 * @param {any[]} rows
 * @param {string} selector
 */
function firstOf(rows, selector) {
  return rows.map(row => one(selector, row)).find(found => found)
}

/**
 * Sends a form whose answer replaces its row.
 * @param {SubmitEvent} event
 */
function send(event) {
  const form = /** @type {HTMLFormElement} */ (event.target)
  if (!form.matches('[data-send]') || event.defaultPrevented) return
  event.preventDefault()
  const fields = new URLSearchParams(/** @type {any} */ (new FormData(form, event.submitter)))
  alone(form, async () => {
    const hunk = form.closest('.hunk')
    const { ok, main } = await fetchPart(form.action, fields)
    const rows = all('tbody > tr', main)
    if (!rows.length) throw new Error(main.textContent?.trim())
    const held = hasFocus(form)
    form.closest('tr')?.replaceWith(...rows)
    const next = ok ? hunk : firstOf(rows, '[aria-invalid="true"]')
    if (held) focusOnly(next)
    if (ok) say('Note added.')
  })
}

/** @param {MouseEvent} event */
function follow(event) {
  const target = /** @type {Element} */ (event.target)
  const link = /** @type {any} */ (target.closest('a[data-part], a[href^="#"]'))
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
  if (!link.dataset.part) return jump(event, link)
  event.preventDefault()
  const hunk = link.closest('.hunk') ?? document
  const open = link.dataset.place === 'end' && one('form textarea', hunk)
  if (open) open.focus()
  else bring(link)
}

/**
 * Follows a link to a row of an emptied block once the row is back.
 * @param {MouseEvent} event
 * @param {any} link
 */
async function jump(event, link) {
  const block = emptiedBlock(link.hash.slice(1))
  if (!block) return
  event.preventDefault()
  if (await fill(block)) link.click()
}

/** Loads the page again while no file is compared, unless the person uses a control. */
function awaitFirst() {
  if (one('body :focus:not(#main)')) setTimeout(awaitFirst, COMPARING_MILLIS)
  else location.reload()
}

if (one('#waiting') && !one('#code .hunk')) setTimeout(awaitFirst, COMPARING_MILLIS)
if (one('#code')) {
  on('click', follow)
  on('submit', send)
  begin(one('#code .hunk'), location.search)
  watchAll()
}
