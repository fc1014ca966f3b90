// @ts-check
// Documentation as rustdoc makes it: search and navigation work under the policy of the pages, and
// HTML in the comments of a crate reaches neither the desk nor another server.

import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { open, PATIENCE, signIn, start } from '../lib/browser.js'
import { call, gate, variable } from '../lib/gate.js'

const desk = gate('RUSTDOC')
const outside = new URL(variable('RUSTDOC_OUTSIDE'))

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

/** Returns the address of the first page, with a fresh token. @returns {Promise<string>} */
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
 * Opens a page in a window in which a person is signed in at the desk.
 * @param {string} more is added to the address of the first page
 */
async function visit(more = '') {
  const { context, page, reports } = await open(browser)
  await signIn(page, desk)
  await page.goto((await address()) + more)
  return { context, page, reports }
}

test('a reader goes from the crate to a function and its source', async t => {
  const { context, page, reports } = await visit()
  await page.getByText('Answers to questions.').waitFor()
  await page.locator('a[href$="fn.answer.html"]').first().click()
  await page.getByText('Returns the answer.').waitFor()
  assert.match(page.url(), /\/alpha\/1\.0\.0\/alpha\/fn\.answer\.html$/)
  await page.locator('a[href*="src/alpha/lib.rs.html"]').first().click()
  await page.waitForURL(/\/alpha\/1\.0\.0\/src\/alpha\/lib\.rs\.html/)
  assert.match(await page.locator('body').innerText(), /pub fn answer/)
  t.diagnostic(reports.join('\n'))
  await context.close()
})

test('the pages have their style', async () => {
  const { context, page } = await visit()
  const sidebar = page.locator('nav.sidebar').first()
  await sidebar.waitFor()
  assert.notEqual(await sidebar.evaluate(element => getComputedStyle(element).position), 'static')
  await context.close()
})

test('the search of rustdoc finds an item', async t => {
  const { context, page, reports } = await visit('?search=answer')
  t.after(() => t.diagnostic(reports.join('\n')))
  const found = page.locator('.search-results a[href*="fn.answer.html"]').first()
  await found.waitFor({ timeout: PATIENCE })
  await found.click()
  await page.getByText('Returns the answer.').waitFor()
  await context.close()
})

test('HTML of comments does not act', async t => {
  const unchanged = await state()
  const { context, page, reports } = await visit()
  const at = page.url()
  await page.locator('#order').waitFor({ state: 'attached' })
  await page.evaluate(() => /** @type {HTMLFormElement} */ (document.getElementById('order')).submit())
  await page.waitForTimeout(2_000)
  t.diagnostic(reports.join('\n'))
  assert.equal(await page.evaluate(() => /** @type {any} */ (window).hit), undefined)
  assert.equal(await page.evaluate(() => window.origin), 'null', 'the origin is opaque')
  assert.equal(page.url(), at, 'the form was not sent')
  assert.equal(context.pages().length, 1, 'no window was opened')
  for (const frame of page.frames().slice(1)) {
    assert.doesNotMatch(frame.url(), /\/desk\//, 'the desk is in no frame')
  }
  assert.ok(reports.some(report => report.startsWith('policy: ')), 'the attempts were made')
  assert.deepEqual(received, [])
  assert.equal(await state(), unchanged)
  await context.close()
})

test('a link to the desk changes nothing there', async () => {
  const { context, page } = await visit()
  const unchanged = await state()
  await page.locator('#desk').click()
  await page.waitForTimeout(1_000)
  assert.equal(await state(), unchanged)
  await context.close()
})
