package lazaret.e2e.harness;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import lazaret.testkit.JsonObject;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;

/// The identity provider Keycloak in its own process, with the realm `company`. Maven fetches its
/// distribution of 176 MB. Thread-safe after the start.
public final class KeycloakProcess implements AutoCloseable {
  /// The id under which the desk is registered.
  public static final String CLIENT = "desk";

  private static final String SECRET = "secret-of-the-desk";

  private static final String VERSION = "26.7.3";
  private static final String SHA_256 =
      "77657f30b7e90d70f727712ce1c967f430fd6a5e9f458d32d8c6df0635345f47";
  private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy";
  private static final Path REALM =
      Machine.root().resolve("e2e/src/test/resources/keycloak/realm.json");
  private static final String ADMIN = "the-administrator";
  private static final Duration FETCH = Duration.ofMinutes(10);
  private static final Duration START = Duration.ofMinutes(5);
  private static final Duration STOP = Duration.ofSeconds(30);

  private final Process process;
  private final Path log;
  private final String url;

  private KeycloakProcess(Process process, Path log, String url) {
    this.process = process;
    this.log = log;
    this.url = url;
  }

  /// Starts the provider and waits until it replies. The test is skipped, with the reason, if the
  /// distribution cannot be fetched.
  ///
  /// @param desk the address of the gate: scheme, host and port
  /// @throws AssertionError if the distribution is another one or the provider does not start
  public static KeycloakProcess start(String desk) {
    try {
      Path folder = WorkFolder.folder("keycloak");
      Path home = unpacked(fetched(folder), folder);
      Path imported = Files.createDirectories(home.resolve("data/import"));
      Files.writeString(
          imported.resolve("realm.json"), Files.readString(REALM).replace("DESK", desk));
      int port = Machine.freePort();
      Path log = folder.resolve("log");
      KeycloakProcess keycloak =
          new KeycloakProcess(
              command(home, port).redirectErrorStream(true).redirectOutput(log.toFile()).start(),
              log,
              "http://localhost:" + port);
      keycloak.awaitStart();
      return keycloak;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start Keycloak", e);
    }
  }

  private static Path fetched(Path folder) throws IOException {
    Optional<Path> maven = Machine.program("mvn");
    assumeTrue(maven.isPresent(), "there is no mvn in the search path");
    ProgramResult copied =
        ProgramResult.of(
            new ProcessBuilder(
                    maven.orElseThrow().toString(),
                    "-q",
                    "-B",
                    "-ntp",
                    COPY,
                    "-Dartifact=org.keycloak:keycloak-quarkus-dist:" + VERSION + ":tar.gz",
                    "-DoutputDirectory=" + folder)
                .directory(folder.toFile()),
            FETCH);
    assumeTrue(copied.exit() == 0, "Maven cannot fetch Keycloak " + VERSION);
    Path packed = folder.resolve("keycloak-quarkus-dist-" + VERSION + ".tar.gz");
    String found = Sha256.of(Bytes.of(Files.readAllBytes(packed))).hex();
    if (!found.equals(SHA_256)) {
      throw new AssertionError(packed + " has another SHA-256 than the pinned one: " + found);
    }
    return packed;
  }

  private static Path unpacked(Path packed, Path folder) throws IOException {
    Programs.run(FETCH, "tar", "-xzf", packed.toString(), "-C", folder.toString()).ok();
    Files.delete(packed);
    return folder.resolve("keycloak-" + VERSION);
  }

  private static ProcessBuilder command(Path home, int port) {
    ProcessBuilder builder =
        new ProcessBuilder(
            home.resolve("bin/kc.sh").toString(),
            "start-dev",
            "--import-realm",
            "--db=dev-mem",
            "--cache=local",
            "--http-host=127.0.0.1",
            "--http-port=" + port,
            "--hostname=http://localhost:" + port);
    Map<String, String> environment = builder.environment();
    Machine.clean(environment);
    environment.keySet().removeIf(name -> name.startsWith("KC_"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m -XX:TieredStopAtLevel=1");
    environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
    environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN);
    return builder;
  }

  private void awaitStart() {
    long end = System.nanoTime() + START.toNanos();
    while (!replies()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        close();
        throw new AssertionError("Keycloak did not start:\n" + log());
      }
      try {
        Thread.sleep(Duration.ofMillis(500));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  private boolean replies() {
    try {
      return new FormClient().open(issuer() + "/.well-known/openid-configuration").status() == 200;
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  private String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns the issuer of the realm.
  public String issuer() {
    return url + "/realms/company";
  }

  /// Writes a file with the secret of the client.
  public static Path secretFile() {
    try {
      Path file = WorkFolder.folder("secret").resolve("sign-in.secret");
      return Files.writeString(file, SECRET + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns the password of a person of the realm.
  public static String password(String person) {
    return "password of " + person;
  }

  /// Makes the realm sign with a new key. The former one remains in the key set.
  public void rotateKeys() {
    FormClient client = new FormClient();
    FormClient.Page token =
        client.post(
            url + "/realms/master/protocol/openid-connect/token",
            Map.of(
                "grant_type",
                "password",
                "client_id",
                "admin-cli",
                "username",
                ADMIN,
                "password",
                ADMIN));
    FormClient.Page made =
        client.postJson(
            url + "/admin/realms/company/components",
            """
            {"name":"next","providerId":"rsa-generated","providerType":"org.keycloak.keys.KeyProvider",
             "config":{"priority":["200"],"algorithm":["RS256"],"keySize":["2048"]}}
            """,
            JsonObject.parse(token.text()).words("access_token"));
    if (made.status() != 201) {
      throw new AssertionError("cannot rotate the keys: " + made);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
