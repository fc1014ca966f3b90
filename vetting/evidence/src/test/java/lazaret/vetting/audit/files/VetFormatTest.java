package lazaret.vetting.audit.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.Test;

/// A store of odd cases, as it was written and as cargo-vet 0.10.3 formatted it: quotes of every
/// kind, lists at the edge of a line, git revisions, comments that name accounts.
class VetFormatTest {
  @Test
  void formatsOddAuditsAsTheToolDoes() {
    ImportsLock lock = ImportsLock.read(resource("written/imports.lock"));

    assertThat(VetPrinter.print(AuditsReader.read(resource("written/audits.toml")), lock).text())
        .isEqualTo(resource("formatted/audits.toml").text());
  }

  @Test
  void formatsAConfigurationAsTheToolDoes() {
    assertThat(VetPrinter.print(VetConfig.read(resource("written/config.toml"))).text())
        .isEqualTo(resource("formatted/config.toml").text());
  }

  @Test
  void formatsALockAsTheToolDoes() {
    assertThat(VetPrinter.print(ImportsLock.read(resource("written/imports.lock"))).text())
        .isEqualTo(resource("formatted/imports.lock").text());
  }

  @Test
  void formatsWhatIsEmpty() {
    assertThat(VetPrinter.print(AuditsFile.EMPTY).text())
        .isEqualTo("\n# cargo-vet audits file\n\n[audits]\n");
    assertThat(VetPrinter.print(ImportsLock.read(Bytes.utf8(""))).text())
        .isEqualTo("\n# cargo-vet imports lock\n");
  }

  private static Bytes resource(String name) {
    try (InputStream in = VetFormatTest.class.getResourceAsStream("/audit/" + name)) {
      return Bytes.of(Objects.requireNonNull(in, name).readAllBytes());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
