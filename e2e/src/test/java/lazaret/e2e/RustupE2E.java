package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.GateProcess;
import lazaret.e2e.harness.GateSettings;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.RustupProcess;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.OpenPgpSigner;
import lazaret.testkit.RangeFileServer;
import lazaret.testkit.SyntheticChannel;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The real rustup, that of the distribution if there is one, which installs a toolchain from a
/// gate. The channel is synthetic: its programs are scripts.
@Tag("all")
class RustupE2E {
  private static final String VERSION = "1.95.0";
  private static final String TARGET = "x86_64-unknown-linux-gnu";
  private static final LocalDate DATE = LocalDate.parse("2026-01-22");
  private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");

  private final OpenPgpSigner signer = OpenPgpSigner.ed25519(MADE);
  private final SyntheticChannel channel = SyntheticChannel.of(VERSION, DATE, signer);
  private RustupProcess rustup;

  @BeforeEach
  void needsRustup() {
    Optional<RustupProcess> found = RustupProcess.find();
    assumeTrue(found.isPresent(), "rustup is not installed, or this is not an x86-64 machine");
    rustup = found.get();
  }

  private GateProcess gate(RangeFileServer source) throws IOException {
    Path keys = Files.write(rustup.home().resolve("keys.asc"), signer.publicKey().array());
    return GateProcess.start(
        GateSettings.over(WorkFolder.folder("data"), WorkFolder.folder("upstream"))
            .set("toolchains.source", source.url())
            .set("toolchains.key", keys.toString()));
  }

  private static ProgramResult add(GateProcess gate) {
    return CliProcess.beside(gate)
        .run("toolchain", "add", VERSION, "--target", TARGET, "--component", "rust-src");
  }

  private ProgramResult install(String server) {
    return rustup.install(server, VERSION, "--component", "rust-src");
  }

  private Path installed() {
    return rustup.installed(VERSION);
  }

  @Test
  void aToolchainIsInstalledThroughTheGateAlone() throws IOException {
    try (RangeFileServer source = new RangeFileServer(channel.files());
        GateProcess gate = gate(source)) {
      add(gate).ok();
      int asked = source.asked.size();

      install(gate.url() + "/toolchains").ok();

      assertThat(source.asked).hasSize(asked);
      String cargo = installed().resolve("bin/cargo").toString();
      assertThat(rustup.start(gate.url(), List.of(cargo, "--version")).ok().out())
          .contains("cargo 1.95.0 (000000000 2026-01-22)");
      assertThat(installed().resolve("lib/rustlib/src/synthetic.txt")).isRegularFile();
      assertThat(rustup.run(gate.url(), "toolchain", "list").ok().out()).contains(VERSION);
    }
  }

  /// A component that was not stored is missing for rustup: nothing comes from elsewhere.
  @Test
  void aTargetThatWasNotStoredIsNotInstalled() throws IOException {
    try (RangeFileServer source = new RangeFileServer(channel.files());
        GateProcess gate = gate(source)) {
      add(gate).ok();
      String server = gate.url() + "/toolchains";
      install(server).ok();
      int asked = source.asked.size();

      ProgramResult other =
          rustup.run(server, "target", "add", "aarch64-unknown-linux-gnu", "--toolchain", VERSION);

      assertThat(other.exit()).isNotZero();
      assertThat(source.asked).hasSize(asked);
    }
  }

  /// rustup checks the digests that the manifest names and no signature of the manifest. So the
  /// gate must.
  @Test
  void theGateChecksTheSignatureThatRustupDoesNotCheck() throws IOException {
    SyntheticChannel forged =
        SyntheticChannel.of(VERSION, DATE, OpenPgpSigner.ed25519(MADE.plusSeconds(1)));
    try (RangeFileServer source = new RangeFileServer(forged.files());
        GateProcess gate = gate(source)) {
      ProgramResult refused = add(gate);
      assertThat(refused.exit()).isEqualTo(2);
      assertThat(refused.err()).contains("signature");
      assertThat(install(gate.url() + "/toolchains").exit()).isNotZero();

      String withoutGate = source.url().substring(0, source.url().length() - 1);
      install(withoutGate).ok();

      assertThat(installed()).isDirectory();
    }
  }

  @Test
  void changedFilesReachNobody() throws IOException {
    try (RangeFileServer source = new RangeFileServer(channel.files());
        GateProcess gate = gate(source)) {
      var _ = source.files.put(channel.path("cargo", TARGET), Bytes.utf8("another cargo"));

      ProgramResult refused = add(gate);

      assertThat(refused.exit()).isEqualTo(2);
      assertThat(refused.err()).contains("expected the SHA-256");
      assertThat(install(gate.url() + "/toolchains").exit()).isNotZero();
      assertThat(installed()).doesNotExist();
    }
  }
}
