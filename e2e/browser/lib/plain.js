// @ts-check
// A tab that the library does not observe. Its own tabs keep up to 100 MB of responses, which would
// count as memory of the page.

import { setTimeout as delay } from 'node:timers/promises'
import { PATIENCE } from './browser.js'

/** The window of the tab, in pixels. */
const WINDOW = { width: 1440, height: 900 }

export class PlainTab {
  #root
  #session
  #last = 0
  /** @type {Map<number, (reply: any) => void>} */
  #waiting = new Map()

  /**
   * @param {import('playwright-core').CDPSession} root
   * @param {string} session
   */
  constructor(root, session) {
    this.#root = root
    this.#session = session
    root.on('Target.receivedMessageFromTarget', ({ sessionId, message }) => {
      const reply = JSON.parse(message)
      if (sessionId === session && reply.id) this.#waiting.get(reply.id)?.(reply)
      this.#waiting.delete(reply.id)
    })
  }

  /**
   * Opens a tab in a context of its own.
   * @param {import('playwright-core').Browser} browser
   * @param {any[]} cookies
   */
  static async open(browser, cookies) {
    const root = await browser.newBrowserCDPSession()
    const { browserContextId } = await root.send('Target.createBrowserContext')
    await root.send('Storage.setCookies', { browserContextId, cookies })
    const page = { url: 'about:blank', browserContextId, ...WINDOW }
    const { targetId } = await root.send('Target.createTarget', page)
    const { sessionId } = await root.send('Target.attachToTarget', { targetId })
    return new PlainTab(root, sessionId)
  }

  /**
   * Sends a command of the protocol of the browser, and returns its result.
   * @param {string} method
   * @param {object} [params]
   * @returns {Promise<any>}
   */
  async send(method, params = {}) {
    const id = ++this.#last
    const reply = new Promise(resolve => this.#waiting.set(id, resolve))
    const message = JSON.stringify({ id, method, params })
    await this.#root.send('Target.sendMessageToTarget', { sessionId: this.#session, message })
    const { result, error } = await reply
    if (error) throw new Error(`${method}: ${error.message}`)
    return result
  }

  /**
   * Calls a function in the page, or runs a script there, and returns the value.
   * @template T
   * @param {string | (() => T)} act
   * @returns {Promise<T>}
   */
  async evaluate(act) {
    const expression = typeof act === 'string' ? act : `(${act})()`
    const reply = await this.send('Runtime.evaluate', { expression, returnByValue: true })
    if (reply.exceptionDetails) throw new Error(JSON.stringify(reply.exceptionDetails))
    return reply.result.value
  }

  /**
   * Waits until a function returns true in the page. While another page comes, there is no value.
   * @param {() => boolean} act
   */
  async until(act) {
    const end = Date.now() + PATIENCE
    while (!(await this.evaluate(act).catch(() => false))) {
      if (Date.now() > end) throw new Error(`not within ${PATIENCE} ms: ${act}`)
      await delay(5)
    }
  }

  /** @param {string} key a letter */
  async press(key) {
    const upper = key.toUpperCase()
    const event = { key, code: `Key${upper}`, windowsVirtualKeyCode: upper.charCodeAt(0) }
    await this.send('Input.dispatchKeyEvent', { type: 'keyDown', text: key, ...event })
    await this.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event })
  }
}
