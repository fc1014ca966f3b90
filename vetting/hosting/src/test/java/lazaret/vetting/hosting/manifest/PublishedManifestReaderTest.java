package lazaret.vetting.hosting.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.hosting.record.PublicationMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedManifestReaderTest {
  private static final RegistryAddresses HERE =
      new RegistryAddresses(
          List.of("https://crates.acme.example/private/index/", "sparse+https://old.example/i"));
  private static final String PACKAGE = "[package]\nname = \"acme\"\nversion = \"1.0.0\"\n";

  private static PublishedManifest read(String text) {
    return PublishedManifestReader.read(Bytes.utf8(text), HERE);
  }

  private static PublishedDependency dependency(String keys) {
    return read(PACKAGE + "[dependencies.x]\nversion = \"1\"\n" + keys + "\n")
        .dependencies()
        .getFirst();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name = 1\nversion = \"1.0.0\"",
        "name = \"acme\"",
        "version = \"1.0.0\"",
        "name = \"acme\"\nversion = \"1.0\"",
        "name = \"acme\"\nversion.workspace = true",
        "name = \"1acme\"\nversion = \"1.0.0\"",
        "name = \"acme\"\nname = \"acme\"\nversion = \"1.0.0\"",
        "name = \"acme\"\nversion = \"1.0.0\"\nlinks = \"\"",
        "name = \"acme\"\nversion = \"1.0.0\"\nrust-version = \"\"",
        "name = \"acme\"\nversion = \"1.0.0\"\nrust-version = \"1.0.0-beta.2\"",
        "name = \"acme\"\nversion = \"1.0.0\"\nrust-version.workspace = true",
        "name = \"acme\"\nversion = \"1.0.0\"\nkeywords = [\"a\",\"b\",\"c\",\"d\",\"e\",\"f\"]",
        "name = \"acme\"\nversion = \"1.0.0\"\nkeywords = [\"two words\"]",
        "name = \"acme\"\nversion = \"1.0.0\"\nrepository = \"javascript:alert(1)\"",
        "name = \"acme\"\nversion = \"1.0.0\"\n[broken"
      })
  void refusesAPackage(String keys) {
    assertThatThrownBy(() -> read("[package]\n" + keys + "\n"))
        .isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[dependencies]\nx = \"*\"",
        "[dependencies]\nx = \"one\"",
        "[dependencies]\nx = [\"1\"]",
        "[dependencies.x]\npath = \"../x\"",
        "[dependencies.x]\ngit = \"https://git.example/x\"",
        "[dependencies.x]\nworkspace = true",
        "[dependencies.x]\nversion = \"1\"\nworkspace = true",
        "[dependencies.x]\nversion = \"1\"\nregistry = \"acme\"",
        "[dependencies.x]\nversion = \"1\"\nregistry-index = \"https://other.example/\"",
        "[dependencies.x]\nversion = \"1\"\nartifact = \"bin\"",
        "[dependencies.x]\nversion = \"1\"\noptional = \"yes\"",
        "[dependencies.x]\nversion = \"1\"\nfeatures = [\"-foo\"]",
        "[dependencies.1x]\nversion = \"1\"",
        "[dependencies.x]\nversion = \"1\"\npackage = \"1x\"",
        "[dev-dependencies.x]\nversion = \"1\"\noptional = true",
        "[dev-dependencies]\nx = \"1\"\n[dev_dependencies]\ny = \"1\"",
        "[target.\"cfg(windows\".dependencies]\nx = \"1\"",
        "[target.\"no platform\".dependencies]\nx = \"1\"",
        "[features]\n\"\" = []",
        "[features]\n\"~foo\" = []",
        "[features]\n\"-foo\" = []",
        "[features]\na = [\"!bar\"]",
        "[features]\na = [\"b\"]",
        "[features]\na = [\"dep:b\"]",
        "[features]\na = [\"b/c\"]"
      })
  void refusesWhatAnIndexCannotSay(String tables) {
    assertThatThrownBy(() -> read(PACKAGE + tables + "\n")).isInstanceOf(MalformedException.class);
  }

  @Test
  void otherRegistriesAreListedOnce() {
    String both =
        PACKAGE
            + """
            [dependencies.x]
            version = "1"
            registry-index = "https://other.example/"
            [dependencies.y]
            version = "1"
            registry-index = "https://old.example/i"
            [dev-dependencies.x]
            version = "1"
            registry-index = "https://other.example/"
            [target.'cfg(unix)'.dependencies.z]
            version = "1"
            registry-index = "https://third.example/"
            """;

    assertThat(PublishedManifestReader.otherRegistries(Bytes.utf8(both), HERE))
        .containsExactly("https://other.example/", "https://third.example/");
    assertThatThrownBy(() -> read(both))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(
            "'dependencies.x' is of the registry 'https://other.example/'; expected this one");
  }

  @ParameterizedTest
  @CsvSource({
    "https://crates.acme.example/private/index, true",
    "sparse+https://crates.acme.example/private/index/, true",
    "https://old.example/i/, true",
    "https://github.com/rust-lang/crates.io-index, false",
    "sparse+https://index.crates.io/, false"
  })
  void eachSpellingOfAnAddressMeansItsRegistry(String address, boolean here) {
    assertThat(dependency("registry-index = \"%s\"".formatted(address)).isHere()).isEqualTo(here);
    assertThat(dependency("optional = false").isHere()).isFalse();
  }

  @Test
  void namesAndVersionsAreThoseOfThePublicRegistry() {
    PublishedDependency renamed = dependency("package = \"Real-X\"\ndefault-features = false");

    assertThat(renamed.name()).isEqualTo("x");
    assertThat(renamed.crate().published()).isEqualTo("Real-X");
    assertThat(renamed.isRenamed()).isTrue();
    assertThat(renamed.req()).isEqualTo("^1");
    assertThat(renamed.defaultFeatures()).isFalse();
  }

  @Test
  void aPathBesideAVersionIsLeftOutWithAWarning() {
    PublishedManifest manifest =
        read(PACKAGE + "[dependencies.x]\nversion = \"1\"\npath = \"../x\"\n");

    assertThat(manifest.dependencies()).hasSize(1);
    assertThat(manifest.warnings()).singleElement().asString().contains("'path'");
  }

  @Test
  void dependenciesAreSortedByName() {
    assertThat(
            read(PACKAGE + "[dependencies]\nb = \"1\"\na = \"1\"\n[dev-dependencies]\naa = \"1\"\n")
                .dependencies())
        .extracting(PublishedDependency::name)
        .containsExactly("a", "aa", "b");
  }

  @Test
  void featureNamesAreThoseOfThePublicRegistry() {
    PublishedManifest manifest =
        read(
            PACKAGE
                + "[features]\n\"1st\" = []\n\"_x\" = []\n\"a.b\" = []\n\"größe\" = []\n\"c++20\" = []\n");

    assertThat(manifest.features()).hasSize(5);
  }

  @Test
  void metadataIsForPeople() {
    PublicationMetadata metadata =
        read(PACKAGE
                + "description = \"a core\"\nlicense-file = \"LICENSE\"\nreadme = true\n"
                + "keywords = [\"core\"]\ncategories = [\"api-bindings\"]\n")
            .metadata();

    assertThat(metadata.description()).isEqualTo("a core");
    assertThat(metadata.readme()).isEqualTo("README.md");
    assertThat(
            PublishedManifestReader.missing(
                List.of("description", "license", "repository"), metadata))
        .containsExactly("repository");
  }

  @Test
  void aForeignTextWithAPercentSignIsShown() {
    assertThatThrownBy(() -> read(PACKAGE + "[features]\n\"%s%n\" = []\n"))
        .hasMessageContaining("'%s%n'");
  }
}
