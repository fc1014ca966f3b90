// @ts-check
// The desk without a page of its own: keys, theme, copying. Every page works without this file.
// Elements are moved, shown and given text; markup is never made from text.

const PREFIX_MILLIS = 1200

/**
 * Returns the first element that a selector finds.
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {any}
 */
export function one(selector, root = document) {
  return root.querySelector(selector)
}

/**
 * Returns all elements that a selector finds, in the order of the page.
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {any[]}
 */
export function all(selector, root = document) {
  return [...root.querySelectorAll(selector)]
}

/**
 * Calls a function for each event of the page.
 * @param {string} type
 * @param {(event: any) => void} act
 */
export function on(type, act) {
  document.addEventListener(type, act)
}

/**
 * Reports a result to screen readers.
 * @param {string} text
 */
export function say(text) {
  const live = one('#live')
  if (live) live.textContent = text
}

/**
 * Returns a number with commas.
 * @param {number} value
 */
export function number(value) {
  return value.toLocaleString('en')
}

/**
 * Shows a problem behind a control; an earlier one of the same place disappears.
 * @param {Element} control
 * @param {string} text empty to remove the problem
 */
export function complain(control, text) {
  const former = control.nextElementSibling
  if (former?.matches('.mistake')) former.remove()
  if (!text) return
  const place = document.createElement('p')
  place.className = 'mistake'
  place.setAttribute('role', 'alert')
  place.textContent = text
  control.after(place)
}

/** The time after which a request without a reply has failed, in milliseconds. */
export const PATIENCE_MILLIS = 60000

/** The time in which a form is not sent again, in milliseconds. */
const REPEAT_MILLIS = 5000

/**
 * Sends the fields of a form.
 * @param {string} address
 * @param {FormData} fields
 * @returns {Promise<any>} the JSON of the answer, or null if it has none
 */
export async function post(address, fields) {
  const response = await fetch(address, {
    method: 'POST',
    headers: { Accept: 'application/json' },
    body: new URLSearchParams(/** @type {any} */ (fields)),
    redirect: 'manual',
    keepalive: true,
    signal: AbortSignal.timeout(PATIENCE_MILLIS),
  }).catch(() => null)
  if (!response) throw new Error('Not confirmed: the server does not answer. Try again.')
  const answer = await response.json().catch(() => null)
  if (response.ok) return answer
  const reason = refusal(response.status, response.headers.get('Retry-After'))
  throw new Error(answer?.errors?.[0]?.detail ?? `Not recorded: ${reason}`)
}

/**
 * Returns the reason of a refusal without one; a redirection leads to the page for signing in.
 * @param {number} status 0 for a redirection
 * @param {string | null} pause the seconds after which the server answers again
 */
export function refusal(status, pause) {
  if (status === 0 || status === 401) return 'you are signed out. Sign in, then try again.'
  const again = pause ? ` Try again in ${pause} s.` : ''
  return `the server answered ${status}.${again}`
}

/**
 * Calls a function when the page is left: `beforeunload` comes before the request of the next page,
 * `pagehide` comes without it if a tab is closed.
 * @param {() => void} act
 */
export function onLeave(act) {
  addEventListener('beforeunload', act)
  addEventListener('pagehide', act)
}

/** The positions of an element relative to another, as `Node` defines them. */
const PRECEDING = 2
const FOLLOWING = 4
const CONTAINS = 8

/**
 * Returns the neighbor of the focused element in a list.
 * @param {any[]} list in the order of the page
 * @param {number} by 1 for the next, -1 for the previous
 * @returns {any} undefined if there is none
 */
export function neighbor(list, by) {
  const shown = list.filter(each => each.checkVisibility?.() ?? true)
  const at = document.activeElement
  if (!at || at === document.body) return by > 0 ? shown[0] : undefined
  const side = by > 0 ? FOLLOWING : PRECEDING
  const mask = side | CONTAINS
  const found = shown.filter(each => (at.compareDocumentPosition(each) & mask) === side)
  return by > 0 ? found[0] : found.at(-1)
}

/**
 * Moves the focus without moving the page.
 * @param {any} target
 */
export function focusOnly(target) {
  target?.focus({ preventScroll: true })
}

/**
 * Moves the focus, and the page to it.
 * @param {any} target
 * @param {ScrollLogicalPosition} [block]
 */
export function focusOn(target, block = 'start') {
  focusOnly(target)
  target.scrollIntoView({ block })
  say('')
}

/** The functions by key. @type {Map<string, () => void>} */
const keys = new Map()

/**
 * Binds a key. Nothing is recorded by one key.
 * @param {string} key as in `KeyboardEvent.key`
 * @param {() => void} act
 */
export function onKey(key, act) {
  keys.set(key, act)
}

/** The end of the time in which a second key is expected, in milliseconds of the event clock. */
let prefixUntil = 0

/** @param {KeyboardEvent} event */
function pressed(event) {
  if (event.defaultPrevented || modified(event) || isField(event.target)) return
  const act = actOf(event)
  if (!act) return
  event.preventDefault()
  act()
}

/** @param {KeyboardEvent} event */
function modified(event) {
  const held = event.ctrlKey || event.altKey || event.metaKey
  return event.isComposing || (held && !event.getModifierState('AltGraph'))
}

/** @param {EventTarget | null} target */
function isField(target) {
  const field = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]'
  return target instanceof Element && target.closest(field) !== null
}

/** @param {KeyboardEvent} event */
function actOf(event) {
  if (event.key === '?') return toggleKeys
  if (document.body.dataset.keys === 'off') return undefined
  if (event.repeat && !'jknp[]'.includes(event.key)) return undefined
  const second = event.timeStamp < prefixUntil
  prefixUntil = 0
  if (second) {
    const link = one(`[data-go="${CSS.escape(event.key)}"]`)
    return link ? () => link.click() : undefined
  }
  return keys.get(event.key)
}

function toggleKeys() {
  one('#keys')?.togglePopover?.()
}

/** @param {Event} event */
function switchKeys(event) {
  const box = /** @type {HTMLInputElement} */ (event.target)
  const form = /** @type {HTMLFormElement} */ (box.form)
  const fields = new FormData(form)
  document.body.dataset.keys = box.checked ? 'on' : 'off'
  post(form.action, fields).then(
    () => say(box.checked ? 'Keys are on.' : 'Keys are off.'),
    problem => complain(form, problem.message),
  )
}

/** @param {SubmitEvent} event */
function chooseTheme(event) {
  event.preventDefault()
  const form = /** @type {HTMLFormElement} */ (event.target)
  const choice = /** @type {HTMLButtonElement} */ (event.submitter)
  const root = document.documentElement
  root.dataset.theme = choice.value
  if (choice.value === 'auto') delete root.dataset.theme
  for (const each of all('button', form)) each.setAttribute('aria-pressed', String(each === choice))
  post(form.action, new FormData(form, choice)).catch(problem => complain(form, problem.message))
}

/** @param {HTMLElement} button */
async function copy(button) {
  const text = one(button.dataset.copy ?? '')?.textContent.trim() ?? ''
  const done = await navigator.clipboard?.writeText(text).then(() => true, () => false)
  say(done ? 'Copied.' : 'Not copied: the browser refused it. Select the text instead.')
  if (done) one('.word', button).textContent = 'Copied'
}

/**
 * Keeps a button that cannot act from sending, and reports the reason.
 * @param {SubmitEvent} event
 */
function refuse(event) {
  const button = event.submitter
  if (button?.getAttribute('aria-disabled') !== 'true') return
  event.preventDefault()
  event.stopImmediatePropagation()
  say(one(`#${button.getAttribute('aria-describedby')}`)?.textContent ?? '')
}

/** The fields of forms that record something with their button alone. */
const BUTTON_ALONE = '#decide input, #evidence, [name=pick], [data-group]'

/**
 * Keeps Enter in a field from sending a form that records decisions.
 * @param {KeyboardEvent} event
 */
function keepEnter(event) {
  const field = /** @type {Element} */ (event.target)
  if (event.key === 'Enter' && field.matches(BUTTON_ALONE)) event.preventDefault()
}

/** The forms that were sent a moment ago. @type {WeakSet<EventTarget>} */
const justSent = new WeakSet()

/**
 * Keeps a form from being sent twice, as by a double click: the second request would replace the
 * page with the result of the first. A form of a part waits for its own reply.
 * @param {SubmitEvent} event
 */
function sendOnce(event) {
  const form = /** @type {HTMLFormElement} */ (event.target)
  if (event.defaultPrevented || form.method !== 'post' || form.matches('[data-send]')) return
  if (justSent.has(form)) return event.preventDefault()
  justSent.add(form)
  setTimeout(() => justSent.delete(form), REPEAT_MILLIS)
}

/** @param {any} event a click or a key */
function closeMore(event) {
  const menu = one('.places details[open]')
  if (!menu) return
  const inside = menu.contains(event.target)
  const escaped = event.key === 'Escape'
  if (escaped && inside) one('summary', menu).focus()
  if (escaped || (event.type === 'click' && !inside)) menu.open = false
}

onKey('g', () => { prefixUntil = performance.now() + PREFIX_MILLIS })
onKey('/', () => one('#q')?.focus())
on('keydown', pressed)
on('keydown', closeMore)
on('keydown', keepEnter)
on('click', closeMore)
on('submit', refuse)
on('submit', sendOnce)
on('click', event => {
  const button = /** @type {Element} */ (event.target).closest('[data-copy]')
  if (button) copy(/** @type {HTMLElement} */ (button))
})
one('#keys-form [name=keys]')?.addEventListener('change', switchKeys)
one('#theme')?.addEventListener('submit', chooseTheme)
