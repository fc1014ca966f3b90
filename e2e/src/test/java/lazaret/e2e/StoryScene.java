package lazaret.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lazaret.bundle.trust.SiteTrust;
import lazaret.bundle.tuf.CanonicalJson;
import lazaret.e2e.harness.ChannelServer;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.PrivateScene;
import lazaret.e2e.harness.SandboxScene;
import lazaret.e2e.harness.SignedRelease;
import lazaret.e2e.harness.WorkFolder;
import lazaret.e2e.packages.PackageBuild;
import lazaret.testkit.BareRepository;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.GitHttpServer;
import lazaret.testkit.JsonObject;
import lazaret.testkit.OpenPgpSigner;
import lazaret.testkit.SyntheticChannel;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// The outside of [StoryE2E]: a gate with private crates, a Git server, a host of toolchains, a
/// release, and the keys of a stream.
final class StoryScene implements AutoCloseable {
  /// The version of the toolchain that the company pins.
  static final String RUST = "1.95.0";

  private static final String SECRET = "correct horse battery staple";
  private static final OpenPgpSigner SIGNER =
      OpenPgpSigner.ed25519(Instant.parse("2026-01-01T00:00:00Z"));

  private final Path office = WorkFolder.folder("office");
  private final Path keys = office.resolve("keys");
  private final Path medium = WorkFolder.folder("medium");
  private final Path socket = WorkFolder.folder("service").resolve("s");
  private final SyntheticChannel channel =
      SyntheticChannel.of(RUST, LocalDate.parse("2026-01-22"), SIGNER);
  private final SignedRelease release;
  private final ChannelServer channels;
  private final String commit;
  private final GitHttpServer git;
  private final String fingerprint;
  private PrivateScene gate;
  private @Nullable Process service;

  /// Packs the release, makes the keys and starts the servers.
  StoryScene() throws IOException, GeneralSecurityException {
    release =
        SignedRelease.make(PackageBuild.plainArchives().named("lazaret-0", "-linux-x86_64.tar.gz"));
    Path repositories = WorkFolder.folder("git");
    commit =
        new BareRepository(repositories.resolve("tool"))
            .commit(
                Map.of(
                    "Cargo.toml",
                    "[package]\nname = \"tool\"\nversion = \"1.0.0\"\nedition = \"2021\"\n",
                    "src/lib.rs",
                    "pub fn two() -> u8 { 2 }\n"));
    git = new GitHttpServer(repositories);
    channels = new ChannelServer(channel.files());
    fingerprint = ceremony();
    gate = PrivateScene.of(registry(), "acme-*", "hold = \"none\"\n", settings());
  }

  private static FixtureRegistry registry() {
    return Crates.aged(
        CrateBuilder.crate("alpha", "1.0.0").file("src/lib.rs", "pub fn a() {}\n"),
        CrateBuilder.crate("alpha", "1.1.0").file("src/lib.rs", "pub fn a() {}\n"),
        CrateBuilder.crate("beta", "1.0.0")
            .dependency("alpha", "=1.1.0")
            .file(
                "src/lib.rs",
                """
                //! The second letter.

                /// Does what the first letter does.
                pub fn b() {
                    alpha::a()
                }
                """));
  }

  /// Makes keys and a root that names what the inside accepts, and returns its fingerprint.
  private String ceremony() throws IOException {
    SiteTrust trust =
        new SiteTrust(
            List.of(
                new SiteTrust.ToolchainKey(
                    SIGNER.fingerprint().toUpperCase(Locale.ROOT), Sha256.of(SIGNER.packet()))),
            List.of(release.key()),
            List.of(),
            List.of(git.host()));
    Path site =
        Files.write(office.resolve("site.json"), CanonicalJson.document(trust.form()).array());
    Files.writeString(office.resolve("passphrase"), SECRET + "\n");
    String reply =
        CliProcess.alone()
            .env("LAZARET_PASSPHRASE", SECRET)
            .run(
                "keys",
                "ceremony",
                "--operator",
                "me",
                "--stream",
                "prod",
                "--site",
                site.toString(),
                "--out",
                keys.toString(),
                "--json")
            .ok()
            .out();
    return JsonObject.parse(reply).words("fingerprint");
  }

  /// Returns the tables of the gate's configuration.
  private String settings() throws IOException {
    Path key = Files.write(office.resolve("rust.asc"), SIGNER.publicKey().array());
    return """

        [detonation]
        socket = "%s"

        [fetch]
        private-hosts = ["127.0.0.1"]

        [toolchains]
        source = "%s"
        key = "%s"

        [git-sources]
        hosts = ["%s"]

        [results]
        sign-key = "%s"
        passphrase-file = "%s"
        """
        .formatted(
            socket,
            channels.url(),
            key,
            git.host(),
            keys.resolve("decisions.key.json"),
            office.resolve("passphrase"));
  }

  /// Starts the sandbox service, which builds documentation. Without a sandbox on this machine the
  /// test is skipped.
  void serveSandbox() throws IOException {
    var _ = SandboxScene.sandbox();
    var _ = SandboxScene.toolchain();
    service =
        CliProcess.beside(gate.scene().gate())
            .start(
                "sandbox",
                "serve",
                "--user",
                Files.getOwner(Path.of("/proc/self")).getName(),
                "--socket",
                socket.toString(),
                "--cache",
                WorkFolder.folder("service-cache").toString());
    GateScene.await("the service listens", () -> Files.exists(socket));
  }

  /// Returns whether the sandbox service was started.
  boolean isSandboxServed() {
    return service != null;
  }

  /// Returns the command line beside the gate.
  CliProcess cli(Instant now) {
    return CliProcess.beside(gate.scene().gate()).at(now).env("LAZARET_PASSPHRASE", SECRET);
  }

  /// Writes a bundle to the medium, and returns the reply.
  JsonObject export(Instant now, List<String> more) {
    List<String> words =
        new ArrayList<>(
            List.of("bundle", "export", medium.toString(), "--keys", keys.toString(), "--json"));
    words.addAll(more);
    return JsonObject.parse(cli(now).run(words.toArray(String[]::new)).ok().out());
  }

  /// Copies the first root to the medium, and returns the copy.
  Path rootOnMedium() throws IOException {
    return Files.copy(keys.resolve("roots/1.root.json"), medium.resolve("1.root.json"));
  }

  /// Copies the public key of inspection results into a new folder, and returns the folder.
  Path keysOfResults() throws IOException {
    Path trusted = WorkFolder.folder("trusted");
    Files.copy(keys.resolve("decisions.pub.json"), trusted.resolve("outside.pub.json"));
    return trusted;
  }

  /// Stops the gate and starts it again with a clock that begins at a given time.
  void restartAt(Instant moment) {
    gate = gate.restartedAt(moment);
  }

  /// Returns the gate.
  PrivateScene gate() {
    return gate;
  }

  /// Returns the channel of the toolchain.
  SyntheticChannel channel() {
    return channel;
  }

  /// Returns the release that bundles carry.
  SignedRelease release() {
    return release;
  }

  /// Returns the fingerprint of the first root, which travels on paper.
  String fingerprint() {
    return fingerprint;
  }

  /// Returns the line of a manifest for the Git dependency.
  String gitDependency() {
    return "tool = { git = \"%s\", rev = \"%s\" }".formatted(git.url("tool"), commit);
  }

  /// Stops the Git server.
  void stopGit() {
    git.stop();
  }

  @Override
  public void close() {
    if (service != null) {
      service.destroy();
    }
    gate.close();
    git.close();
    channels.close();
  }
}
