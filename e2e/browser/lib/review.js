// @ts-check
// The page of a review, from its address to all of its files.

import assert from 'node:assert/strict'
import { PATIENCE } from './browser.js'

/**
 * Opens a review, and waits until all of its files are compared. Artifacts that the gate does not
 * have are fetched with the button of the page. No script is necessary.
 * @param {import('playwright-core').Page} page
 * @param {string} address
 */
export async function openReview(page, address) {
  const hunks = page.locator('#code .hunk')
  const waiting = page.locator('#waiting')
  const fetched = page.getByRole('button', { name: 'Fetch and compare', exact: true })
  const end = Date.now() + PATIENCE
  await page.goto(address)
  while (!(await hunks.count()) || (await waiting.count())) {
    assert.ok(Date.now() < end, `${address} is not compared`)
    if (await fetched.count()) {
      const loaded = page.waitForEvent('load')
      await fetched.click()
      await loaded
    } else {
      await page.waitForTimeout(250)
      await page.goto(address)
    }
  }
}
