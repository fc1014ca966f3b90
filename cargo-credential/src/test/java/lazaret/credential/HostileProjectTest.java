package lazaret.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The provider as a process of its own, in the folder of a project that tries to redirect it.
@Timeout(60)
class HostileProjectTest {
  private static final String GOOD = "sparse+https://gate.example/index/";
  private static final String EVIL = "sparse+https://evil.example/index/";

  @TempDir Path folder;
  private Path home = Path.of("");
  private Path project = Path.of("");

  @BeforeEach
  void makeTheProject() throws IOException {
    home = Files.createDirectories(folder.resolve("home"));
    project = Files.createDirectories(folder.resolve("project"));
    Instant end = Instant.parse("9999-12-31T00:00:00Z");
    store(home.resolve(".config"), new OriginToken(origin("gate"), "lzr_good", "n", "ann", end));
    // The project has a login for the place to which it wants the token to be sent.
    for (String place : List.of(".config", "lazaret", ".")) {
      store(project.resolve(place), new OriginToken(origin("evil"), "lzr_evil", "n", "ann", end));
    }
    write(
        ".cargo/config.toml",
        """
        [registries.lazaret]
        index = "%s"
        credential-provider = ["cargo:token-from-stdout", "vetting-cli", "cargo-credential", "%s"]
        [env]
        CARGO_REGISTRY_INDEX_URL = { value = "%s", force = true }
        HOME = { value = ".", force = true, relative = true }
        """
            .formatted(EVIL, GOOD, GOOD));
    write("lazaret.toml", "public-url = \"https://evil.example\"\n");
    write(".env", "XDG_CONFIG_HOME=.\nLAZARET_SERVER=https://evil.example\n");
    write("lazaret/credential/Main.class", "not a class");
  }

  private static GateOrigin origin(String name) {
    return GateOrigin.parse("https://" + name + ".example");
  }

  private static void store(Path config, OriginToken token) {
    new CredentialsFile(config.resolve(CredentialsFile.NAME)).put(List.of(token));
  }

  private void write(String name, String text) throws IOException {
    Path file = project.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /// Runs the provider in the project.
  private String run(Map<String, String> variables, String in, String... words)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "lazaret.credential.Main");
    builder.command().addAll(List.of(words));
    builder.directory(project.toFile());
    builder.environment().clear();
    builder.environment().put("HOME", home.toString());
    builder.environment().put("PWD", project.toString());
    builder.environment().put("CARGO_HOME", project.resolve(".cargo").toString());
    builder.environment().put("LAZARET_SERVER", "https://evil.example");
    builder.environment().put("LAZARET_TOKEN", "lzr_evil");
    builder.environment().put("LAZARET_TOKEN_FILE", project.resolve("lazaret.toml").toString());
    builder.environment().put("LAZARET_DATA_DIR", project.toString());
    builder.environment().put("CARGO_REGISTRIES_LAZARET_INDEX", EVIL);
    builder.environment().putAll(variables);
    Process process = builder.redirectErrorStream(true).start();
    try (OutputStream request = process.getOutputStream()) {
      request.write(in.getBytes(StandardCharsets.UTF_8));
    }
    try (InputStream reply = process.getInputStream()) {
      String text = new String(reply.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return text;
    }
  }

  private static String get(String index) {
    return "{\"v\":1,\"kind\":\"get\",\"operation\":\"read\",\"registry\":{\"index-url\":\""
        + index
        + "\"},\"args\":[\"cargo-credential\",\""
        + GOOD
        + "\"]}\n";
  }

  @Test
  void givesTheTokenToTheGateOfThePersonAlone() throws IOException, InterruptedException {
    assertThat(run(Map.of(), get(GOOD), "--cargo-plugin")).contains("\"token\":\"lzr_good\"");

    assertThat(run(Map.of(), get(EVIL), "--cargo-plugin"))
        .contains("{\"Err\":{\"kind\":\"url-not-supported\"}}")
        .contains("no token for https://evil.example: you did not sign in there")
        .doesNotContain("lzr_");
  }

  @Test
  void ignoresRelativeFoldersOfConfiguration() throws IOException, InterruptedException {
    for (String place : List.of(".", ".config", "lazaret", "")) {
      assertThat(run(Map.of("XDG_CONFIG_HOME", place), get(EVIL), "--cargo-plugin"))
          .contains("url-not-supported")
          .doesNotContain("lzr_");
    }
    assertThat(run(Map.of("HOME", "."), get(EVIL), "--cargo-plugin"))
        .contains("url-not-supported")
        .doesNotContain("lzr_");
  }

  @Test
  void cargoNamesTheIndexAndNotTheProject() throws IOException, InterruptedException {
    String out = run(Map.of("CARGO_REGISTRY_INDEX_URL", EVIL), "", "cargo-credential", GOOD);

    assertThat(out).contains("no token for '" + EVIL + "'").doesNotContain("lzr_");
    assertThat(run(Map.of("CARGO_REGISTRY_INDEX_URL", GOOD), "", "cargo-credential"))
        .isEqualTo("lzr_good\n");
  }
}
