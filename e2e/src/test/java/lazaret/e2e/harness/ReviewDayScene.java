package lazaret.e2e.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;

/// A gate for one day of a reviewer. Its upstream has old releases, which are approved, and young
/// ones that a person must read. Its policy requires reading, and a second person for signals.
/// Persons sign in at an identity provider, which the test starts.
///
/// @param scene the gate and its upstream
/// @param issuer the address of the identity provider
public record ReviewDayScene(GateScene scene, String issuer) implements AutoCloseable {
  private static final String ROLES =
      "{\"role\":[{\"group\":\"lazaret-admins\",\"role\":\"admin\"},"
          + "{\"group\":\"lazaret-reviewers\",\"role\":\"reviewer\"},"
          + "{\"group\":\"lazaret-developers\",\"role\":\"requester\"}]}";

  private static final String POLICY =
      """
      [build-scripts]
      allow = []
      other = "review"

      [approvals]
      second-person = ["signals"]
      requester-may-approve = false
      """;

  /// Crates without dependencies, for decisions apart from those of the day.
  private static final List<String> OTHERS = List.of("loss-log", "tone-map", "wave-cut");

  /// The part of the policy that is added once the old releases are approved.
  private static final String READING =
      "min-read = { build-script = 100, macro = 100, runtime = 100 }\n";

  /// Starts the gate. The test is skipped if there is no cargo.
  public static ReviewDayScene start() {
    assumeTrue(Machine.rust().isPresent(), "there is no cargo in the search path");
    String issuer = "http://localhost:" + Machine.freePort();
    String listen = "127.0.0.1:" + Machine.freePort();
    Path policy = WorkFolder.folder("policy").resolve("policy.toml");
    write(policy, POLICY);
    GateScene scene =
        GateScene.of(
            registry(),
            settings ->
                settings
                    .impatient()
                    .argument("--listen", listen)
                    .set("public-url", "http://" + listen)
                    .set("auth-required", "true")
                    .set("policy-file", policy.toString())
                    .set("sign-in.issuer", issuer)
                    .set("sign-in.client-id", "desk")
                    .set("sign-in.role", ROLES));
    approve(scene, "frame-bits@1.0.0", "relay-codec@1.0.0", "page-seal@1.0.0");
    OTHERS.forEach(crate -> approve(scene, crate + "@1.0.0"));
    write(policy, POLICY + READING);
    GateScene.await("the policy", () -> scene.http().desk("/policy").text().contains("min-read"));
    return new ReviewDayScene(scene, issuer);
  }

  private static void approve(GateScene scene, String... specs) {
    for (String spec : specs) {
      assertThat(scene.http().decide("approve", "read when it was added", spec).status())
          .isEqualTo(200);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /// Returns the variables of the environment that the test reads.
  public Map<String, String> variables() {
    return Map.of(
        "DAY_URL",
        scene.gate().url(),
        "DAY_TOKEN",
        scene.gate().token(),
        "DAY_ISSUER",
        issuer,
        "DAY_FOLDER",
        WorkFolder.folder("day").toString(),
        "DAY_RUST",
        Machine.rust().orElseThrow().toString());
  }

  /// Returns `relay-codec`, which requires `frame-bits`, `page-seal` and the others, each with a
  /// young release whose build script changed. That of `page-seal` opens a connection.
  private static FixtureRegistry registry() {
    Instant old = Instant.now().minus(90, ChronoUnit.DAYS);
    Instant yesterday = Instant.now().minus(1, ChronoUnit.DAYS);
    FixtureRegistry registry = new FixtureRegistry();
    registry.publish(frameBits("1.0.0", ""), old);
    registry.publish(relayCodec("1.0.0", "", "^1"), old);
    registry.publish(CrateBuilder.crate("page-seal", "1.0.0"), old);
    registry.publish(
        frameBits("1.1.0", "    println!(\"cargo::rustc-env=FRAME_BITS=64\");\n"), yesterday);
    registry.publish(
        relayCodec("1.1.0", "    println!(\"cargo::rerun-if-env-changed=RELAY\");\n", "^1.1"),
        yesterday);
    registry.publish(
        CrateBuilder.crate("page-seal", "1.1.0")
            .buildScript("fn main() {\n    let _ = std::net::TcpStream::connect(\"[::1]:9\");\n}\n")
            .file("src/lib.rs", "pub fn touch() {}\n\npub fn seal() {}\n"),
        yesterday);
    for (String crate : OTHERS) {
      registry.publish(CrateBuilder.crate(crate, "1.0.0").buildScript(script("")), old);
      registry.publish(
          CrateBuilder.crate(crate, "1.1.0")
              .buildScript(script("    println!(\"cargo::rerun-if-env-changed=LEVEL\");\n")),
          yesterday);
    }
    return registry;
  }

  private static CrateBuilder frameBits(String version, String line) {
    return CrateBuilder.crate("frame-bits", version)
        .buildScript(script(line))
        .file("src/lib.rs", "pub fn touch() {}\n" + (line.isEmpty() ? "" : "\npub fn wide() {}\n"));
  }

  private static CrateBuilder relayCodec(String version, String line, String req) {
    String more = line.isEmpty() ? "" : "    frame_bits::wide();\n";
    return CrateBuilder.crate("relay-codec", version)
        .dependency("frame-bits", req)
        .buildScript(script(line))
        .file("src/lib.rs", "pub fn touch() {\n    frame_bits::touch();\n" + more + "}\n");
  }

  private static String script(String line) {
    return "fn main() {\n    println!(\"cargo::rerun-if-changed=build.rs\");\n" + line + "}\n";
  }

  @Override
  public void close() {
    scene.close();
  }
}
