// @ts-check
// Hostile documentation of a crate: whatever its pages try, the desk is unchanged, and nothing is
// sent to another server.

import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { open, PATIENCE, signIn, start } from '../lib/browser.js'
import { call, gate, send, variable } from '../lib/gate.js'

const desk = gate('DOCS')
const outside = new URL(variable('DOCS_OUTSIDE'))

/**
 * The attempts whose outcome says nothing: they tell something about the page itself, or are
 * stopped without telling the script. The recorder sees what they sent.
 */
const HARMLESS = ['origin', 'form', 'cookie', 'setCookie', 'beacon']

/** The requests that another server got. @type {string[]} */
const received = []

const recorder = createServer((request, response) => {
  received.push(`${request.method} ${request.url}`)
  response.setHeader('access-control-allow-origin', '*')
  response.end()
})

/** @type {import('playwright-core').Browser} */
let browser

before(async () => {
  await new Promise(resolve => recorder.listen(Number(outside.port), '127.0.0.1', () => resolve(0)))
  browser = await start()
})

after(async () => {
  await browser.close()
  recorder.close()
})

/** Returns the address of the first page, with a fresh token. */
async function address() {
  return (await call(desk, 'GET', '/documentation/alpha/1.0.0/address')).address
}

/** Returns all that a page could have changed at the desk. */
async function state() {
  const events = await call(desk, 'GET', '/events?limit=1000')
  const tokens = await call(desk, 'GET', '/tokens')
  const queue = await call(desk, 'GET', '/queue')
  return JSON.stringify([events, tokens, queue])
}

/**
 * Waits until each attempt of a page has an outcome. The page forbids the code of texts, so that
 * the browser cannot wait for a condition in it.
 * @param {import('playwright-core').Page} page
 */
async function attempted(page) {
  const end = Date.now() + PATIENCE
  for (;;) {
    const open = await page.evaluate(() => {
      const all = /** @type {any} */ (window)
      return all.attempted ? all.attempted - Object.keys(all.results).length : 1
    })
    if (open === 0) return
    assert.ok(Date.now() < end, `${open} attempts have no outcome`)
    await page.waitForTimeout(100)
  }
}

/**
 * Opens a page in a window in which a person is signed in at the desk.
 * @param {string} path replaces the first page
 */
async function visit(path) {
  const { context, page, reports } = await open(browser)
  await signIn(page, desk)
  const first = await address()
  await page.goto(first.replace('alpha/index.html', path))
  return { context, page, reports }
}

test('pages have the policy, on each status', async () => {
  const first = await address()
  for (const at of [first, first.replace('index.html', 'missing.html')]) {
    const { headers } = await send(at)
    const policy = headers['content-security-policy']
    assert.match(policy, /^sandbox/)
    assert.doesNotMatch(policy, /allow-same-origin|allow-forms|allow-popups|allow-top-navigation/)
  }
})

test('scripts of the version run, and reach nothing', async t => {
  const unchanged = await state()
  const { context, page } = await visit('alpha/index.html')
  const before = page.url()
  await attempted(page)
  const seen = await page.evaluate(() => {
    const all = /** @type {any} */ (window)
    const { results, inline, attribute, stranger } = all
    const styled = /** @type {HTMLElement} */ (document.getElementById('styled'))
    return { results, inline, attribute, stranger, color: getComputedStyle(styled).color }
  })
  t.diagnostic(JSON.stringify(seen.results))
  assert.equal(seen.results.origin, 'done: null', 'the origin is opaque')
  for (const [name, outcome] of Object.entries(seen.results)) {
    if (!HARMLESS.includes(name)) assert.match(outcome, /^refused/, name)
  }
  assert.equal(seen.color, 'rgb(1, 2, 3)', 'the style of the version applies')
  assert.equal(seen.inline, undefined, 'inline scripts do not run')
  assert.equal(seen.attribute, undefined, 'scripts in attributes do not run')
  assert.equal(seen.stranger, undefined, 'scripts of another crate do not run')
  assert.equal(page.url(), before, 'the form was not sent')
  assert.equal(context.pages().length, 1, 'no window was opened')
  assert.equal(await state(), unchanged)
  assert.deepEqual(received, [])
  await context.close()
})

test('a page leads to the desk as a plain link does', async () => {
  const unchanged = await state()
  const { context, page } = await visit('alpha/refresh.html')
  await page.waitForTimeout(2_000)
  assert.equal(await state(), unchanged)
  assert.deepEqual(received, [])
  await page.goto(await address())
  await page.locator('#desk').click()
  await page.waitForTimeout(1_000)
  assert.equal(await state(), unchanged)
  await context.close()
})

test('a link does not work for another version, and not without its token', async () => {
  const first = await address()
  for (const at of [
    first.replace('/alpha/1.0.0/', '/beta/1.0.0/'),
    first.replace(/~[^/]+/, '~x'),
    first.replace(/~[^/]+\//, ''),
  ]) {
    const answer = await send(at, { headers: { authorization: `Bearer ${desk.token}` } })
    assert.equal(answer.status, 404, at)
  }
})
