// Synthetic, inert fixture written from public reports; see README
//! Wallets in the browser.

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(module = "/js/link.js")]
extern "C" {
    #[wasm_bindgen(js_name = findProvider)]
    fn find_provider() -> JsValue;

    #[wasm_bindgen(js_name = request)]
    fn request(provider: &JsValue, method: &str, params: &Array) -> Promise;

    #[wasm_bindgen(js_name = onAccounts)]
    fn on_accounts(provider: &JsValue, callback: &Closure<dyn FnMut(Array)>);
}

/// A wallet.
pub struct Wallet {
    provider: JsValue,
    watchers: Vec<Closure<dyn FnMut(Array)>>,
}

/// A transfer as the page wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    pub from: String,
    pub to: String,
    pub wei: u128,
}

fn set(object: &Object, key: &str, value: &str) -> Result<(), JsValue> {
    Reflect::set(object, &key.into(), &value.into()).map(|_| ())
}

impl Wallet {
    /// The wallet of the browser, if it has one.
    pub fn find() -> Option<Wallet> {
        let provider = find_provider();
        (!provider.is_undefined()).then(|| Wallet { provider, watchers: Vec::new() })
    }

    /// Asks the user for accounts.
    pub async fn accounts(&self) -> Result<Vec<String>, JsValue> {
        let answer = JsFuture::from(request(&self.provider, "eth_requestAccounts", &Array::new())).await?;
        Ok(Array::from(&answer).iter().filter_map(|a| a.as_string()).collect())
    }

    /// Asks the user to send; gives the hash of the transaction.
    pub async fn send(&self, transfer: &Transfer) -> Result<String, JsValue> {
        let object = Object::new();
        set(&object, "from", &transfer.from)?;
        set(&object, "to", &transfer.to)?;
        set(&object, "value", &format!("0x{:x}", transfer.wei))?;
        let answer = JsFuture::from(request(&self.provider, "eth_sendTransaction", &Array::of1(&object))).await?;
        answer.as_string().ok_or_else(|| JsValue::from_str("no hash"))
    }

    /// Calls back when the user changes accounts.
    pub fn watch(&mut self, mut with: impl FnMut(Vec<String>) + 'static) {
        let closure = Closure::new(move |list: Array| {
            with(list.iter().filter_map(|a| a.as_string()).collect());
        });
        on_accounts(&self.provider, &closure);
        self.watchers.push(closure);
    }
}

inert_fixture_does_not_build!();
