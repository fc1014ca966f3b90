package lazaret.detonation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.archive.CrateArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentationMetadataTest {
  private static final String FEATURES =
      """
      [features]
      default = ["std"]
      std = []
      extra = ["dep:hidden", "shown"]
      [dependencies]
      plain = "1"
      shown = { version = "1", optional = true }
      hidden = { version = "1", optional = true }
      [target.'cfg(unix)'.dependencies]
      unix = { version = "1", optional = true }
      """;

  @TempDir Path folder;

  private static CrateArchive archive(String more) {
    CrateBuilder alpha =
        CrateBuilder.crate("alpha", "1.0.0")
            .manifest("[package]\nname = \"alpha\"\nversion = \"1.0.0\"\n" + FEATURES + more);
    return new CrateArchive(alpha.id().name(), alpha.id().version(), alpha.build());
  }

  private static DocumentationMetadata metadata(String wishes) {
    return DocumentationMetadata.of(archive("[package.metadata.docs.rs]\n" + wishes));
  }

  @Test
  void manifestsWithoutWishesHaveNone() {
    assertThat(DocumentationMetadata.of(archive(""))).isEqualTo(DocumentationMetadata.NONE);
    assertThat(DocumentationMetadata.of(archive("[")))
        .as("no TOML")
        .isEqualTo(DocumentationMetadata.NONE);
  }

  @Test
  void namedFeaturesAreThoseOfTheManifest() {
    DocumentationMetadata wishes =
        metadata(
            """
            features = ["extra", "shown", "hidden", "plain/std", "none", "x\\"]"]
            no-default-features = true
            """);

    assertThat(wishes.features()).containsExactly("extra", "shown");
    assertThat(wishes.defaults()).isFalse();
  }

  @Test
  void allFeaturesIncludeOptionalDependencies() {
    DocumentationMetadata wishes = metadata("all-features = true\n");

    assertThat(wishes.features()).containsExactly("default", "extra", "shown", "std", "unix");
    assertThat(wishes.defaults()).isTrue();
  }

  /// These could name programs, files to write, or code to load.
  @Test
  void argumentsAreIgnored() {
    assertThat(
            metadata(
                """
                cargo-args = ["--config", "build.rustc='/tmp/x'"]
                rustc-args = ["-Clinker=/tmp/x"]
                rustdoc-args = ["--html-in-header", "x.html"]
                """))
        .isEqualTo(DocumentationMetadata.NONE);
  }

  @Test
  void platformsNeedTheirStandardLibrary() throws IOException {
    Files.createDirectories(folder.resolve("lib/rustlib/wasm32-unknown-unknown/lib"));

    assertThat(metadata("default-target = \"wasm32-unknown-unknown\"").target(folder))
        .contains("wasm32-unknown-unknown");
    assertThat(metadata("targets = [\"wasm32-unknown-unknown\", \"x\"]").target(folder))
        .contains("wasm32-unknown-unknown");
    assertThat(metadata("default-target = \"x86_64-pc-windows-msvc\"").target(folder)).isEmpty();
    assertThat(metadata("default-target = \"../lib\"").target()).isNull();
    assertThat(metadata("targets = []").target(folder)).isEmpty();
  }

  @Test
  void theProjectDependsOnTheVersionWithItsFeatures() throws IOException {
    Path project = folder.resolve("project");

    DetonationProject.lay(
        archive(""), project, metadata("features = [\"std\"]\nno-default-features = true\n"));

    assertThat(Files.readString(project.resolve("Cargo.toml")))
        .contains(
            "\"alpha\" = { path = \"subject\", default-features = false, features = [\"std\"] }");
  }
}
