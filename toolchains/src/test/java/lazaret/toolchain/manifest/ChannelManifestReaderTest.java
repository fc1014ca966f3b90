package lazaret.toolchain.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.testkit.Mutator;
import lazaret.testkit.OpenPgpSigner;
import lazaret.testkit.SyntheticChannel;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelManifestReaderTest {
  private static final String X86 = "x86_64-unknown-linux-gnu";
  private static final String ARM = "aarch64-unknown-linux-gnu";
  private static final SyntheticChannel CHANNEL =
      SyntheticChannel.of(
          "1.95.0",
          LocalDate.parse("2026-04-16"),
          OpenPgpSigner.ed25519(Instant.parse("2026-01-01T00:00:00Z")));
  private static final Bytes MANIFEST =
      Optional.ofNullable(CHANNEL.files().get(CHANNEL.manifestPath())).orElseThrow();

  private static ChannelSelection selection(String profile, String... components) {
    return new ChannelSelection("1.95.0", List.of(X86), profile, List.of(components));
  }

  private static List<String> paths(ChannelSelection selection) {
    return List.copyOf(ChannelManifestReader.read(MANIFEST).files(selection).keySet());
  }

  @Test
  void profileHasItsComponentsForTheTarget() {
    assertThat(ChannelManifestReader.read(MANIFEST).date()).isEqualTo("2026-04-16");
    assertThat(paths(selection("minimal")))
        .containsExactly(
            CHANNEL.path("cargo", X86), CHANNEL.path("rust-std", X86), CHANNEL.path("rustc", X86));
  }

  @Test
  void componentsAreAddedByNameOldNameAndTarget() {
    assertThat(paths(selection("minimal", "src"))).contains(CHANNEL.path("rust-src", "*"));
    assertThat(paths(selection("minimal", "rust-src"))).contains(CHANNEL.path("rust-src", "*"));
    assertThat(paths(selection("minimal", "rust-std:" + ARM)))
        .contains(CHANNEL.path("rust-std", ARM))
        .doesNotContain(CHANNEL.path("cargo", ARM));
    assertThat(paths(new ChannelSelection("1.95.0", List.of(X86, ARM), "minimal", List.of())))
        .hasSize(6);
  }

  @ParameterizedTest
  @CsvSource({
    "minimal, miri, the component miri",
    "minimal, rust-std:wasm32-unknown-unknown, the component rust-std:wasm32",
    "tiny, rust-src, the profile tiny",
  })
  void missingPartsAreNamed(String profile, String component, String expected) {
    assertThatThrownBy(() -> paths(selection(profile, component)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.org/dist/a.tar.gz",
        "http://static.rust-lang.org/dist/a.tar.gz",
        "https://static.rust-lang.org/dist/../a.tar.gz",
        "https://static.rust-lang.org/rustup/a.tar.gz",
        "https://static.rust-lang.org/dist/a.tar.gz?x=1",
        "https://static.rust-lang.org.example.org/dist/a.tar.gz",
        "https://static.rust-lang.org/dist//a.tar.gz",
      })
  void addressesThatLeadElsewhereAreRefused(String address) {
    String changed =
        MANIFEST
            .text()
            .replace("https://static.rust-lang.org/" + CHANNEL.path("rustc", ARM), address);
    assertThat(changed).isNotEqualTo(MANIFEST.text());
    assertThatThrownBy(() -> ChannelManifestReader.read(Bytes.utf8(changed)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected an address that begins with");
  }

  @Test
  void xzAndZstArePreferredToGz() {
    String target = "[pkg.rustc.target." + X86 + "]\n";
    String xz =
        "xz_url = \"https://static.rust-lang.org/dist/r.tar.xz\"\nxz_hash = \"%s\"\n"
            .formatted("1".repeat(64));
    String zst = xz.replace("xz", "zst");

    assertThat(rustc(MANIFEST.text().replace(target, target + xz)))
        .containsExactly("dist/r.tar.xz");
    assertThat(rustc(MANIFEST.text().replace(target, target + xz + zst)))
        .containsExactly("dist/r.tar.xz", "dist/r.tar.zst");
    assertThat(rustc(MANIFEST.text().replace(target + "available = true", target)))
        .as("not available")
        .isEmpty();
  }

  private static List<String> rustc(String manifest) {
    Map<String, ToolchainTarget> targets =
        ChannelManifestReader.read(Bytes.utf8(manifest)).packages().getOrDefault("rustc", Map.of());
    return Optional.ofNullable(targets.get(X86)).orElseThrow().files().stream()
        .map(ComponentFile::path)
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "1.95.0, 1.95.0, true",
    "1.95, 1.95.0, true",
    "stable, 1.95.0, true",
    "stable-2026-04-16, 1.95.0, true",
    "stable-2026-04-15, 1.95.0, false",
    "1.95.1, 1.95.0, false",
    "1.9, 1.95.0, false",
    "beta, 1.95.0, false",
    "nightly, 1.95.0, false",
    "beta, 1.96.0-beta.2, true",
    "nightly, 1.97.0-nightly, true",
    "stable, 1.97.0-nightly, false",
    "1.97, 1.97.0-nightly, false",
  })
  void contentBelongsToItsChannel(String channel, String version, boolean fits) {
    ChannelManifest manifest =
        ChannelManifestReader.read(
            Bytes.utf8(
                MANIFEST.text().replace("version = \"1.95.0 ", "version = \"" + version + " ")));
    ChannelSelection selection = new ChannelSelection(channel, List.of(X86), "minimal", List.of());
    if (fits) {
      assertThatCode(() -> manifest.requireChannel(selection)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> manifest.requireChannel(selection))
          .isInstanceOf(MalformedException.class)
          .hasMessageContaining("expected the channel " + channel);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'manifest-version = \"2\"', 'manifest-version = \"3\"'",
    "'date = \"2026-04-16\"', 'date = \"today\"'",
    "'hash = \"', 'hash = \"x'",
    "'[profiles]', '[profiles'",
  })
  void otherFormsAreRefused(String before, String after) {
    assertThatThrownBy(
            () -> ChannelManifestReader.read(Bytes.utf8(MANIFEST.text().replace(before, after))))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("cannot read a manifest of toolchains: ");
  }

  @Test
  void mutatedManifestsAreReadOrRefused() {
    Mutator mutator = new Mutator(522);
    for (int round = Mutator.rounds(500); round > 0; round--) {
      Bytes mutated = Bytes.of(mutator.mutate(MANIFEST.array()));
      try {
        ChannelManifestReader.read(mutated)
            .files(selection("minimal"))
            .keySet()
            .forEach(path -> assertThat(path).startsWith("dist/").doesNotContain(".."));
      } catch (MalformedException e) {
        assertThat(e).hasMessageStartingWith("cannot ");
      }
    }
  }

  @Test
  void readsTheManifestsOfInstalledToolchains() throws IOException {
    Path installed = Path.of(System.getProperty("user.home"), ".rustup", "toolchains");
    assumeTrue(Files.isDirectory(installed), "no toolchain was installed by rustup");
    try (Stream<Path> toolchains = Files.list(installed)) {
      List<Path> manifests =
          toolchains
              .map(each -> each.resolve("lib/rustlib/multirust-channel-manifest.toml"))
              .filter(Files::isRegularFile)
              .toList();
      assumeTrue(!manifests.isEmpty(), "no toolchain was installed by rustup");
      for (Path manifest : manifests) {
        ChannelManifest read = ChannelManifestReader.read(Bytes.of(Files.readAllBytes(manifest)));
        assertThat(read.files(selection("minimal", "clippy", "rust-src")).keySet())
            .hasSize(5)
            .allMatch(path -> path.endsWith(".tar.xz"));
      }
    }
  }
}
