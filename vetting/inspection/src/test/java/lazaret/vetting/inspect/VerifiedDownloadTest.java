package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.InspectionFixture.demo;
import static lazaret.vetting.inspect.InspectionFixture.inspect;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Downloads that are run, with and without a comparison with a digest of the caller. All sources
/// are inert and never compiled.
final class VerifiedDownloadTest {
  private static final String HEAD =
      "use std::{env, fs, io::{self, Read, Write}, path::{Path, PathBuf}, process::Command, os::unix::fs::PermissionsExt};\n";

  private static final String INSTALLER =
      HEAD
          + """
          pub struct Tool<'a> { pub url: &'a str, pub sha256: &'a str, pub name: &'a str }
          fn hex_digest(data: &[u8]) -> String { Sha256::digest(data).iter().map(|b| format!("{b:02x}")).collect() }
          pub fn install(tool: &Tool<'_>, into: &Path) -> io::Result<PathBuf> {
              let mut body = Vec::new();
              ureq::get(tool.url).call().map_err(io::Error::other)?.into_reader().read_to_end(&mut body)?;
              let got = hex_digest(&body);
              if got != tool.sha256 {
                  return Err(io::Error::other("the digest does not match"));
              }
              let work = env::temp_dir().join("unpacked");
              fs::write(&work, &body)?;
              let program = into.join(tool.name);
              fs::copy(work.join(tool.name), &program)?;
              fs::set_permissions(&program, fs::Permissions::from_mode(0o755))?;
              Command::new(&program).arg("--version").status()?;
              Ok(program)
          }
          """;

  private static final String UPDATER =
      HEAD
          + """
          pub struct Update { pub url: String, pub sha256: String }
          impl Update {
              fn check(&self, body: &[u8]) -> io::Result<()> {
                  let mut hasher = Sha256::new();
                  hasher.update(body);
                  let digest = hex(hasher.finalize());
                  if !digest.eq_ignore_ascii_case(&self.sha256) { return Err(io::Error::other("differs")); }
                  Ok(())
              }
              fn fetch(&self) -> io::Result<Vec<u8>> {
                  let body = reqwest::blocking::get(&self.url)?.bytes()?.to_vec();
                  Ok(body)
              }
              pub fn install(&self, exe: &Path) -> io::Result<()> {
                  let body = self.fetch()?;
                  self.check(&body)?;
                  fs::write(exe, &body)?;
                  fs::set_permissions(exe, fs::Permissions::from_mode(0o755))
              }
          }
          """;

  @Test
  void aDownloadThatTheCallersDigestDecidesOverIsNoDropper() {
    assertThat(strong(INSTALLER)).isEmpty();
    assertThat(strong(UPDATER)).isEmpty();
    String tests = "#[cfg(test)] mod t { fn f() { g(Update { url: u, sha256: \"\" }); } }";
    assertThat(strong(UPDATER + tests)).isEmpty();
    assertThat(
            strong(
                INSTALLER.replace(
                    "if got != tool.sha256 {\n        return Err(io::Error::other(\"the digest does not match\"));\n    }",
                    "anyhow::ensure!(got == tool.sha256);")))
        .isEmpty();
  }

  @Test
  void anAddressInTheSourceAsksForALook() {
    String fixed = INSTALLER.replace("tool.url)", "\"https://tools.example/x\")");
    assertThat(strong(fixed)).contains("fetch-and-run REVIEW").noneMatch(s -> s.endsWith("HIGH"));
  }

  @Test
  void aComparisonThatDecidesNothingIsNone() {
    String returns = "return Err(io::Error::other(\"the digest does not match\"));";
    for (String attack :
        new String[] {
          INSTALLER.replace(returns, "eprintln!(\"differs\");"),
          INSTALLER.replace("if got != tool.sha256 {", "if false {"),
          INSTALLER.replace("if got != tool.sha256 {", "if got != hex_digest(&body) {"),
          INSTALLER.replace("if got != tool.sha256 {", "if got != PIN {")
              + "const PIN: &str = \"ab12cd34\";",
          INSTALLER.replace("if got != tool.sha256 {", "if got != \"ab12cd34\" {"),
          INSTALLER.replace(
              "if got != tool.sha256 {",
              "let given = ureq::get(tool.sums).call().unwrap().into_string().unwrap(); if got != given {"),
          INSTALLER.replace("let work =", "let other = ureq::get(tool.more).call(); let work ="),
          INSTALLER.replace("let got =", "Command::new(&into).spawn(); let got ="),
          INSTALLER
              .replace("if got != tool.sha256 {", "if strict { if got != tool.sha256 {")
              .replace(returns, returns + "}"),
          INSTALLER.replace("tool.sha256 {", "tool.sha256 && strict {"),
          INSTALLER
              + "pub fn own() { install(&Tool { url: u, sha256: \"ab12cd34\", name: n }, p); }",
          INSTALLER
              + "pub fn raw(u: &str) { let b = ureq::get(u).call().unwrap(); fs::write(\"x\", b); }",
          UPDATER.replace("self.check(&body)?;", "let _ = self.check(&body);"),
          UPDATER.replace("self.check(&body)?;", "self.check(&body).ok();"),
          UPDATER.replace("self.check(&body)?;", ""),
          UPDATER.replace("return Err(io::Error::other(\"differs\"));", ""),
        }) {
      assertThat(strong(attack))
          .as(attack)
          .matches(all -> all.contains("fetch-and-run HIGH") || all.contains("received-run HIGH"));
    }
  }

  private static Set<String> strong(String source) {
    return inspect(demo().file("src/lib.rs", source)).signals().stream()
        .filter(signal -> signal.weight() != SignalWeight.NOTE)
        .map(VerifiedDownloadTest::shown)
        .collect(Collectors.toSet());
  }

  private static String shown(Signal signal) {
    return signal.code() + " " + signal.weight();
  }
}
