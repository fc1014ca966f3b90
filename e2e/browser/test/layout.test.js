// @ts-check
// The layout of a review: its three differences next to each other, and the form in view.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { open, signIn, start } from '../lib/browser.js'
import { gate, token, variable } from '../lib/gate.js'
import { openReview } from '../lib/review.js'

const desk = gate('DESK')
const SPEC = `${variable('DESK_CRATE')}/${variable('DESK_VERSION')}`
const REVIEW = `${desk.url}/desk/crates/${SPEC}/review`

/** The places of the page to which a person scrolls, as shares of its height. */
const PLACES = [0, 0.1, 0.3, 0.6, 1]

/** The difference of two edges that rounding can make, in pixels. */
const ROUNDING = 1

/**
 * The edges of an element in the window.
 * @typedef {Record<'left' | 'top' | 'right' | 'bottom', number>} Edges
 */

describe('the layout of a review', () => {
  /** @type {import('playwright-core').Browser} */
  let browser
  /** @type {import('playwright-core').Page} */
  let page

  before(async () => {
    browser = await start()
    page = (await open(browser)).page
    await signIn(page, desk, await token(desk, 'layout-reviewer', 'reviewer'))
  })

  after(() => browser.close())

  /**
   * Changes the size of the window, and goes to the top of the page.
   * @param {number} width
   * @param {number} height
   */
  async function resize(width, height) {
    await page.setViewportSize({ width, height })
    await page.evaluate(() => scrollTo(0, 0))
  }

  /**
   * Returns the edges of the only element that a selector finds.
   * @param {string} selector
   * @returns {Promise<Edges>}
   */
  async function edges(selector) {
    const box = await page.locator(selector).boundingBox()
    assert.ok(box, `${selector} is not shown`)
    return { left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height }
  }

  /** Returns the edges of the three differences. */
  async function lanes() {
    return {
      code: await edges('#code'),
      capabilities: await edges('#capabilities'),
      behavior: await edges('#behavior'),
    }
  }

  /**
   * Checks that an element is completely in the window at some places of the page.
   * @param {string} selector
   * @param {number} height the height of the window
   */
  async function staysInView(selector, height) {
    for (const place of PLACES) {
      await page.evaluate(
        share => scrollTo(0, share * document.documentElement.scrollHeight),
        place,
      )
      const { top, bottom } = await edges(selector)
      const where = `${selector} at ${place} of the page: ${top} to ${bottom} of ${height}`
      assert.ok(top >= 0 && bottom <= height + ROUNDING, where)
    }
  }

  for (const query of ['', '?view=split']) {
    const view = query ? 'split' : 'unified'

    test(`${view}: the differences are side by side from 1,200 px on`, async () => {
      await openReview(page, REVIEW + query)
      for (const width of [1200, 1440, 1920]) {
        await resize(width, 900)
        const { code, capabilities, behavior } = await lanes()
        assert.ok(code.right <= capabilities.left, `at ${width} px: ${code.right}`)
        assert.ok(code.right <= behavior.left, `at ${width} px: ${code.right}`)
        assert.ok(Math.abs(code.top - capabilities.top) <= ROUNDING, `at ${width} px`)
        assert.ok(Math.max(capabilities.right, behavior.right) <= width, `at ${width} px`)
        // The two halves of the code need the place: the third difference is below the second.
        if (query && width < 1680) assert.ok(capabilities.bottom <= behavior.top, `${width} px`)
        else assert.ok(capabilities.right <= behavior.left, `at ${width} px`)
      }
    })

    test(`${view}: the differences follow each other below 1,200 px`, async () => {
      await openReview(page, REVIEW + query)
      await resize(1199, 900)
      const { code, capabilities, behavior } = await lanes()
      assert.ok(code.bottom <= capabilities.top)
      assert.ok(capabilities.bottom <= behavior.top)
    })
  }

  for (const [width, height] of [[1440, 900], [1200, 640]]) {
    test(`the decision form is in view at ${width} by ${height} px`, async () => {
      await openReview(page, REVIEW)
      await resize(width, height)
      await staysInView('#decide', height)
      await staysInView('#record', height)
    })
  }

  test('the form hides no hunk that a key reaches', async () => {
    await openReview(page, REVIEW)
    await resize(1440, 900)
    for (let step = 1; step <= 5; step++) {
      await page.keyboard.press('j')
      const head = await edges('#code .hunk:focus .hunk-head')
      const form = await edges('#decide')
      const strip = await edges('.strip')
      assert.ok(head.bottom <= form.top, `step ${step}: ${head.bottom} of ${form.top}`)
      assert.ok(head.top >= strip.bottom - ROUNDING, `step ${step}: ${head.top} of ${strip.bottom}`)
    }
  })

  test('a narrow window has a link to the form in view', async () => {
    await openReview(page, REVIEW)
    await resize(400, 800)
    await staysInView('.dock-link a', 800)
    await page.getByRole('link', { name: 'Decide', exact: true }).click()
    await page.waitForURL(/#decide$/)
    const { top, bottom } = await edges('#decide')
    assert.ok(top < 800 && bottom > 0, `the form is at ${top} to ${bottom}`)
  })
})
