// @ts-check
// Sign-in by a token, its cookie, sign-out, and forms of other sites.

import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, describe, test } from 'node:test'
import { open, SESSION, sessionCookie, signIn, start } from '../lib/browser.js'
import { call, gate, lives, send, session, token, variable } from '../lib/gate.js'
import { pages } from '../lib/pages.js'

const desk = gate('DESK')
const crate = variable('DESK_CRATE')
const version = variable('DESK_VERSION')

/** @type {import('playwright-core').Browser} */
let browser

before(async () => {
  browser = await start()
})

after(() => browser.close())

/**
 * Returns the value of the cookie of the session.
 * @param {import('playwright-core').BrowserContext} context
 */
async function secret(context) {
  return (await sessionCookie(context))?.value
}

describe('sign-in by a token', () => {
  test('leads to the page that was asked for', async () => {
    const { context, page } = await open(browser)
    await page.goto(`${desk.url}/desk/status`)
    assert.equal(page.url(), `${desk.url}/desk/sign-in?to=%2Fdesk%2Fstatus`)
    await page.getByLabel('Token', { exact: true }).fill(desk.token)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.waitForURL(`${desk.url}/desk/status`)
    await context.close()
  })

  test('sets a cookie that scripts and other sites do not get', async () => {
    const { context, page } = await open(browser)
    await signIn(page, desk)
    const { value, ...stored } = (await sessionCookie(context)) ?? { value: '' }
    assert.match(value, /^[0-9a-f]{64}$/)
    assert.deepEqual(stored, {
      name: SESSION,
      domain: '127.0.0.1',
      path: '/',
      expires: -1,
      httpOnly: true,
      secure: true,
      sameSite: 'Lax',
    })
    assert.equal(await page.evaluate(() => document.cookie), '')
    assert.ok(!page.url().includes(value), 'the address contains the secret')
    await context.close()
  })

  test('refuses another token and sets no cookie', async () => {
    const { context, page } = await open(browser)
    await page.goto(`${desk.url}/desk/sign-in`)
    await page.getByLabel('Token', { exact: true }).fill(`lzr_${'0'.repeat(64)}`)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('alert').waitFor()
    assert.match(await page.getByRole('alert').innerText(), /You are not signed in/)
    assert.equal(await sessionCookie(context), undefined)
    await context.close()
  })

  test('leads to no other site', async () => {
    const places = ['https://example.org/', '//example.org/', '/desk/../x', 'javascript:alert(1)']
    for (const to of places) {
      const { context, page } = await open(browser)
      await page.goto(`${desk.url}/desk/sign-in?to=${encodeURIComponent(to)}`)
      await page.getByLabel('Token', { exact: true }).fill(desk.token)
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await page.waitForURL(`${desk.url}/desk/queue`)
      await context.close()
    }
  })

  test('replaces the session that was there before', async () => {
    const planted = await session(desk, await token(desk, 'planter', 'reader'))
    const { context, page } = await open(browser)
    const value = planted.slice(planted.indexOf('=') + 1)
    const url = desk.url.replace('http:', 'https:')
    await context.addCookies([{ name: SESSION, value, url, httpOnly: true, sameSite: 'Lax' }])
    await page.goto(`${desk.url}/desk/people/me`)
    assert.match(await page.getByRole('heading', { level: 1 }).innerText(), /planter/)
    await signIn(page, desk)
    assert.notEqual(await secret(context), value)
    assert.equal(await lives(desk, planted), false, 'the planted session is still good')
    await context.close()
  })
})

describe('sign-out', () => {
  test('ends the session, in the browser and at the gate', async () => {
    const { context, page } = await open(browser)
    await signIn(page, desk)
    const cookie = `${SESSION}=${await secret(context)}`
    assert.equal(await lives(desk, cookie), true)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL(`${desk.url}/desk/sign-in`)
    assert.equal(await sessionCookie(context), undefined)
    assert.equal(await lives(desk, cookie), false)
    await context.close()
  })
})

describe('a page of another origin', () => {
  const forms = [
    { path: '/desk/sign-in', name: 'token', value: desk.token },
    { path: '/desk/sign-out', name: 'x', value: '1' },
    { path: '/desk/people/me/theme', name: 'theme', value: 'dark' },
    { path: '/desk/people/me/keys', name: 'keys', value: 'off' },
    { path: '/desk/people/tokens', name: 'name', value: 'stolen' },
    { path: `/desk/request/${crate}/${version}`, name: 'reason', value: 'from another site' },
  ]
  const server = createServer((request, response) => {
    const { path, name, value } = forms[Number(request.url?.slice(1))] ?? {}
    const field = `<input name="${name}" value="${value}">`
    const form = `<form method="post" action="${desk.url}${path}">${field}</form>`
    response.setHeader('content-type', 'text/html')
    response.end(path ? `${form}<script>document.forms[0].submit()</script>` : '')
  })

  before(() => new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(undefined))))

  after(() => server.close())

  // The port is another origin of the same site, so that the browser sends the cookie. The name is
  // another site.
  for (const host of ['127.0.0.1', 'localhost']) {
    for (const [index, { path }] of forms.entries()) {
      test(`cannot send a form from ${host} to ${path}`, async () => {
        const { context, page } = await open(browser)
        await signIn(page, desk)
        const before = await state()
        const cookies = await context.cookies()
        const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
        const answered = page.waitForResponse(desk.url + path)
        await page.goto(`http://${host}:${port}/${index}`)
        const response = await answered
        assert.equal(response.status(), 403)
        assert.match(await response.text(), /sent by a page of another site/)
        assert.deepEqual(await state(), before)
        assert.deepEqual(await context.cookies(), cookies)
        await context.close()
      })
    }
  }
})

/** Returns what the forms would change: the ledger, the names of tokens, the requesters. */
async function state() {
  const { ledger_entries: entries } = await call(desk, 'GET', '/status')
  const { tokens } = await call(desk, 'GET', '/tokens')
  const queue = await call(desk, 'GET', '/queue?view=all')
  const asked = JSON.stringify(queue).match(/"reason":"[^"]*"/g)
  return { entries, tokens: tokens.map(each => each.name), asked }
}

describe('reading', () => {
  test('changes nothing, by any address of a page or form', async () => {
    const cookie = await session(desk)
    const before = await state()
    const addresses = new Set([
      '/desk/sign-out',
      '/desk/people/me/theme?theme=dark',
      '/desk/people/tokens?name=read&role=admin',
      '/desk/people/tokens/planter/revoke',
      `/desk/request/${crate}/${version}?reason=read`,
    ])
    for (const { path } of pages(crate, version)) {
      const answer = await send(desk.url + path, { headers: { cookie } })
      for (const [, action] of answer.text.matchAll(/<form[^>]* action="([^"]+)"/g)) {
        addresses.add(action.replaceAll('&amp;', '&'))
      }
    }
    for (const path of addresses) {
      for (const method of ['GET', 'HEAD']) {
        const answer = await send(desk.url + path, { method, headers: { cookie } })
        const set = answer.headers['set-cookie']
        assert.equal(set, undefined, `${method} ${path} sets a cookie`)
      }
    }
    assert.deepEqual(await state(), before)
    assert.equal(await lives(desk, cookie), true)
  })
})
