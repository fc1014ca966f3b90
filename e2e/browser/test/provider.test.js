// @ts-check
// Sign-in at an identity provider: authorization code with PKCE, groups, sign-out on both sides.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { open, SESSION, sessionCookie, signIn, start } from '../lib/browser.js'
import { gate, lives, send, token, variable } from '../lib/gate.js'
import { HOSTILE, LOGOUT, startProvider } from '../lib/provider.js'

const desk = gate('PROVIDER')
const issuer = variable('PROVIDER_ISSUER')

describe('sign-in at a provider', () => {
  /** @type {import('playwright-core').Browser} */
  let browser
  /** @type {import('node:http').Server} */
  let provider

  before(async () => {
    provider = await startProvider(issuer, desk.url)
    browser = await start()
  })

  after(async () => {
    await browser.close()
    provider.closeAllConnections()
    provider.close()
  })

  /**
   * Follows the link of the page, and signs in at the provider.
   * @param {import('playwright-core').Page} page
   * @param {string} person
   * @param {string} [to] the path of the page that is shown afterwards
   */
  async function enter(page, person, to = '/desk/people/me') {
    await page.goto(`${desk.url}/desk/sign-in?to=${encodeURIComponent(to)}`)
    await page.getByRole('link', { name: /^Sign in at/ }).click()
    await page.waitForURL(at => at.href.startsWith(issuer))
    while (page.url().startsWith(issuer)) {
      const login = page.locator('input[name=login]')
      if (await login.count()) {
        await login.fill(person)
        await page.locator('input[name=password]').fill('any')
      }
      const form = page.url()
      await page.locator('button[type=submit]').click()
      await page.waitForURL(at => at.href !== form)
    }
  }

  /** @param {string} person */
  async function entered(person) {
    const { context, page, reports } = await open(browser)
    await enter(page, person)
    return { context, page, reports, cookie: (await sessionCookie(context))?.value ?? '' }
  }

  test('leads back to the page that was asked for, with the roles of the groups', async () => {
    const { context, page, reports } = await open(browser)
    await page.goto(`${desk.url}/desk/status`)
    await page.getByRole('link', { name: /^Sign in at/ }).waitFor()
    await enter(page, 'mara', '/desk/status')
    assert.equal(page.url(), `${desk.url}/desk/status`)
    await page.goto(`${desk.url}/desk/people/me`)
    assert.match(await page.locator('main').innerText(), /Mara Meyer[^]*admin/)
    const cookie = await sessionCookie(context)
    assert.deepEqual([cookie?.secure, cookie?.httpOnly, cookie?.sameSite], [true, true, 'Lax'])
    assert.deepEqual(reports.filter(report => report.startsWith('policy')), [])
    await context.close()
  })

  test('shows names and groups of the provider as text', async () => {
    const jonas = await entered('jonas')
    await jonas.page.goto(`${desk.url}/desk/people/me`)
    assert.ok((await jonas.page.locator('body').innerText()).includes(HOSTILE))
    const mara = await entered('mara')
    await mara.page.goto(`${desk.url}/desk/people`)
    assert.ok((await mara.page.locator('main').innerText()).includes(HOSTILE))
    for (const { page, context } of [jonas, mara]) {
      assert.equal(await page.evaluate(() => /** @type {any} */ (window).hit), undefined)
      assert.equal(await page.locator('img').count(), 0)
      await context.close()
    }
  })

  test('replaces the session that was there before', async () => {
    const { context, page } = await open(browser)
    await signIn(page, desk, await token(desk, 'earlier', 'reader'))
    const earlier = (await sessionCookie(context))?.value
    await enter(page, 'mara')
    assert.notEqual((await sessionCookie(context))?.value, earlier)
    assert.equal(await lives(desk, `${SESSION}=${earlier}`), false)
    await context.close()
  })

  test('refuses a person without a group that has a role', async () => {
    const { context, page, cookie } = await entered('stranger')
    assert.match(await page.getByRole('alert').innerText(), /You are not signed in/)
    assert.equal(cookie, '')
    await context.close()
  })

  test('refuses a return that this browser did not begin', async () => {
    const mine = await open(browser)
    const returned = mine.page.waitForRequest(/\/desk\/sign-in\/return\?/)
    await mine.page.route(/\/desk\/sign-in\/return\?/, route => route.abort())
    enter(mine.page, 'mara').catch(() => undefined)
    const address = (await returned).url()
    const other = await open(browser)
    const response = await other.page.goto(address)
    assert.ok((response?.status() ?? 0) >= 400)
    assert.equal(await sessionCookie(other.context), undefined)
    await mine.context.close()
    await other.context.close()
  })

  test('ends when the provider reports that the session ended there', async () => {
    const { context, page, cookie } = await entered('mara')
    assert.equal(await lives(desk, `${SESSION}=${cookie}`), true)
    await page.goto(`${issuer}/session/end`)
    await page.getByRole('button', { name: /sign me out/i }).click()
    await page.waitForURL(at => !at.pathname.endsWith('/session/end'))
    assert.equal(await lives(desk, `${SESSION}=${cookie}`), false)
    await context.close()
  })

  test('ends at the desk and at the provider with one button', async () => {
    const { context, page, cookie, reports } = await entered('mara')
    await page.goto(`${desk.url}/desk/people/me`)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL(to => to.href.startsWith(issuer) || to.pathname === '/desk/sign-in')
    assert.equal(await lives(desk, `${SESSION}=${cookie}`), false)
    assert.deepEqual(reports.filter(report => report.startsWith('policy')), [])
    await context.close()
  })

  test('refuses a logout token without a signature', async () => {
    const { context, cookie } = await entered('mara')
    const part = text => Buffer.from(JSON.stringify(text)).toString('base64url')
    const head = part({ alg: 'none', typ: 'logout+jwt' })
    const forged = `${head}.${part({ iss: issuer, aud: 'desk', sub: 'mara' })}.`
    const answer = await send(desk.url + LOGOUT, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `logout_token=${forged}`,
    })
    assert.ok(answer.status >= 400)
    assert.equal(await lives(desk, `${SESSION}=${cookie}`), true)
    await context.close()
  })
})
