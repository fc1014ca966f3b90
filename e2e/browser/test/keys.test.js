// @ts-check
// The desk by keyboard.

import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { open, signIn, start } from '../lib/browser.js'
import { gate } from '../lib/gate.js'

const desk = gate('DESK')
const ME = `${desk.url}/desk/people/me`
const STATUS = `${desk.url}/desk/status`

/** The time after which a second key is not expected any longer, in milliseconds. */
const PREFIX_ENDS = 1400

describe('by keyboard', () => {
  /** @type {import('playwright-core').Browser} */
  let browser
  /** @type {import('playwright-core').BrowserContext} */
  let context
  /** @type {import('playwright-core').Page} */
  let page
  /** @type {string[]} */
  let reports

  before(async () => {
    browser = await start()
  })

  after(() => browser.close())

  beforeEach(async () => {
    ;({ context, page, reports } = await open(browser))
    await signIn(page, desk)
  })

  afterEach(async () => {
    assert.deepEqual(reports, [])
    await context.close()
  })

  /** Returns the id of the element that has the focus. */
  const focused = () => page.evaluate(() => document.activeElement?.id)

  const panel = () => page.locator('#keys')

  /** Waits, and checks that the page is the one of the person. */
  async function stays() {
    await page.waitForTimeout(300)
    assert.equal(page.url(), ME)
  }

  test('the first stop leads past the bar', async () => {
    await page.keyboard.press('Tab')
    const link = page.getByRole('link', { name: 'Skip to the content' })
    assert.equal(await link.evaluate(each => each === document.activeElement), true)
    assert.equal(await link.isVisible(), true)
    await page.keyboard.press('Enter')
    assert.equal(await focused(), 'main')
  })

  test('every control of the page can be reached and shows the focus', async () => {
    const count = await page.locator('a[href], button, input, summary').count()
    for (let stop = 0; stop < count; stop++) {
      await page.keyboard.press('Tab')
      const style = await page.evaluate(() => {
        const at = document.activeElement ?? document.body
        const { outlineStyle, outlineWidth } = getComputedStyle(at)
        return `${outlineStyle} ${outlineWidth} ${at.tagName}`
      })
      if (style.endsWith('BODY')) {
        assert.ok(stop >= 12, `only ${stop} controls can be reached`)
        return
      }
      assert.doesNotMatch(style, /^none|^\w+ 0px/, `stop ${stop + 1}`)
    }
  })

  test('? shows the keys, and hides them', async () => {
    assert.equal(await panel().isVisible(), false)
    await page.keyboard.press('?')
    assert.equal(await panel().isVisible(), true)
    await page.keyboard.press('?')
    assert.equal(await panel().isVisible(), false)
    await page.keyboard.press('?')
    await page.keyboard.press('Escape')
    assert.equal(await panel().isVisible(), false)
  })

  test('g s opens the status', async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('s')
    await page.waitForURL(STATUS)
  })

  test('s alone, or long after g, does nothing', async () => {
    await page.keyboard.press('s')
    await stays()
    await page.keyboard.press('g')
    await page.waitForTimeout(PREFIX_ENDS)
    await page.keyboard.press('s')
    await stays()
  })

  test('a key together with Control does nothing', async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('Control+s')
    await stays()
  })

  test('/ leads to the search, where keys are text', async () => {
    await page.keyboard.press('/')
    assert.equal(await focused(), 'q')
    await page.keyboard.type('gs?/')
    await stays()
    assert.equal(await page.locator('#q').inputValue(), 'gs?/')
    assert.equal(await panel().isVisible(), false)
  })

  test('the keys can be switched off, for later pages too', async () => {
    await page.keyboard.press('?')
    const box = panel().getByRole('checkbox')
    const saved = page.waitForResponse(`${ME}/keys`)
    await box.press('Space')
    assert.equal((await saved).status(), 204)
    await page.keyboard.press('Escape')
    for (const reload of [false, true]) {
      if (reload) await page.reload()
      await page.keyboard.press('g')
      await page.keyboard.press('s')
      await page.keyboard.press('/')
      await stays()
      assert.notEqual(await focused(), 'q')
    }
    await page.keyboard.press('?')
    assert.equal(await panel().isVisible(), true)
    const savedAgain = page.waitForResponse(`${ME}/keys`)
    await panel().getByRole('checkbox').press('Space')
    assert.equal((await savedAgain).status(), 204)
    await page.keyboard.press('Escape')
    await page.keyboard.press('g')
    await page.keyboard.press('s')
    await page.waitForURL(STATUS)
  })

  test('the theme is chosen without a new page, and kept', async () => {
    const dark = page.getByRole('button', { name: 'Dark' })
    const saved = page.waitForResponse(`${ME}/theme`)
    await dark.press('Enter')
    assert.equal((await saved).status(), 204)
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark')
    assert.equal(await dark.getAttribute('aria-pressed'), 'true')
    await page.goto(STATUS)
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark')
  })
})
