// @ts-check
// Texts of strangers that try to run: in every field that the desk API accepts from people, in a
// crate, and in a feed.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { isFault, open, signIn, start } from '../lib/browser.js'
import { call, compared, gate, send, token } from '../lib/gate.js'
import { isMissing, MISSING, pages, show } from '../lib/pages.js'

const desk = gate('HOSTILE')

/**
 * Returns a text that runs in each context in which it is not escaped.
 * @param {string} field the field, which names the place where it ran
 */
function hostile(field) {
  const act = `window.hit=\`${field}\``
  return (
    `HOSTILE-${field} "'><img src=x onerror=${act}><script>${act}</script></title></textarea>` +
    `<svg onload=${act}> javascript:${act} \${${act}} {{${act}}} <base href=//x.invalid/>` +
    ` " autofocus onfocus=${act} x="&quot;&lt;b>`
  )
}

/** The fields whose texts the pages show. */
const FIELDS = ['advisory', 'approve', 'close', 'comment', 'crate', 'deny', 'path', 'request']

/** A local list of advisories. */
const FEED = `[[advisory]]
id = "HOSTILE-2026-1"
reason = ${JSON.stringify(hostile('advisory'))}
crate = "victim"
versions = ["=1.1.0"]
kind = "vulnerability"
severity = "high"
url = "https://x.invalid/%22onclick=%22window.hit=1"
`

/** Puts the texts into the store. */
async function fill() {
  const type = 'application/octet-stream'
  const headers = { authorization: `Bearer ${desk.token}`, 'content-type': type }
  const path = '/desk/v1/feeds/local?format=local'
  const feed = await send(desk.url + path, { method: 'PUT', headers, body: FEED })
  assert.ok(feed.status < 300, feed.text)
  const spec = 'victim@1.1.0'
  await compared(desk, '/crates/victim/1.1.0')
  await call(desk, 'POST', '/requests', { spec, reason: hostile('request') })
  const steps = { comment: 'comment', close: 'close', reopen: 'reopen', assign: 'owner' }
  for (const [act, field] of Object.entries(steps)) {
    await step(act, act === 'assign' ? field : hostile(field))
  }
  for (const [kind, version] of Object.entries({ approve: '1.0.0', deny: '1.2.0' })) {
    const specs = [`victim@${version}`]
    await call(desk, 'POST', '/decisions', { kind, specs, reason: hostile(kind) })
  }
  await token(desk, 'javascript', 'reader')
}

/** @param {string} act @param {string} text */
function step(act, text) {
  return call(desk, 'POST', '/queue/victim/1.1.0', { act, text })
}

/** Addresses that carry texts themselves. */
const addresses = ['request', 'crates'].map(place => ({
  name: `${place} with a hostile name`,
  path: `/desk/${place}/${encodeURIComponent(hostile('path'))}/${encodeURIComponent('<b>')}`,
}))

/** @param {string} field */
const query = field => `${field}=${encodeURIComponent(hostile('query'))}`

const all = [
  ...pages('victim', '1.1.0'),
  ...pages('victim', '1.2.0').filter(page => page.path.includes('1.2.0')),
  ...addresses,
  { name: 'sign-in with a hostile place', path: `/desk/sign-in?${query('to')}&${query('ended')}` },
  { name: 'people with a hostile word', path: `/desk/people?${query('done')}` },
  { name: 'search for a hostile text', path: `/desk/search?${query('q')}` },
  { name: 'queue with hostile filters', path: `/desk/queue?${query('crate')}&${query('to')}` },
  { name: 'events with a hostile filter', path: `/desk/events?${query('only')}&${query('after')}` },
  { name: 'device with a hostile code', path: `/desk/device?${query('code')}` },
]

/** @type {import('playwright-core').Browser} */
let browser

before(async () => {
  await fill()
  browser = await start()
})

after(() => browser.close())

/** The number of windows. Most of the time of a page is the wait for the idle network. */
const WINDOWS = 3

/** The fields whose text was shown on a page. @type {Set<string>} */
const shown = new Set()

describe('hostile texts', { concurrency: WINDOWS }, () => {
  for (let window = 0; window < WINDOWS; window++) {
    const some = all.filter((_, number) => number % WINDOWS === window)
    describe(`in window ${window + 1}`, { concurrency: 1 }, () => visit(some))
  }
})

test('hostile texts are shown as text', t => {
  t.diagnostic(`shown: ${[...shown].sort().join(' ')}`)
  for (const field of FIELDS) assert.ok(shown.has(field), `${field} is not shown`)
})

/**
 * Visits pages one after the other in a window of their own.
 * @param {typeof all} some
 */
function visit(some) {
  /** @type {Awaited<ReturnType<typeof open>>} */
  let at

  before(async () => {
    at = await open(browser)
    await signIn(at.page, desk)
  })

  after(() => at.context.close())

  for (const each of some) {
    test(`run not on: ${each.name}, ${each.path.slice(0, 50)}`, async t => {
      at.reports.length = 0
      const status = await show(at.page, desk.url, each)
      const found = await at.page.evaluate(inspect)
      assert.equal(found.hit, undefined)
      assert.deepEqual(found.attributes, [])
      assert.deepEqual(found.elements, [])
      assert.deepEqual(at.reports.filter(isFault), [])
      for (const [, field] of found.text.matchAll(/HOSTILE-([a-z]+)/g)) shown.add(field)
      if (isMissing(/** @type {any} */ (each), status)) t.skip(MISSING)
    })
  }
}

/** Runs in the page: collects what a text can have made of it. */
function inspect() {
  const every = [...document.querySelectorAll('*')]
  const attributes = every
    .flatMap(element => [...element.attributes])
    .filter(({ name, value }) => /^on|^style$|^srcdoc$/.test(name) || isAddress(name, value))
    .map(({ name, value }) => `${name}=${value}`)
  /** @param {string} name @param {string} value */
  function isAddress(name, value) {
    const address = ['href', 'src', 'action', 'formaction', 'xlink:href', 'data'].includes(name)
    return address && !/^(\/desk\/|#|\?|https:\/\/)/.test(value)
  }
  const foreign = 'img, base, iframe, object, embed, style, script:not([src]), svg[onload]'
  const elements = every
    .filter(each => each.matches(foreign))
    .map(each => each.outerHTML)
  const text = document.body.innerText
  return { hit: /** @type {any} */ (window).hit, attributes, elements, text }
}
