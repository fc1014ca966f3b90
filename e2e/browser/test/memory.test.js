// @ts-check
// A walk through a difference of 200,000 lines: what the tab takes, and the time of the next hunk.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { PATIENCE, signIn, start } from '../lib/browser.js'
import { call, gate, token } from '../lib/gate.js'
import { Person } from '../lib/person.js'
import { openReview } from '../lib/review.js'
import { TabMeter } from '../lib/tab.js'

const desk = gate('LONG')
const VERSION = '/crates/long-table/1.1.0'
const AGAINST = 'base=1.0.0'

/** The number of changed files, and of changed lines in all of them. */
const FILES = 200
const LINES = 200_000

/** The maximum of the private memory of the tab, in bytes. */
const MAX_MEMORY = 400e6

/** The maximum of the used heap of scripts at the end, in bytes. */
const MAX_HEAP = 100e6

/** The rows that the page keeps (`ROWS` of parts.js), and those of the parts in view. */
const MAX_ROWS = 4_000 + 3 * 600

/** The nodes of all rows and of the 20,000 hunks whose rows left the page, with a reserve. */
const MAX_NODES = 400_000

/** The time of the walk after which it ends before the last file, in milliseconds. */
const LONGEST = 8 * 60_000

/** The key presses between two measurements. */
const PAUSE = 20

describe('a difference of 200,000 lines', () => {
  /** @type {import('playwright-core').Browser} */
  let browser
  /** @type {Person} */
  let reader

  before(async () => {
    await compared()
    browser = await start()
    reader = await Person.arrive(browser, 'reader')
    await signIn(reader.page, desk, await token(desk, 'reader', 'reviewer'))
    await openReview(reader.page, `${desk.url}/desk${VERSION}/review?${AGAINST}`)
    // A page that loads itself again leaves requests of the former one.
    reader.reports.length = 0
  })

  after(() => browser.close())

  /** Waits until the gate has fetched and inspected both versions. */
  async function compared() {
    const end = Date.now() + PATIENCE
    for (;;) {
      try {
        return await call(desk, 'GET', `${VERSION}/diff?${AGAINST}&limit=1`)
      } catch (problem) {
        if (Date.now() > end) throw problem
        await delay(500)
      }
    }
  }

  /** Waits until no part is on its way. */
  async function settle() {
    const busy = reader.page.locator('#code [aria-busy=true]')
    const end = Date.now() + PATIENCE
    while (await busy.count()) {
      assert.ok(Date.now() < end, 'a part did not come')
      await delay(5)
    }
  }

  /**
   * Presses a key, and waits for the parts that it brings.
   * @param {string} key
   */
  async function press(key) {
    await reader.page.keyboard.press(key)
    await settle()
  }

  test('takes less than 400 MB while a person walks to its end', async t => {
    const { page } = reader
    const meter = await TabMeter.of(browser, page)
    const left = await page.locator('.strip [data-count=left]').innerText()
    assert.ok(Number(left.replaceAll(',', '')) >= LINES, `${left} lines are to be read`)
    await page.evaluate(watch)
    /** @type {import('../lib/tab.js').TabUse[]} */
    const uses = [await meter.read()]
    let most = 0
    const end = Date.now() + LONGEST
    for (let count = 1; Date.now() < end; count++) {
      await press([1, 2, 3].includes(count % PAUSE) ? 'j' : 'n')
      if (count % PAUSE) continue
      uses.push(await meter.read())
      most = Math.max(most, (await page.evaluate(inspect)).rows)
      if (/^No further file/.test(await page.locator('#live').innerText())) break
    }
    await meter.collect()
    const last = await meter.read()
    const { files, hunks, rows } = await page.evaluate(inspect)
    const memory = Math.max(...uses.map(each => each.memory), last.memory)
    t.diagnostic(`shown: ${files} files with ${hunks} hunks, at most ${most} rows at once`)
    t.diagnostic(`private memory: at most ${megabytes(memory)}`)
    t.diagnostic(`at the end: ${JSON.stringify({ ...last, rows })}`)
    const { near, far } = await page.evaluate(times)
    t.diagnostic(`next hunk in the page: ${distribution(near)}`)
    t.diagnostic(`next hunk of a part that had to come: ${distribution(far)}`)
    assert.ok(files > FILES / 2, `the walk ended after ${files} files`)
    assert.ok(memory > 0 && memory < MAX_MEMORY, `the tab took ${megabytes(memory)}`)
    assert.ok(last.heap < MAX_HEAP, `the scripts hold ${megabytes(last.heap)}`)
    assert.ok(Math.max(most, rows) <= MAX_ROWS, `the page had ${most} rows, at the end ${rows}`)
    assert.ok(last.nodes <= MAX_NODES, `the tab holds ${last.nodes} nodes`)
    assert.deepEqual(reader.reports, [])
  })
})

/** Runs in the page: measures the time from a key to the frame that shows the focused hunk. */
function watch() {
  /** @type {any} */
  const state = window
  state.walk = { near: [], far: [] }
  let pressed = 0
  let parts = 0
  performance.setResourceTimingBufferSize(100_000)
  const count = () => performance.getEntriesByType('resource').length
  addEventListener('keydown', event => { [pressed, parts] = [event.timeStamp, count()] }, true)
  addEventListener('focusin', () => {
    if (!pressed) return
    const [begin, before] = [pressed, parts]
    pressed = 0
    const kind = count() > before ? 'far' : 'near'
    requestAnimationFrame(() => setTimeout(() => state.walk[kind].push(performance.now() - begin)))
  })
}

/** Runs in the page: returns the measured times in milliseconds. */
function times() {
  return /** @type {any} */ (window).walk
}

/** Runs in the page: counts what it has of the difference. */
function inspect() {
  const files = [...document.querySelectorAll('#code .file')]
  return {
    files: files.filter(each => each.querySelector('.hunk')).length,
    hunks: document.querySelectorAll('#code .hunk').length,
    rows: document.querySelectorAll('#code .diff > tbody:not(.away) > tr').length,
  }
}

/** @param {number} bytes */
function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

/**
 * Returns times in words.
 * @param {number[]} times in milliseconds
 */
function distribution(times) {
  if (!times.length) return 'never'
  const sorted = times.toSorted((a, b) => a - b)
  const at = share => sorted[Math.floor(share * (sorted.length - 1))].toFixed(0)
  return `${sorted.length} times, ${at(0.5)} ms (median), ${at(0.95)} ms (95 %), ${at(1)} ms (most)`
}
