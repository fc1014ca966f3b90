package lazaret.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsFileTest {
  private static final Instant END = Instant.parse("2026-12-28T12:00:00Z");

  @TempDir Path folder;
  private CredentialsFile file = new CredentialsFile(Path.of(""));

  @BeforeEach
  void locate() {
    file = CredentialsFile.of(Map.of(), folder).orElseThrow();
  }

  private static OriginToken token(String origin, String secret) {
    return new OriginToken(GateOrigin.parse(origin), secret, "login-ann-x-0000", "ann", END);
  }

  @Test
  void keepsATokenForEachGateInAPrivateFile() throws IOException {
    file.put(List.of(token("https://gate.example", "lzr_1")));
    file.put(List.of(token("http://127.0.0.1:7080", "lzr_2")));

    assertThat(file.path()).isEqualTo(folder.resolve(".config/lazaret/credentials.toml"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve(".config/lazaret"))))
        .isEqualTo("rwx------");
    assertThat(file.path())
        .hasContent(
            """
            # Written by vetting-cli login: a table for each gate at which you signed in.
            # The tokens are secrets. vetting-cli logout removes them.

            ["https://gate.example"]
            token = "lzr_1"
            name = "login-ann-x-0000"
            owner = "ann"
            expires = 2026-12-28T12:00:00Z

            ["http://127.0.0.1:7080"]
            token = "lzr_2"
            name = "login-ann-x-0000"
            owner = "ann"
            expires = 2026-12-28T12:00:00Z
            """);
    assertThat(file.find(GateOrigin.parse("https://gate.example:443")))
        .contains(token("https://gate.example", "lzr_1"));
    assertThat(file.find(GateOrigin.parse("https://gate.example:8443"))).isEmpty();
    try (Stream<Path> others = Files.list(folder.resolve(".config/lazaret"))) {
      assertThat(others.map(path -> String.valueOf(path.getFileName())))
          .containsExactlyInAnyOrder("credentials.toml", "credentials.toml.lock");
    }
  }

  @Test
  void replacesTheTokenOfAGate() {
    file.put(List.of(token("https://gate.example", "lzr_1")));
    file.put(List.of(token("https://gate.example", "lzr_2")));

    assertThat(file.tokens()).containsExactly(token("https://gate.example", "lzr_2"));
  }

  @Test
  void removesAToken() {
    file.put(List.of(token("https://a.example", "lzr_1"), token("https://b.example", "lzr_1")));
    file.put(List.of(token("https://c.example", "lzr_2")));

    file.remove(token("https://a.example", "lzr_1"));

    assertThat(file.tokens()).containsExactly(token("https://c.example", "lzr_2"));
  }

  @Test
  void hasNoTokensWithoutAFile() {
    assertThat(file.tokens()).isEmpty();
    assertThat(file.find(GateOrigin.parse("https://gate.example"))).isEmpty();
  }

  @Test
  void keepsATokenWithoutExpiry() {
    OriginToken endless =
        new OriginToken(GateOrigin.parse("https://gate.example"), "lzr_1", "n", "ann", null);

    file.put(List.of(endless));

    assertThat(file.tokens()).containsExactly(endless);
    assertThat(endless.worksAt(END)).isTrue();
    assertThat(token("https://gate.example", "lzr_1").worksAt(END)).isFalse();
  }

  @Test
  void keepsATokenUntilTheYear9999() {
    GateOrigin gate = GateOrigin.parse("https://gate.example");
    OriginToken last =
        new OriginToken(gate, "lzr_1", "n", "ann", Instant.parse("9999-12-31T23:59:59Z"));

    file.put(List.of(last));

    assertThat(file.tokens()).containsExactly(last);
  }

  /// The file has four digits for a year: a hostile gate would make all of it unreadable.
  @ParameterizedTest
  @ValueSource(
      strings = {"+10000-01-01T00:00:00Z", "+1000000000-12-31T23:59:59Z", "-0001-01-01T00:00:00Z"})
  void refusesAnEndThatTheFileCannotHold(String end) {
    GateOrigin gate = GateOrigin.parse("https://gate.example");

    assertThatThrownBy(() -> new OriginToken(gate, "lzr_1", "n", "ann", Instant.parse(end)))
        .isInstanceOf(CredentialException.class)
        .hasMessage(
            "cannot use the token of https://gate.example: expected an end in the years 1970 to"
                + " 9999, found another one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx--x---"})
  void refusesAFileThatOthersCanAccess(String mode) throws IOException {
    file.put(List.of(token("https://gate.example", "lzr_1")));
    Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString(mode));

    String message =
        "cannot read the tokens in '%s': expected a file that only you can read, found %s; run 'chmod 600 %s'"
            .formatted(file.path(), mode, file.path());
    assertThatThrownBy(file::tokens)
        .isInstanceOf(CredentialException.class)
        .hasMessageStartingWith(message);
    assertThatThrownBy(() -> file.put(List.of(token("https://b.example", "lzr_2"))))
        .isInstanceOf(CredentialException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void refusesALinkAndAFolder() throws IOException {
    Files.createDirectories(file.path());
    assertThatThrownBy(file::tokens)
        .isInstanceOf(CredentialException.class)
        .hasMessageContaining("expected a regular file, found a link or a folder");
    Files.delete(file.path());
    Path target = Files.createFile(folder.resolve("target"));
    Files.createSymbolicLink(file.path(), target);

    assertThatThrownBy(file::tokens)
        .isInstanceOf(CredentialException.class)
        .hasMessageContaining("expected a regular file, found a link or a folder");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token = \"lzr_1\"",
        "[\"https://gate.example\"]",
        "[\"https://gate.example\"]\ntoken = \"lzr_1\"\nname = \"n\"",
        "[\"https://gate.example\"]\ntoken = lzr_1\nname = \"n\"\nowner = \"o\"",
        "[\"https://gate.example\"]\ntoken = \"lzr\\u0031\"\nname = \"n\"\nowner = \"o\"",
        "[\"https://Gate.example\"]\ntoken = \"lzr_1\"\nname = \"n\"\nowner = \"o\"",
        "[\"https://gate.example:443\"]\ntoken = \"lzr_1\"\nname = \"n\"\nowner = \"o\"",
        "[a]\ntoken = \"lzr_1\"\nname = \"n\"\nowner = \"o\"",
        """
        ["https://a.b"]
        token = "lzr_1"
        name = "n"
        owner = "o"
        expires = 2026-13-01T00:00:00Z
        """,
        "[\"https://a.b\"]\ntoken = \"lzr_1\"\nname = \"n\"\nowner = \"o\"\nexpires = 2026-12-01",
        "[\"https://a.b\"]\ntoken = \"lzr_1\"\nname = \"n\"\nowner = \"o\"\nnothing"
      })
  void refusesAnotherFormWithoutShowingTokens(String text) throws IOException {
    write(text);

    assertThatThrownBy(file::tokens)
        .isInstanceOf(CredentialException.class)
        .hasMessageStartingWith("cannot read the tokens in '" + file.path() + "': ")
        .hasMessageEndingWith("; remove the file and sign in again")
        .hasMessageNotContaining("lzr");
  }

  @Test
  void refusesTwoTablesForOneGateAndTooManyBytes() throws IOException {
    String table = "[\"https://a.b\"]\ntoken = \"lzr_1\"\nname = \"n\"\nowner = \"o\"\n";
    write(table + table);
    assertThatThrownBy(file::tokens).hasMessageContaining("found another form");

    write("#".repeat(300_000));
    assertThatThrownBy(file::tokens).hasMessageContaining("expected at most 262144 bytes");
  }

  @Test
  void acceptsKeysOfNewerVersions() throws IOException {
    write("[\"https://a.b\"]\ntoken = \"lzr_1\"\nname = \"n\"\nowner = \"o\"\nrole = \"read\"\n");

    assertThat(file.tokens()).hasSize(1);
  }

  private void write(String text) throws IOException {
    Files.createDirectories(file.path().getParent());
    Files.deleteIfExists(file.path());
    Files.createFile(
        file.path(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file.path(), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\"b", "a\\b", "a\nb", "a\u0000", "\u00e9"})
  void refusesSecretsThatWouldChangeTheFile(String secret) {
    assertThatThrownBy(() -> token("https://gate.example", secret))
        .isInstanceOf(CredentialException.class)
        .hasMessageStartingWith("cannot use the token of https://gate.example: expected printable");
  }

  @Test
  void locatesTheFileByTheVariableUnlessItIsRelative() {
    assertThat(CredentialsFile.of(Map.of("XDG_CONFIG_HOME", "/etc/x"), folder).orElseThrow().path())
        .isEqualTo(Path.of("/etc/x/lazaret/credentials.toml"));
    assertThat(CredentialsFile.of(Map.of("XDG_CONFIG_HOME", "x"), folder)).contains(file);
    assertThat(CredentialsFile.of(Map.of("XDG_CONFIG_HOME", ""), folder)).contains(file);
    assertThat(CredentialsFile.of(Map.of(), null)).isEmpty();
    assertThat(CredentialsFile.of(Map.of(), Path.of("relative"))).isEmpty();
  }

  @Test
  void hidesSecretsInTexts() {
    assertThat(token("https://gate.example", "lzr_secret"))
        .hasToString("token login-ann-x-0000 of https://gate.example");
  }
}
