// @ts-check
// A person of the day: a browser of her own, the keyboard alone.

import assert from 'node:assert/strict'
import { open, PATIENCE, scrollsSideways, views } from './browser.js'
import { hasFocus, Keyboard } from './keyboard.js'

export class Person {
  /**
   * @param {string} name the name at the identity provider
   * @param {Awaited<ReturnType<typeof open>>} opened
   */
  constructor(name, { page, reports }) {
    this.name = name
    this.page = page
    this.reports = reports
    this.keys = new Keyboard(page)
  }

  /**
   * Opens a browser for a person.
   * @param {import('playwright-core').Browser} browser
   * @param {string} name
   */
  static async arrive(browser, name) {
    return new Person(name, await open(browser))
  }

  /**
   * Opens a page that requires sign-in, and signs in at the identity provider.
   * @param {string} address the page that is shown afterwards
   * @param {string} issuer the address of the provider
   */
  async signIn(address, issuer) {
    const { page, keys } = this
    await page.goto(address)
    const provider = page.getByRole('link', { name: /^Sign in at/ })
    await keys.follow(provider, at => at.href.startsWith(issuer))
    await keys.reach(page.locator('input[name=login]'))
    await keys.type(this.name)
    await keys.press('Tab')
    await keys.type('any')
    const login = page.url()
    await Promise.all([page.waitForURL(at => at.href !== login), keys.press('Enter')])
    await keys.follow(page.locator('button[type=submit]'), at => at.href === address)
    // The pages of the provider load fonts that are not there.
    this.reports.length = 0
  }

  /** Returns the text of the page. */
  text() {
    return this.page.locator('main').innerText()
  }

  /** Returns the sentence about the last form. */
  said() {
    return this.page.locator('#say').innerText()
  }

  /**
   * Waits until the queue has a version of a crate: it is there a moment after the refusal.
   * @param {string} crate
   */
  async listed(crate) {
    const end = Date.now() + PATIENCE
    while (!(await this.page.locator('.item .crate', { hasText: crate }).count())) {
      assert.ok(Date.now() < end, `${crate} is not in the queue`)
      await this.page.waitForTimeout(250)
      await this.page.reload()
    }
  }

  /** Waits until all files of the review are compared. */
  async compared() {
    await this.page.locator('#code .hunk').first().waitFor()
    const end = Date.now() + PATIENCE
    while (await this.page.locator('#waiting').count()) {
      assert.ok(Date.now() < end, `${this.page.url()} is not compared`)
      await this.page.waitForTimeout(500)
      await this.page.reload()
    }
  }

  /** Reads a version to its end: each hunk is marked as seen before the next one. */
  async readAll() {
    const { page, keys } = this
    const hunks = page.locator('#code .hunk[data-must]')
    await this.compared()
    assert.equal(await page.locator('#record').getAttribute('aria-disabled'), 'true')
    await keys.press('j')
    const count = await hunks.count()
    for (let hunk = 0; hunk < count; hunk++) await keys.press('X')
    await page.locator('#missing').waitFor({ state: 'hidden' })
    await page.locator('#code .hunk.done').nth(count - 1).waitFor()
    assert.equal(await page.locator('#record').getAttribute('aria-disabled'), 'false')
    assert.equal(await page.locator('.strip [data-count=left]').innerText(), '0')
  }

  /**
   * Notes something on the hunk that has the focus.
   * @param {string} text
   */
  async note(text) {
    const { page, keys } = this
    await keys.press('c')
    const field = page.locator('#code textarea')
    await field.waitFor()
    assert.equal(await hasFocus(field), true)
    await keys.type(text)
    await keys.reach(page.getByRole('button', { name: 'Add note' }))
    await keys.press('Enter')
    await page.locator('tr.note', { hasText: text }).waitFor()
  }

  /**
   * Approves the version of the review.
   * @param {string} reason
   */
  async approve(reason) {
    const { page, keys } = this
    await this.#decide('a', reason)
    await keys.press('Tab', 's')
    assert.equal(await page.locator('#criteria').inputValue(), 'safe-to-deploy')
    await this.#record()
  }

  /**
   * Revokes the version of the review.
   * @param {string} reason
   */
  async revoke(reason) {
    await this.#decide('d', reason)
    await this.#record()
  }

  /**
   * Chooses a decision and types its reason.
   * @param {string} key
   * @param {string} reason
   */
  async #decide(key, reason) {
    await this.keys.press(key, 'Tab')
    assert.equal(await hasFocus(this.page.locator('#reason')), true)
    await this.keys.type(reason)
  }

  async #record() {
    await this.keys.follow(this.page.locator('#record'), at => at.searchParams.has('done'))
    assert.equal(await hasFocus(this.page.locator('#say')), true)
  }

  /** Checks that the page fits a narrow window. */
  async fits() {
    await this.page.setViewportSize(views[1].viewport)
    assert.equal(await scrollsSideways(this.page), false, `${this.page.url()} scrolls sideways`)
    await this.page.setViewportSize(views[0].viewport)
  }
}
