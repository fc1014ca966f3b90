package lazaret.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialCommandTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final Instant END = Instant.parse("2026-12-28T12:00:00Z");
  private static final String HELLO = "{\"v\":[1]}\n";
  private static final String OTHER_URL = HELLO + "{\"Err\":{\"kind\":\"url-not-supported\"}}\n";
  private static final String INDEX = "sparse+https://gate.example/index/";

  @TempDir Path home;
  private final Map<String, String> environment = new HashMap<>();

  /// The result of a run.
  private record Ran(int exit, String out, String err) {}

  @BeforeEach
  void signIn() {
    store("https://gate.example", "lzr_secret", END);
  }

  private void store(String origin, String secret, @Nullable Instant end) {
    new CredentialsFile(home.resolve(".config/lazaret/credentials.toml"))
        .put(
            List.of(
                new OriginToken(GateOrigin.parse(origin), secret, "login-ann-x-0000", "ann", end)));
  }

  private Ran run(String in, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        CredentialCommand.run(
            new CredentialCommand.Surroundings(
                environment,
                home,
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                Clock.fixed(NOW, ZoneOffset.UTC)),
            List.of(words));
    return new Ran(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private Ran ask(String request) {
    return run(request + "\n", "--cargo-plugin");
  }

  private static String get(String index) {
    return "{\"v\":1,\"kind\":\"get\",\"operation\":\"read\",\"registry\":{\"index-url\":\""
        + index
        + "\",\"name\":\"lazaret\",\"headers\":[\"WWW-Authenticate:"
        + " Cargo\"]},\"args\":[\"cargo-credential\"]}";
  }

  @Test
  void givesTheTokenWithItsExpiry() {
    Ran ran = ask(get(INDEX));

    assertThat(ran)
        .isEqualTo(
            new Ran(
                0,
                HELLO
                    + "{\"Ok\":{\"kind\":\"get\",\"token\":\"lzr_secret\",\"cache\":\"expires\",\"expiration\":1798459200,\"operation_independent\":true}}\n",
                ""));
  }

  @Test
  void givesATokenWithoutExpiryForTheSession() {
    store("https://gate.example", "lzr_other", null);

    assertThat(ask(get(INDEX)).out())
        .isEqualTo(
            HELLO
                + "{\"Ok\":{\"kind\":\"get\",\"token\":\"lzr_other\",\"cache\":\"session\",\"operation_independent\":true}}\n");
  }

  /// The token is the same for each operation: the gate checks its scopes.
  @ParameterizedTest
  @ValueSource(strings = {"publish", "yank", "unyank", "owners"})
  void givesTheTokenForOperationsOnPrivateCrates(String operation) {
    String request =
        get("sparse+https://gate.example/private/index/")
            .replace(
                "\"operation\":\"read\"",
                "\"operation\":\"%s\",\"name\":\"acme-core\",\"vers\":\"1.0.0\",\"cksum\":\"ab\""
                    .formatted(operation));

    assertThat(ask(request).out()).contains("\"token\":\"lzr_secret\"");
  }

  @Test
  void greetsBeforeTheFirstRequest() {
    assertThat(run("", "--cargo-plugin")).isEqualTo(new Ran(0, HELLO, ""));
    assertThat(run("", "cargo-credential", "--cargo-plugin")).isEqualTo(new Ran(0, HELLO, ""));
  }

  @Test
  void answersEachRequestInItsOrder() {
    Ran ran = run(get(INDEX) + "\n" + get("sparse+https://b/index/") + "\n", "--cargo-plugin");

    assertThat(ran.out().lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("{\"v\":[1]}"),
            line -> assertThat(line).startsWith("{\"Ok\":{\"kind\":\"get\""),
            line -> assertThat(line).isEqualTo("{\"Err\":{\"kind\":\"url-not-supported\"}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sparse+https://gate.example:443/index/",
        "sparse+https://GATE.example/index/",
        "sparse+https://gate.example/index/",
        "sparse+https://gate.example/private/index/"
      })
  void acceptsOtherSpellingsOfTheSameOrigin(String index) {
    assertThat(ask(get(index)).out()).contains("\"token\":\"lzr_secret\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sparse+http://gate.example/index/",
        "sparse+https://gate.example:8443/index/",
        "sparse+https://gate.example:444/index/",
        "sparse+https://gate.example./index/",
        "sparse+https://gate.example/Index/",
        "sparse+https://gate.example/index/a/",
        "sparse+https://gate.example/private/private/index/",
        "sparse+https://gate.example/a/private/index/",
        "sparse+https://gate.example/index",
        "sparse+https://user@gate.example/index/",
        "sparse+https://gate.example@evil.example/index/",
        "sparse+https://gate.example.evil.example/index/",
        "sparse+https://evil.example/gate.example/index/",
        "sparse+https://evil.example/?https://gate.example/index/",
        "sparse+https://evil.example/#https://gate.example/index/",
        "sparse+https://www.gate.example/index/",
        "sparse+https://gate-example/index/",
        "sparse+https://gat\u0435.example/index/",
        "sparse+https://xn--gat-nmd.example/index/",
        "sparse+https://gate%2eexample/index/",
        "sparse+https://gate.example%00.evil.example/index/",
        "sparse+https:gate.example/index/",
        "https://gate.example/index/",
        "registry+https://gate.example/index/",
        "https://github.com/rust-lang/crates.io-index",
        ""
      })
  void givesNothingToAnotherIndexAndNamesIt(String index) {
    Ran ran = ask(get(index));

    assertThat(ran.out()).isEqualTo(OTHER_URL);
    assertThat(ran.exit()).isZero();
    assertThat(ran.err())
        .startsWith("vetting-cli: no token for ")
        .hasLineCount(1)
        .doesNotContain("lzr_");
  }

  @Test
  void namesTheRefusedIndexInPrintableAscii() {
    Ran ran = ask(get("sparse+https://evil.example\\u001b[2J/\u202eindex/"));

    assertThat(ran.err())
        .isEqualTo(
            "vetting-cli: no token for 'sparse+https://evil.example?[2J/?index/': expected an index"
                + " like sparse+https://gate.example/index/\n");
  }

  @Test
  void namesTheNextStepForAGateWithoutLogin() {
    assertThat(ask(get("sparse+https://other.example:8443/index/")).err())
        .isEqualTo(
            "vetting-cli: no token for https://other.example:8443: you did not sign in there; if"
                + " you trust it, run 'vetting-cli login --server https://other.example:8443'\n");
  }

  @Test
  void sendsNoTokenReadableOverTheNetwork() {
    store("http://gate.example", "lzr_clear", END);
    store("http://127.0.0.1:7080", "lzr_local", END);

    Ran ran = ask(get("sparse+http://gate.example/index/"));

    assertThat(ran.out()).isEqualTo(OTHER_URL);
    assertThat(ran.err())
        .isEqualTo(
            "vetting-cli: no token for 'sparse+http://gate.example/index/': cargo would send it"
                + " readable for the network; use https\n");
    assertThat(ask(get("sparse+http://127.0.0.1:7080/index/")).out()).contains("lzr_local");
  }

  @Test
  void findsNoExpiredToken() {
    store("https://gate.example", "lzr_old", NOW);

    Ran ran = ask(get(INDEX));

    assertThat(ran.out()).isEqualTo(HELLO + "{\"Err\":{\"kind\":\"not-found\"}}\n");
    assertThat(ran.err())
        .isEqualTo(
            "vetting-cli: no token for https://gate.example: the login expired; if you trust it,"
                + " run 'vetting-cli login --server https://gate.example'\n");
  }

  @Test
  void refersToCommandsForLoginAndLogout() {
    String unsupported = HELLO + "{\"Err\":{\"kind\":\"operation-not-supported\"}}\n";

    Ran login = ask(get(INDEX).replace("\"get\"", "\"login\""));
    assertThat(login.out()).isEqualTo(unsupported);
    assertThat(login.err())
        .isEqualTo(
            "vetting-cli: cargo does not sign in there; if you trust it, run 'vetting-cli login"
                + " --server https://gate.example'\n");

    Ran logout = ask(get(INDEX).replace("\"get\"", "\"logout\""));
    assertThat(logout.out()).isEqualTo(unsupported);
    assertThat(logout.err())
        .isEqualTo(
            "vetting-cli: cargo does not sign out there; run 'vetting-cli logout --server"
                + " https://gate.example'\n");

    assertThat(ask(get("sparse+https://b/index/").replace("\"get\"", "\"logout\"")).out())
        .isEqualTo(OTHER_URL);
    assertThat(ask(get(INDEX).replace("\"get\"", "\"dance\"")).out()).isEqualTo(unsupported);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "{}",
        "[]",
        "{\"v\":2,\"kind\":\"get\",\"registry\":{\"index-url\":\"sparse+https://gate.example/index/\"}}",
        "{\"v\":1,\"kind\":\"get\"}",
        "{\"v\":1,\"kind\":\"get\",\"registry\":{}}",
        "{\"v\":1,\"kind\":7,\"registry\":{\"index-url\":\"sparse+https://gate.example/index/\"}}",
        "{\"v\":1,\"kind\":\"get\",\"registry\":{\"index-url\":\"sparse+https://gate.example/index/\"}}"
            + " x"
      })
  void reportsRequestsOfAnotherForm(String request) {
    Ran ran = ask(request);

    assertThat(ran.out())
        .startsWith(HELLO + "{\"Err\":{\"kind\":\"other\",\"message\":\"cannot read the request of")
        .endsWith("\",\"caused-by\":[]}}\n")
        .doesNotContain("lzr_");
    assertThat(ran.exit()).isZero();
  }

  @Test
  void reportsALineThatIsTooLong() {
    assertThat(ask(get(INDEX) + " ".repeat(70_000)).out())
        .contains("\"kind\":\"other\"", "expected at most 65536 bytes in a line, found more");
  }

  @Test
  void reportsAFileThatOthersCanRead() throws IOException {
    Path file = home.resolve(".config/lazaret/credentials.toml");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    Ran ran = ask(get(INDEX));

    assertThat(ran.out()).contains("\"kind\":\"other\"", "chmod 600").doesNotContain("lzr_");
    assertThat(ran.err()).contains("expected a file that only you can read, found rw-r--r--");
  }

  @Test
  void printsTheTokenAloneForTheOlderProtocol() {
    environment.put("CARGO_REGISTRY_INDEX_URL", INDEX);
    environment.put("CARGO_REGISTRY_NAME_OPT", "lazaret");

    assertThat(run("", "cargo-credential")).isEqualTo(new Ran(0, "lzr_secret\n", ""));
    assertThat(run("", "cargo-credential", INDEX)).isEqualTo(new Ran(0, "lzr_secret\n", ""));
    environment.clear();
    assertThat(run("", "cargo-credential", INDEX)).isEqualTo(new Ran(0, "lzr_secret\n", ""));
  }

  @Test
  void printsNothingForAnotherIndexInTheOlderProtocol() {
    environment.put("CARGO_REGISTRY_INDEX_URL", "sparse+https://evil.example/index/");

    Ran ran = run("", "cargo-credential");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith("vetting-cli: no token for https://evil.example: you did not");
  }

  @Test
  void anArgumentOfAProjectDoesNotReplaceTheIndex() {
    environment.put("CARGO_REGISTRY_INDEX_URL", "sparse+https://evil.example/index/");

    Ran ran = run("", "cargo-credential", INDEX);

    assertThat(ran)
        .isEqualTo(
            new Ran(
                1,
                "",
                "vetting-cli: no token for 'sparse+https://evil.example/index/': the configuration"
                    + " of cargo names another index as argument\n"));
    String arguments = get("sparse+https://evil.example/index/").replace("cargo-credential", INDEX);
    assertThat(ask(arguments).out()).isEqualTo(OTHER_URL);
  }

  @Test
  void refusesACommandLineWithoutAnIndex() {
    for (String[] words :
        new String[][] {{"cargo-credential"}, {"cargo-credential", INDEX, INDEX}}) {
      Ran ran = run("", words);

      assertThat(ran.exit()).isEqualTo(2);
      assertThat(ran.out()).isEmpty();
      assertThat(ran.err()).startsWith("error: cannot find the registry: expected CARGO_REGISTRY_");
    }
  }

  @Test
  void printsItsHelp() {
    assertThat(run("", "cargo-credential", "--help").out())
        .startsWith("Give cargo the token of your login\n\nUsage: vetting-cli cargo-credential")
        .contains("credential-provider = ['vetting-cli', 'cargo-credential']");
  }

  @Test
  void isNamedByItsWords() {
    assertThat(CredentialCommand.isNamed(List.of("cargo-credential"))).isTrue();
    assertThat(CredentialCommand.isNamed(List.of("--cargo-plugin"))).isTrue();
    assertThat(CredentialCommand.isNamed(List.of("status", "cargo-credential"))).isFalse();
    assertThat(CredentialCommand.isNamed(List.of())).isFalse();
  }
}
