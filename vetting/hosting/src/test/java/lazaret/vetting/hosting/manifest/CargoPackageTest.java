package lazaret.vetting.hosting.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.ArchiveReadResult;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.DependencyKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lets the real cargo package crates, and reads the manifests that it normalizes. Skipped without
/// cargo.
class CargoPackageTest {
  private static final String INDEX = "https://crates.acme.example/private/index/";
  private static final RegistryAddresses HERE = new RegistryAddresses(List.of(INDEX));

  @TempDir Path folder;

  private static boolean hasCargo() {
    try {
      return new ProcessBuilder("cargo", "--version")
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor(20, TimeUnit.SECONDS);
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /// Writes a crate into the folder from which cargo takes all registries.
  private void vendor(String name) throws IOException {
    write(
        "vendor/" + name + "/Cargo.toml",
        "[package]\nname = \"%s\"\nversion = \"1.2.0\"\nedition = \"2021\"\n[features]\nstd = []\n"
            .formatted(name));
    write("vendor/" + name + "/src/lib.rs", "");
    write(
        "vendor/" + name + "/.cargo-checksum.json",
        "{\"files\":{},\"package\":\"%s\"}".formatted(Sha256.of(Bytes.utf8(name)).hex()));
  }

  private PublishedManifest packaged(String dependencies) throws IOException, InterruptedException {
    assumeTrue(hasCargo(), "there is no cargo on the path");
    vendor("public-dep");
    vendor("acme-dep");
    write(
        "app/.cargo/config.toml",
        """
        [registries.acme]
        index = "sparse+%1$s"
        [source.crates-io]
        replace-with = "vendored"
        [source."sparse+%1$s"]
        registry = "sparse+%1$s"
        replace-with = "vendored"
        [source.vendored]
        directory = "%2$s"
        """
            .formatted(INDEX, folder.resolve("vendor")));
    write(
        "app/Cargo.toml",
        """
        [package]
        name = "acme-app"
        version = "0.1.0"
        edition = "2021"
        description = "an app"
        license = "MIT"
        [workspace]
        %s
        """
            .formatted(dependencies));
    write("app/src/lib.rs", "");
    Process cargo =
        new ProcessBuilder(List.of("cargo", "package", "--offline", "--no-verify", "--allow-dirty"))
            .directory(folder.resolve("app").toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    boolean ended = cargo.waitFor(120, TimeUnit.SECONDS);
    assertThat(ended).isTrue();
    assertThat(cargo.exitValue()).as(Files.readString(folder.resolve("log"))).isZero();
    return read(folder.resolve("app/target/package/acme-app-0.1.0.crate"));
  }

  private static PublishedManifest read(Path crate) throws IOException {
    List<Bytes> manifests = new ArrayList<>();
    ArchiveReadResult walked =
        new CrateArchive(
                CrateName.parse("acme-app"),
                CrateVersion.parse("0.1.0"),
                Bytes.of(Files.readAllBytes(crate)))
            .walk(
                InspectLimits.DEFAULT,
                (entry, content) -> {
                  if (entry.path().equals("Cargo.toml")) {
                    manifests.add(content.read(1 << 20));
                  }
                });
    assertThat(walked.problems()).isEmpty();
    return PublishedManifestReader.read(manifests.getFirst(), HERE);
  }

  @Test
  void readsWhatCargoNormalizes() throws IOException, InterruptedException {
    PublishedManifest manifest =
        packaged(
            """
            [dependencies]
            public-dep = { version = "1", features = ["std"], optional = true }
            ours = { version = "1.2", package = "acme-dep", registry = "acme" }
            [target.'cfg(windows)'.build-dependencies]
            public-dep = { version = "1", default-features = false }
            [features]
            more = ["dep:public-dep", "public-dep?/std"]
            """);

    assertThat(manifest.name().published()).isEqualTo("acme-app");
    assertThat(manifest.dependencies())
        .extracting(
            PublishedDependency::name, PublishedDependency::kind, PublishedDependency::isHere)
        .containsExactly(
            tuple("ours", DependencyKind.NORMAL, true),
            tuple("public-dep", DependencyKind.NORMAL, false),
            tuple("public-dep", DependencyKind.BUILD, false));
    assertThat(manifest.dependencies().getFirst().crate().published()).isEqualTo("acme-dep");
    assertThat(manifest.dependencies().getFirst().req()).isEqualTo("^1.2");
    assertThat(manifest.dependencies().getLast().target()).isEqualTo("cfg(windows)");
    assertThat(manifest.features().get("more"))
        .containsExactly("dep:public-dep", "public-dep?/std");
    assertThat(manifest.metadata().description()).isEqualTo("an app");
  }
}
