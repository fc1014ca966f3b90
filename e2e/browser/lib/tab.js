// @ts-check
// What one tab of Chromium takes, as the browser and the kernel count it.

import { readFile } from 'node:fs/promises'

/** @typedef {import('playwright-core').CDPSession} CDPSession */

/**
 * What a tab takes.
 * - `memory`: the private memory of its process in bytes, as the kernel counts it
 * - `heap`: the used heap of its scripts in bytes
 * - `nodes`, `listeners`: the numbers of nodes and of listeners, those that wait for the collector,
 *   too
 * @typedef {{ memory: number, heap: number, nodes: number, listeners: number }} TabUse
 */

export class TabMeter {
  /**
   * @param {import('./plain.js').PlainTab} tab
   * @param {CDPSession} browser
   */
  constructor(tab, browser) {
    this.tab = tab
    this.browser = browser
  }

  /**
   * Creates a meter of a tab.
   * @param {import('playwright-core').Browser} browser
   * @param {import('./plain.js').PlainTab} tab the only large one of the browser
   */
  static async of(browser, tab) {
    await tab.send('Performance.enable')
    return new TabMeter(tab, await browser.newBrowserCDPSession())
  }

  /** Lets the browser free what nothing refers to. */
  async collect() {
    await this.tab.send('HeapProfiler.enable')
    await this.tab.send('HeapProfiler.collectGarbage')
    await this.tab.send('HeapProfiler.disable')
  }

  /**
   * Returns what the tab takes now.
   * @returns {Promise<TabUse>}
   */
  async read() {
    const { metrics } = await this.tab.send('Performance.getMetrics')
    const heap = metrics.find(each => each.name === 'JSHeapUsedSize')?.value ?? 0
    const { nodes, jsEventListeners } = await this.tab.send('Memory.getDOMCounters')
    return { memory: await this.#memory(), heap, nodes, listeners: jsEventListeners }
  }

  /** Returns the private memory of the largest process for pages. */
  async #memory() {
    const { processInfo } = await this.browser.send('SystemInfo.getProcessInfo')
    const pages = processInfo.filter(each => each.type === 'renderer')
    return Math.max(...(await Promise.all(pages.map(({ id }) => privateBytes(id)))))
  }
}

/**
 * Returns the private memory of a process; 0 if it ended.
 * @param {number} id
 */
async function privateBytes(id) {
  const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '')
  return Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024
}
