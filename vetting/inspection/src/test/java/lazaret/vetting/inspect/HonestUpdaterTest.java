package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.InspectionFixture.demo;
import static lazaret.vetting.inspect.InspectionFixture.inspect;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.testkit.CrateBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Programs that replace themselves or fetch a tool, with complete checks and with checks that have
/// no effect. Nothing here is ever run.
final class HonestUpdaterTest {
  private static final String COUNTED =
      """
      use std::process::Command;
      pub struct Release { pub url: String, pub sha256: String }
      impl Updater {
          pub fn check(&self) -> Result<Release, Error> {
              let text = self.fetch(&self.feed)?;
              let mut signers: Vec<usize> = Vec::new();
              for signature in signatures(&text) {
                  signers.extend(self.keys.iter().position(|key| key.verify_strict(&text, &signature).is_ok()));
              }
              if signers.len() < 2 {
                  return Err(Error::Signatures);
              }
              Ok(serde_json::from_slice(&text)?)
          }
          pub fn install(&self, release: &Release, program: &Path) -> Result<(), Error> {
              let bytes = self.fetch(&release.url)?;
              let digest = hex::encode(Sha256::digest(&bytes));
              if digest != release.sha256 {
                  return Err(Error::Digest);
              }
              std::fs::write(program, &bytes)?;
              std::fs::set_permissions(program, std::fs::Permissions::from_mode(0o755))?;
              Command::new(program).arg("--self-test").status()?;
              Ok(())
          }
          fn fetch(&self, url: &str) -> Result<Vec<u8>, Error> {
              let mut bytes = Vec::new();
              ureq::get(url).call()?.into_reader().read_to_end(&mut bytes)?;
              Ok(bytes)
          }
      }
      """;

  private static final String PINNED =
      """
      use std::process::Command;
      const BASE: &str = "https://releases.schemac.invalid";
      const PIN: &str = "0b7f0c1a5d6e4f22938475a6b7c8d9e0f1a2b3c4d5e6f708192a3b4c5d6e7f80";
      pub fn provide(folder: &Path) -> Result<PathBuf, Error> {
          let program = folder.join("schemac");
          let mut bytes = Vec::new();
          ureq::get(&format!("{BASE}/schemac")).call()?.into_reader().read_to_end(&mut bytes)?;
          if hex::encode(Sha256::digest(&bytes)) != PIN {
              return Err(Error::Digest);
          }
          std::fs::write(&program, bytes)?;
          std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755))?;
          Command::new(&program).arg("--version").status()?;
          Ok(program)
      }
      """;

  @Test
  void leavesCountedSignaturesAlone() {
    assertThat(heavy("", COUNTED)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "if signers.len() < 2 {=>if text.is_empty() {",
        "return Err(Error::Signatures);=>log(\"few signers\");",
        "if digest != release.sha256 {=>if digest.is_empty() {",
        "let bytes = self.fetch(&release.url)?;=>let bytes = self.fetch(&release.url)?;"
            + " Command::new(save(&bytes)).status()?;",
      })
  void seesSignaturesThatDecideNothing(String change) {
    String[] parts = change.split("=>", -1);
    String attack = COUNTED.replace(parts[0], parts[1]);

    assertThat(attack).isNotEqualTo(COUNTED);
    assertThat(heavy("", attack)).containsAnyOf("fetch-and-run", "received-run");
  }

  @Test
  void leavesAPinnedToolOfItsOwnHostAlone() {
    assertThat(heavy("Runs the compiler schemac", PINNED)).isEmpty();
    assertThat(heavy("Runs a compiler", PINNED)).containsAnyOf("fetch-and-run", "received-run");
    assertThat(heavy("Runs the compiler schemac", PINNED.replace("!= PIN", "!= told()?")))
        .containsAnyOf("fetch-and-run", "received-run");
    assertThat(
            heavy(
                "Runs the compiler schemac",
                PINNED.replace("return Err(Error::Digest);", "warn(\"another digest\");")))
        .containsAnyOf("fetch-and-run", "received-run");
  }

  @Test
  void leavesASwapOfWhatAnotherSourceCheckedAlone() {
    String swap =
        """
        use std::process::Command;
        pub fn swap(p: &Path, b: &[u8]) { std::fs::write(p, b);
        std::fs::set_permissions(p, std::fs::Permissions::from_mode(0o755));
        Command::new(p).status(); }
        """;
    String checks = COUNTED.replaceAll("(?m)^ *(?:std::fs::|Command::new).*\n", "");

    assertThat(shown(crate("").file("src/swap.rs", swap).file("src/lib.rs", checks))).isEmpty();
    assertThat(
            shown(
                crate("")
                    .file("src/swap.rs", swap)
                    .file("src/lib.rs", checks.replace("< 2", "> 9").replace("!= r", "== r"))))
        .contains("fetch-and-run");
  }

  @Test
  void leavesLinesOfACrontabThatTheCallerGivesAlone() {
    String table =
        """
        use std::process::{Command, Stdio};
        pub fn add(schedule: &str, command: &str, tag: &str) {
            let mut text = String::new();
            text.push_str(&format!("{schedule} {command} # {tag}\\n"));
            let mut child = Command::new("crontab").arg("-").stdin(Stdio::piped()).spawn().unwrap();
            child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        }
        """;
    assertThat(heavy("", table)).isEmpty();
    assertThat(heavy("", table.replace("{schedule} {command}", "@reboot {command}")))
        .contains("persistence");
    assertThat(heavy("", table.replace("{schedule} {command}", "*/5 * * * * {command}")))
        .contains("persistence");
  }

  private static List<String> heavy(String description, String source) {
    return shown(crate(description).file("src/lib.rs", source));
  }

  private static CrateBuilder crate(String description) {
    return demo().manifest(InspectionFixture.MANIFEST + "description = \"" + description + "\"\n");
  }

  private static List<String> shown(CrateBuilder crate) {
    return inspect(crate).signals().stream()
        .filter(signal -> signal.weight().compareTo(SignalWeight.REVIEW) >= 0)
        .map(Signal::code)
        .map(Object::toString)
        .distinct()
        .toList();
  }
}
