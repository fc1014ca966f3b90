package lazaret.mirror.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.vetting.crates.CratesIo;
import lazaret.vetting.policy.Policy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigSettingsTest {
  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>(Map.of("HOME", "/home/ann"));

  private ConfigSettings read(String... arguments) {
    return ConfigSettings.read(
        new ConfigSettings.Sources(
            ServerCommandLine.parse(List.of(arguments)), environment, folder));
  }

  private String mistakes(String... arguments) {
    try {
      read(arguments);
    } catch (ConfigException e) {
      assertThat(e.code().code()).isEqualTo("config-invalid");
      return String.valueOf(e.getMessage()).replace(folder.toString(), "FOLDER");
    }
    throw new AssertionError("no mistake was found");
  }

  private String file(String toml) throws IOException {
    return Files.writeString(folder.resolve("mirror.toml"), toml).toString();
  }

  @Test
  void startsWithoutAnyConfiguration() {
    MirrorConfig config = MirrorConfig.of(read());

    assertThat(config.dataDir()).isEqualTo(Path.of("/home/ann/.local/share/lazaret"));
    assertThat(config.server().listen()).isEqualTo(new Endpoint("127.0.0.1", 7080));
    assertThat(config.policy()).isEqualTo(Policy.DEFAULT);
    assertThat(config.fetch().location()).hasToString(CratesIo.INDEX);
  }

  @Test
  void keepsTheStoreWhereXdgSays() {
    environment.put("XDG_DATA_HOME", "/srv/data");

    assertThat(MirrorConfig.of(read()).dataDir()).isEqualTo(Path.of("/srv/data/lazaret"));
  }

  @Test
  void ignoresARelativeXdgFolder() {
    environment.put("XDG_DATA_HOME", "data");

    assertThat(MirrorConfig.of(read()).dataDir())
        .isEqualTo(Path.of("/home/ann/.local/share/lazaret"));
  }

  @Test
  void letsTheEnvironmentWinOverTheFileAndOptionsOverBoth() throws IOException {
    String file = file("listen = \"127.0.0.1:1\"\nmode = \"audit\"\noffline = true\n");
    environment.put("LAZARET_LISTEN", "127.0.0.1:2");
    environment.put("LAZARET_MODE", "enforce");

    ConfigSettings settings = read("--config", file, "--listen", "127.0.0.1:3");

    assertThat(settings.value(ConfigKeys.LISTEN).port()).isEqualTo(3);
    assertThat(settings.value(ConfigKeys.MODE)).isEqualTo(Policy.Mode.ENFORCE);
    assertThat(settings.value(ConfigKeys.OFFLINE)).isTrue();
    assertThat(settings.origin(ConfigKeys.LISTEN)).hasToString("option --listen");
    assertThat(settings.origin(ConfigKeys.MODE)).hasToString("environment variable LAZARET_MODE");
    assertThat(settings.origin(ConfigKeys.OFFLINE)).hasToString(file + ":3:1");
    assertThat(settings.origin(ConfigKeys.COOLDOWN)).hasToString("default");
  }

  @Test
  void findsTheFileOfTheUser() throws IOException {
    environment.put("XDG_CONFIG_HOME", folder.toString());
    Path own = Files.createDirectories(folder.resolve("lazaret"));
    Files.writeString(own.resolve("mirror.toml"), "[policy]\ncooldown = \"1d12h\"\n");

    assertThat(MirrorConfig.of(read()).policy().cooldown()).isEqualTo(Duration.ofHours(36));
  }

  @Test
  void resolvesPathsOfTheFileFromItsFolder() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("etc"));
    Path file = Files.writeString(elsewhere.resolve("m.toml"), "data-dir = \"store\"\n");

    assertThat(read("--config", file.toString()).value(ConfigKeys.DATA_DIR))
        .isEqualTo(elsewhere.resolve("store"));
    assertThat(read("--data-dir", "other").value(ConfigKeys.DATA_DIR))
        .isEqualTo(folder.resolve("other"));
  }

  @Test
  void tellsAllMistakesOfAFileAtOnce() throws IOException {
    String file =
        file(
            """
            listn = "127.0.0.1:7080"
            listen = "7080"
            offline = "yes"
            cooldown = "7d"
            [policy]
            cooldown = "a week"
            build-cooldown = 14
            [fetch]
            requests-per-second = -1
            private-hosts = "a"
            [tls]
            certificate = "missing.pem"
            [cahce]
            index-ttl = "1m"
            """);

    ConfigGoldenFiles.hold(
        "mirror-config/src/test/resources/lazaret/mirror/config/mistakes.txt",
        mistakes("--config", file, "--offlin", "--mode", "lax") + "\n");
  }

  @Test
  void placesSyntaxErrorsByLineAndColumn() throws IOException {
    assertThat(mistakes("--config", file("listen = \n"))).startsWith("FOLDER/mirror.toml:1:10: ");
  }

  @Test
  void refusesADeeplyNestedFileBeforeItIsParsed() throws IOException {
    assertThat(mistakes("--config", file("x = " + "[".repeat(200_000))))
        .isEqualTo("FOLDER/mirror.toml:1:69: nested deeper than 64");
  }

  @Test
  void refusesALargeFileAndBytesThatAreNotUtf8() throws IOException {
    assertThat(mistakes("--config", file("#".repeat((1 << 20) + 1))))
        .isEqualTo("FOLDER/mirror.toml:1:1: the file is larger than 1 MiB");
    Path file = Files.write(folder.resolve("mirror.toml"), new byte[] {'#', (byte) 0xe9});
    assertThat(mistakes("--config", file.toString()))
        .isEqualTo("FOLDER/mirror.toml:1:1: the file is not UTF-8");
  }

  @Test
  void saysThatTheNamedFileIsMissing() {
    assertThat(mistakes("--config", "nowhere.toml"))
        .isEqualTo("FOLDER/nowhere.toml:1:1: cannot read the file: there is none");
  }

  @Test
  void hintsAtTheVariableThatWasMeant() {
    environment.put("LAZARET_LISTN", "127.0.0.1:1");
    environment.put("LAZARET_SHARED", "/somewhere");
    environment.put("LAZARET_SOMETHING_ELSE", "1");

    assertThat(mistakes())
        .isEqualTo(
            "environment variable LAZARET_LISTN: there is no such key; did you mean 'LAZARET_LISTEN'?");
  }

  @Test
  void listensElsewhereThanLoopbackOnlyWithAPublicUrl() {
    assertThat(mistakes("--listen", "0.0.0.0:7080"))
        .startsWith("option --listen: 'listen' is '0.0.0.0:7080', which is not a loopback address");

    MirrorConfig config =
        MirrorConfig.of(
            read("--listen", "0.0.0.0:7080", "--public-url", "https://crates.example.org/"));
    assertThat(config.server().publicUrl()).hasToString("https://crates.example.org");
  }

  @Test
  void takesAPublicUrlWithoutAPathOnly() {
    assertThat(mistakes("--public-url", "https://example.org/crates"))
        .contains("expected scheme, host and port only");
  }

  @Test
  void neverRepeatsAPassword() {
    String text = mistakes("--upstream", "https://user:secret@example.org/");

    assertThat(text).contains("expected an address without a password").doesNotContain("secret");
  }

  @Test
  void masksThePasswordOfAProxyWhenPrinted() {
    environment.put("LAZARET_FETCH_PROXY", "http://user:hunter2@proxy.example.org:3128");

    assertThat(read().print())
        .doesNotContain("hunter2")
        .contains("http://***@proxy.example.org:3128")
        .contains("environment variable LAZARET_FETCH_PROXY");
  }

  @Test
  void masksTheKeyInTheAddressOfAWebhookWhenPrinted() {
    environment.put(
        "LAZARET_WEBHOOKS_URLS", "https://a.example.org/x?key=hunter2,https://b.example.org/");
    environment.put("LAZARET_WEBHOOKS_SECRET_FILE", "/dev/null");

    assertThat(read().print())
        .doesNotContain("hunter2")
        .contains("https://a.example.org/x?***")
        .contains("https://b.example.org/");
  }

  @Test
  void printsEveryKeyWithItsPlace() {
    String printed = read("--mode", "audit").print();

    ConfigKeys.ALL.forEach(key -> assertThat(printed).containsPattern("(?m)^" + key.name() + " "));
    assertThat(printed).containsPattern("(?m)^mode +audit +# option --mode$");
  }

  @Test
  void needsCertificateAndKeyTogether() throws IOException {
    environment.put("LAZARET_TLS_KEY", file("x = 1"));

    assertThat(mistakes())
        .isEqualTo(
            "environment variable LAZARET_TLS_KEY: 'tls.key' needs 'tls.certificate' as well");
  }

  @Test
  void refusesABuildCooldownBelowTheOther() {
    environment.put("LAZARET_POLICY_COOLDOWN", "20d");

    assertThat(mistakes())
        .contains("'policy.build-cooldown' is 14d, shorter than 'policy.cooldown' with 20d");
  }

  @Test
  void refusesAnOptionWithoutItsValueAndOneNamedTwice() {
    assertThatThrownBy(() -> read("--listen")).hasMessage("option --listen: needs a value");
    assertThatThrownBy(() -> read("--mode", "audit", "--mode=audit"))
        .hasMessage("option --mode: is named twice");
  }

  @Test
  void refusesAnUpstreamFolderThatIsNotThere() {
    assertThat(mistakes("--upstream", "nowhere"))
        .isEqualTo("option --upstream: 'upstream' is 'FOLDER/nowhere': there is no such folder");
  }

  @Test
  void readsWhatItIsAskedToDo() {
    assertThat(ServerCommandLine.parse(List.of("--help")).asked())
        .isEqualTo(ServerCommandLine.Asked.HELP);
    assertThat(ServerCommandLine.parse(List.of("-V")).asked())
        .isEqualTo(ServerCommandLine.Asked.VERSION);
    assertThat(ServerCommandLine.parse(List.of("--print-config")).asked())
        .isEqualTo(ServerCommandLine.Asked.PRINT_CONFIG);
    assertThat(ServerCommandLine.parse(List.of("--offline")).asked())
        .isEqualTo(ServerCommandLine.Asked.SERVE);
  }
}
