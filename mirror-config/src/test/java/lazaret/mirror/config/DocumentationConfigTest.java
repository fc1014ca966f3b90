package lazaret.mirror.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.results.ResultSettings;
import lazaret.results.ResultTokenFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentationConfigTest {
  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>(Map.of("HOME", "/home/ann"));

  private MirrorConfig.Site read() {
    return MirrorConfig.read(List.of(), environment).site();
  }

  private void refuses(String text) {
    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(
            ConfigException.class,
            e -> assertThat(e.mistakes()).anyMatch(mistake -> mistake.toString().contains(text)));
  }

  @Test
  void buildsAndUsesNothingByDefault() {
    assertThat(read().documentation().build()).isEmpty();
    assertThat(read().documentation().publicUrl()).isNull();
    assertThat(read().results().sources()).isEmpty();
    assertThat(read().results().signer()).isNull();
    assertThat(read().results().verifyPercent()).isEqualTo(2);
    assertThat(read().results().maxAge()).isEqualTo(Duration.ofDays(365));
  }

  @Test
  void buildsWhatIsChosen() {
    environment.put("LAZARET_DOCUMENTATION_BUILD", "private,acme-*");
    environment.put("LAZARET_DETONATION_SOCKET", "/run/lazaret-sandbox/socket");
    environment.put("LAZARET_DOCUMENTATION_PUBLIC_URL", "https://docs.example.org");

    assertThat(read().documentation().build()).containsExactly("private", "acme-*");
    assertThat(read().documentation().publicUrl())
        .isEqualTo(URI.create("https://docs.example.org"));
    assertThat(read().documentation().perDay()).isEqualTo(50);
  }

  @Test
  void refusesToBuildWithoutASandboxOrByNoPattern() {
    environment.put("LAZARET_DOCUMENTATION_BUILD", "a**b");

    refuses("expected private, approved or names of crates");
    environment.put("LAZARET_DOCUMENTATION_BUILD", "approved");
    refuses("needs 'detonation.socket'");
  }

  @Test
  void pagesHaveAnotherHostThanTheGate() {
    environment.put("LAZARET_PUBLIC_URL", "https://crates.example.org");
    environment.put("LAZARET_DOCUMENTATION_PUBLIC_URL", "https://Crates.example.org");

    refuses("has the host of 'public-url'");
  }

  /// The later address would silently take the place of the earlier one.
  @Test
  void refusesTwoSourcesOfOneName() {
    environment.put(
        "LAZARET_RESULTS_SOURCES", "a=https://one.example.org/,a=https://two.example.org/");

    refuses("two addresses with the same name");
  }

  @Test
  void readsSourcesUnlessOffline() {
    environment.put("LAZARET_RESULTS_SOURCES", "outer=https://gate.example.org/site/results");

    assertThat(read().results().sources())
        .containsExactly(Map.entry("outer", URI.create("https://gate.example.org/site/results")));
    environment.put("LAZARET_OFFLINE", "true");
    assertThat(read().results().sources()).isEmpty();
  }

  @Test
  void refusesSourcesOfAnotherForm() {
    for (String source :
        List.of(
            "https://gate.example.org",
            "A=https://x.org",
            "a=ftp://x.org",
            "a=x",
            "a=",
            "a=https://u:p@x.org")) {
      environment.put("LAZARET_RESULTS_SOURCES", source);
      refuses("expected NAME=URL");
    }
  }

  private Path tokens(String content, String mode) throws IOException {
    Path file = Files.writeString(folder.resolve("tokens"), content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    environment.put("LAZARET_RESULTS_TOKEN_FILE", file.toString());
    return file;
  }

  @Test
  void readsATokenForEachSource() throws IOException {
    environment.put(
        "LAZARET_RESULTS_SOURCES",
        "outer=https://gate.example.org/site/results,near=http://127.0.0.1:7080/site/results");
    Path file = tokens("# of the outer gates\nouter lzr_one\n\nnear\tlzr_two\n", "rw-r-----");

    assertThat(read().results().tokens()).isEqualTo(new ResultTokenFile(file));

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    refuses("only its owner and group can read, found rw-r--r--; run 'chmod 600 ");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
    refuses("found rw-rw----");
    Files.delete(file);
    refuses("expected a readable file, found NoSuchFileException");
  }

  @Test
  void refusesATokenThatNoSourceCanGet() throws IOException {
    environment.put("LAZARET_RESULTS_SOURCES", "outer=http://gate.example.org/site/results");

    Path _ = tokens("outer lzr_one\n", "rw-------");
    refuses("its address in 'results.sources' has no TLS: expected https");
    Path _ = tokens("inner lzr_one\n", "rw-------");
    refuses("a token for 'inner', which 'results.sources' does not name");
  }

  @Test
  void needsAPassphraseForItsKey() {
    environment.put("LAZARET_RESULTS_SIGN_KEY", "/etc/lazaret/results.key.json");
    refuses("need each other");
    environment.put("LAZARET_RESULTS_PASSPHRASE_FILE", "/etc/lazaret/passphrase");

    assertThat(read().results().signer())
        .isEqualTo(
            new ResultSettings.Signer(
                Path.of("/etc/lazaret/results.key.json"), Path.of("/etc/lazaret/passphrase")));
  }
}
