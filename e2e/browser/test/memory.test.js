// @ts-check
// A walk through a difference of 200,000 lines: what the tab takes, and the time of the next hunk.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { open, signIn, start } from '../lib/browser.js'
import { compared, gate, token } from '../lib/gate.js'
import { PlainTab } from '../lib/plain.js'
import { openReview } from '../lib/review.js'
import { TabMeter } from '../lib/tab.js'

const desk = gate('LONG')
const VERSION = '/crates/long-table/1.1.0'
const BASE = '1.0.0'
const REVIEW = `${desk.url}/desk${VERSION}/review?base=${BASE}`

/** The number of changed files, and of changed lines in all of them. */
const FILES = 200
const LINES = 200_000

/** The maximum of the private memory of the tab, in bytes. */
const MAX_MEMORY = 400e6

/** The maximum of the used heap of scripts at the end, in bytes. */
const MAX_HEAP = 100e6

/** The rows that the page keeps (`ROWS` of rows.js), and those of the parts in view. */
const MAX_ROWS = 1_200 + 4 * 600

/** The nodes of the rows that are kept, and those that wait for the collector. */
const MAX_NODES = 200_000

/** The time of the walk after which it ends before the last file, in milliseconds. */
const LONGEST = 8 * 60_000

/** The key presses between two measurements. */
const PAUSE = 20

describe('a difference of 200,000 lines', () => {
  /** @type {import('playwright-core').Browser} */
  let browser
  /** @type {PlainTab} */
  let tab

  before(async () => {
    await compared(desk, VERSION, BASE)
    browser = await start()
    const { context, page } = await open(browser)
    await signIn(page, desk, await token(desk, 'reader', 'reviewer'))
    await openReview(page, REVIEW)
    tab = await PlainTab.open(browser, await context.cookies())
    await context.close()
    await tab.send('Page.navigate', { url: REVIEW })
    await tab.until(() => document.querySelector('#code .hunk') !== null)
  })

  after(() => browser.close())

  /**
   * Presses a key, and waits for the parts that it brings.
   * @param {string} key
   */
  async function press(key) {
    await tab.press(key)
    await tab.until(() => !document.querySelector('#code [aria-busy=true]'))
  }

  test('takes less than 400 MB while a person walks to its end', async t => {
    const meter = await TabMeter.of(browser, tab)
    const left = await tab.evaluate(linesLeft)
    assert.ok(left >= LINES, `${left} lines are to be read`)
    await tab.evaluate(watch)
    /** @type {import('../lib/tab.js').TabUse[]} */
    const uses = [await meter.read()]
    let most = 0
    const end = Date.now() + LONGEST
    for (let count = 1; Date.now() < end; count++) {
      await press([1, 2, 3].includes(count % PAUSE) ? 'j' : 'n')
      if (count % PAUSE) continue
      uses.push(await meter.read())
      most = Math.max(most, (await tab.evaluate(inspect)).rows)
      if (await tab.evaluate(isAtEnd)) break
    }
    await meter.collect()
    const last = await meter.read()
    const { files, rows } = await tab.evaluate(inspect)
    const memory = Math.max(...uses.map(each => each.memory), last.memory)
    t.diagnostic(`shown: ${files} files, at most ${most} rows at once`)
    t.diagnostic(`private memory: at most ${megabytes(memory)}`)
    t.diagnostic(`at the end: ${JSON.stringify({ ...last, rows })}`)
    const { near, far } = await tab.evaluate(times)
    t.diagnostic(`next hunk in the page: ${distribution(near)}`)
    t.diagnostic(`next hunk of a part that had to come: ${distribution(far)}`)
    assert.ok(files > FILES / 2, `the walk ended after ${files} files`)
    assert.ok(memory > 0 && memory < MAX_MEMORY, `the tab took ${megabytes(memory)}`)
    assert.ok(last.heap < MAX_HEAP, `the scripts hold ${megabytes(last.heap)}`)
    assert.ok(Math.max(most, rows) <= MAX_ROWS, `the page had ${most} rows, at the end ${rows}`)
    assert.ok(last.nodes <= MAX_NODES, `the tab holds ${last.nodes} nodes`)
  })

  test('shows the lines again on the way back', async () => {
    for (const key of 'pppkk') await press(key)
    await tab.until(isFocusShown)
    for (const part of [2, 4, 1]) {
      await tab.evaluate(`scrollTo(0, document.body.scrollHeight / ${part} - innerHeight)`)
      await tab.until(isWindowFull)
    }
    await tab.evaluate(`document.activeElement.blur(); scrollTo(0, 0)`)
    await press('j')
    await tab.until(isFocusShown)
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

/** Runs in the page: returns the lines that are to be read. */
function linesLeft() {
  const text = document.querySelector('.strip [data-count=left]')?.textContent ?? ''
  return Number(text.replaceAll(',', ''))
}

/** Runs in the page: returns whether the last key found no further file. */
function isAtEnd() {
  return document.querySelector('#live')?.textContent?.startsWith('No further file') ?? false
}

/** Runs in the page: returns whether a hunk with its lines has the focus, in the window. */
function isFocusShown() {
  const hunk = document.activeElement
  const top = hunk?.getBoundingClientRect().top ?? -1
  return hunk?.matches('#code .hunk:not(.away)') === true && top >= 0 && top < innerHeight
}

/** Runs in the page: returns whether lines are at every height of the window. */
function isWindowFull() {
  const block = y => document.elementFromPoint(innerWidth / 3, y)?.closest('#code .file, #unread')
  const isEmpty = y => document.elementFromPoint(innerWidth / 3, y)?.closest('.away')
  const heights = [0.2, 0.35, 0.5, 0.65].map(share => share * innerHeight)
  return heights.some(y => block(y)) && !heights.some(y => isEmpty(y))
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
