// @ts-check
// A person who uses the keyboard alone, and the count of the keys that the person pressed.

import assert from 'node:assert/strict'

/** @typedef {import('playwright-core').Locator} Locator */

/** The largest number of stops between two controls of one page. */
const STOPS = 80

export class Keyboard {
  /** The keys that move and act. */
  pressed = 0

  /** The characters of typed texts. */
  typed = 0

  /** @param {import('playwright-core').Page} page */
  constructor(page) {
    this.page = page
  }

  /**
   * Presses keys, one after the other.
   * @param {...string} keys as in `KeyboardEvent.key`
   */
  async press(...keys) {
    for (const key of keys) {
      this.pressed++
      await this.page.keyboard.press(key)
    }
  }

  /**
   * Types a text into the control that has the focus.
   * @param {string} text
   */
  async type(text) {
    this.typed += text.length
    await this.page.keyboard.type(text)
  }

  /**
   * Presses Tab until a control has the focus.
   * @param {Locator} control
   */
  async reach(control) {
    await control.waitFor()
    for (let stop = 0; stop < STOPS; stop++) {
      if (await hasFocus(control)) return
      await this.press('Tab')
    }
    assert.fail(`${control} is not among the next ${STOPS} stops`)
  }

  /**
   * Reaches a link or a button, presses Enter and waits for a page.
   * @param {Locator} control
   * @param {(address: URL) => boolean} to whether an address is the expected one
   */
  async follow(control, to) {
    await this.reach(control)
    await Promise.all([this.page.waitForURL(to), this.press('Enter')])
  }

  /** Returns the counts as a sentence. */
  toString() {
    return `${this.pressed} keys and ${this.typed} typed characters`
  }
}

/**
 * Returns whether a control has the focus.
 * @param {Locator} control
 */
export function hasFocus(control) {
  return control.evaluate(each => each === document.activeElement)
}
