// @ts-check
// What the modules do if a reply is late, refused or missing, and if a person does not wait for it.

import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { open, PATIENCE, signIn, start, views } from '../lib/browser.js'
import { gate, token, variable } from '../lib/gate.js'
import { openReview } from '../lib/review.js'

const desk = gate('DESK')
const SPEC = `${variable('DESK_CRATE')}/${variable('DESK_VERSION')}`
const REVIEW = `${desk.url}/desk/crates/${SPEC}/review`
const REQUEST = `${desk.url}/desk/request/${SPEC}`

/** The addresses of marks, of parts, and of requests for versions. */
const MARKS = /\/reading$/
const PARTS = /\/review\/part\?/
const FORMS = /\/desk\/request\//

/** The number of hunks of a part that is longer than the page may be. */
const LONG = 20

/** The id of a hunk of that part which is never near the window. */
const AWAY = 'long-h10'

/** The time after which a request would have been sent, in milliseconds. */
const SOON = 300

describe('the modules', () => {
  /** @type {import('playwright-core').Browser} */
  let browser
  /** @type {import('playwright-core').BrowserContext} */
  let context
  /** @type {import('playwright-core').Page} */
  let page
  /** @type {string[]} */
  let reports
  let secret = ''

  before(async () => {
    browser = await start()
    secret = await token(desk, 'script-reviewer', 'reviewer')
  })

  after(() => browser.close())

  beforeEach(async () => {
    ;({ context, page, reports } = await open(browser))
    await signIn(page, desk, secret)
    await openReview(page, REVIEW)
    await hunk().waitFor()
  })

  afterEach(async () => {
    assert.deepEqual(reports.filter(report => /^(script|policy):/.test(report)), [])
    await context.close()
  })

  const hunk = () => page.locator('#code .hunk[data-must]').first()

  const mistake = () => page.locator('#code .mistake').first()

  /** @param {...string} keys */
  async function press(...keys) {
    for (const key of keys) await page.keyboard.press(key)
  }

  /**
   * Holds requests until they are released.
   * @param {RegExp} addresses
   * @param {'abort' | 'continue'} end
   */
  async function hold(addresses, end) {
    let sent = 0
    let release = () => {}
    const held = new Promise(resolve => {
      release = () => resolve(undefined)
    })
    await page.route(addresses, async route => {
      sent++
      await held
      await route[end]()
    })
    return { sent: () => sent, release }
  }

  /**
   * Waits for a number of requests, and checks that no more are sent.
   * @param {() => number} sent
   * @param {number} number
   */
  async function expectSent(sent, number) {
    const end = Date.now() + PATIENCE
    while (sent() < number && Date.now() < end) await delay(20)
    await delay(SOON)
    assert.equal(sent(), number)
  }

  /** Returns whether the first hunk is shown as seen. */
  const seen = () => hunk().locator('.seen').getAttribute('aria-pressed')

  test('a mark without a reply is taken back, and the reason is shown', async () => {
    await page.route(MARKS, route => route.abort())
    await press('j', 'x')
    await mistake().waitFor()
    assert.match(await mistake().innerText(), /Not confirmed: the server does not answer/)
    assert.equal(await seen(), 'false')
  })

  test('two refused marks leave a hunk as it was', async () => {
    const marks = await hold(MARKS, 'abort')
    await press('j', 'x', 'x')
    assert.equal(await hunk().locator('.seen').getAttribute('aria-busy'), 'true')
    marks.release()
    await hunk().locator('.seen:not([aria-busy])').waitFor()
    assert.equal(await seen(), 'false')
    assert.equal(await page.locator('#code .hunk.done').count(), 0)
  })

  test('x does not mark a hunk that is out of view', async () => {
    await page.setViewportSize(views[2].viewport)
    await press('j')
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
    const { y = 0, height = 0 } = (await hunk().boundingBox()) ?? {}
    assert.ok(y + height <= 0, 'the hunk is in view')
    await press('x')
    assert.match(await page.locator('#live').innerText(), /out of view/)
    assert.equal(await seen(), 'false')
    const box = await hunk().boundingBox()
    assert.ok(box && box.y + box.height > 0, 'the hunk is not shown')
  })

  /**
   * Returns a hunk of 300 rows, of which the first is a finding.
   * @param {string | null} id
   */
  function longHunk(id) {
    const finding = `<tr class="finding" id="${id}-f" tabindex="-1"><td colspan="4">X</td></tr>`
    const rows = Array.from({ length: 299 }, (_, line) => `<tr id="${id}-${line}"><td>a</td></tr>`)
    return `<tbody class="hunk" tabindex="-1" id="${id}">${finding}${rows.join('')}</tbody>`
  }

  /**
   * Brings hunks with more rows than the page may have, until the others are emptied. The rows of
   * the first one come late, so that keys are pressed before.
   */
  async function bringLongPart() {
    const file = await page.locator('#code .file').first().getAttribute('id')
    const ids = Array.from({ length: LONG }, (_, at) => `long-h${at + 1}`)
    await page.route(PARTS, async route => {
      const one = new URL(route.request().url()).searchParams.get('hunk')
      const hunks = one ? longHunk(one) : ids.map(longHunk).join('')
      if (one === 'long-h1') await delay(SOON)
      const part = `<main data-part><table data-into="${file}">${hunks}</table></main>`
      return route.fulfill({ contentType: 'text/html', body: `<!doctype html>${part}` })
    })
    await page.evaluate(() => {
      const place = document.createElement('p')
      const link = document.createElement('a')
      place.className = 'further'
      link.id = 'long'
      link.href = '?from=9.0'
      link.dataset.part = 'review/part?from=9.0'
      link.textContent = 'Next lines'
      place.append(link)
      document.querySelector('#unread')?.before(place)
    })
    await page.locator('#long').click()
    await page.locator('#long-h1').waitFor({ state: 'attached' })
    await page.evaluate(() => scrollTo(0, 0))
    await page.locator(`#${AWAY}:not(.away)`).waitFor({ state: 'detached' })
  }

  test('a link to a line that left the page brings it back', async () => {
    await bringLongPart()
    const id = `${AWAY}-7`
    assert.equal(await page.locator(`#${id}`).count(), 0)
    await page.evaluate(to => {
      const link = document.createElement('a')
      link.href = `#${to}`
      link.textContent = 'The hunk'
      document.querySelector('.review-head')?.append(link)
    }, id)
    await page.getByRole('link', { name: 'The hunk' }).click()
    await page.waitForFunction(to => {
      const box = document.getElementById(to)?.getBoundingClientRect()
      return box && box.bottom > 0 && box.top < innerHeight
    }, id)
  })

  test('the walk through the findings skips none that left the page', async () => {
    await bringLongPart()
    const at = () => page.evaluate(() => document.activeElement?.id ?? '')
    const met = [await at()]
    while (met.at(-1) !== `long-h${LONG}-f`) {
      await press(']')
      await page.waitForFunction(last => document.activeElement?.id !== last, met.at(-1))
      met.push(await at())
      assert.ok(met.length < 3 * LONG, `expected ${LONG} findings, found ${met}`)
    }
    const expected = Array.from({ length: LONG }, (_, at) => `long-h${at + 1}-f`)
    assert.deepEqual(met.filter(id => /^long-.*-f$/.test(id)), expected)
  })

  test('the address is that of the part in view', async () => {
    await bringLongPart()
    await page.evaluate(() => {
      // The second hunk is in the page, or the block that replaces it is.
      const hunk = document.querySelector('#long-h2') ?? document.querySelector('#code .merged')
      hunk?.scrollIntoView()
    })
    await page.waitForURL(/\?from=9\.0#long-h1$/)
  })

  test('the review names the time zone of its times', async () => {
    assert.equal(await page.getByText('All times UTC').isVisible(), true)
  })

  test('a refused part names the status and the time of the next attempt', async () => {
    await page.route(PARTS, route =>
      route.fulfill({
        status: 429,
        headers: { 'retry-after': '7' },
        contentType: 'text/plain',
        body: 'too many',
      }),
    )
    await press('j', 'c')
    await mistake().waitFor()
    const reason = 'Not loaded: the server answered 429. Try again in 7 s.'
    assert.equal(await mistake().innerText(), reason)
  })

  test('a refused note has the reason, and its text stays', async () => {
    await press('j', 'c')
    const text = page.locator('#code textarea')
    await text.fill('kept')
    await page.getByLabel('Note on line').fill('1a')
    await page.getByRole('button', { name: 'Add note' }).click()
    await mistake().waitFor()
    assert.match(await mistake().innerText(), /expected digits/)
    assert.equal(await text.inputValue(), 'kept')
  })

  test('a note that was not added is there again', async () => {
    await press('j', 'c')
    const text = page.locator('#code textarea')
    await text.fill('half a note')
    await page.locator('#code [data-draft-state]', { hasText: 'Draft kept' }).waitFor()
    await page.goto(REVIEW)
    await hunk().waitFor()
    await press('j', 'c')
    assert.equal(await text.inputValue(), 'half a note')
  })

  test('a late form of a note leaves the focus where the person is', async () => {
    const form = await hold(PARTS, 'continue')
    await press('j', 'c', '/')
    form.release()
    await page.locator('#code textarea').waitFor()
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'q')
  })

  test('Enter in the reason of a decision records nothing', async () => {
    await press('a', 'Tab')
    await page.keyboard.type('read')
    await press('Enter')
    await page.waitForTimeout(SOON)
    assert.equal(page.url(), REVIEW)
    assert.equal(await page.locator('#reason').inputValue(), 'read')
  })

  test('a form that is sent twice is one request', async () => {
    let posts = 0
    await page.route(FORMS, route => {
      if (route.request().method() !== 'POST') return route.continue()
      posts++
      return route.fulfill({ status: 204 })
    })
    await page.goto(REQUEST)
    await page.getByLabel('What do you need from it?').fill('a fault that it fixes')
    const ask = page.getByRole('button', { name: 'Ask for this version' })
    for (let click = 0; click < 2; click++) {
      await ask.click()
      await expectSent(() => posts, 1)
    }
  })

  test('marks that wait for a reply are sent when the page is left', async () => {
    const marks = await hold(MARKS, 'continue')
    await press('j', 'X', 'X')
    await expectSent(marks.sent, 1)
    await page.evaluate(() => dispatchEvent(new Event('pagehide')))
    await expectSent(marks.sent, 2)
    marks.release()
    await page.locator('.seen[aria-busy]').first().waitFor({ state: 'detached' })
    assert.equal(await page.locator('#code .hunk.done').count(), 2)
  })
})
