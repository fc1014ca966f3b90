package lazaret.mirror.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.serving.IndexOutcome;
import lazaret.vetting.origin.NameOrigin;
import lazaret.vetting.origin.NameOrigins;
import org.junit.jupiter.api.Test;

class PublicNamesTest {
  private final List<CrateName> asked = new ArrayList<>();
  private final PublicNames names =
      new PublicNames(PublicNamesTest::origin, PublicNamesTest::byPattern, () -> 0);

  private static NameOrigin origin(CrateName name) {
    return switch (name.collisionKey()) {
      case "acme_core", "solo" -> NameOrigin.PRIVATE;
      case "acme_future" -> NameOrigin.RESERVED;
      default -> NameOrigin.PUBLIC;
    };
  }

  /// The origin by the patterns of the operator alone.
  private static NameOrigin byPattern(CrateName name) {
    return name.collisionKey().startsWith("acme_") ? NameOrigin.RESERVED : NameOrigin.PUBLIC;
  }

  private static String none(CrateName name) {
    return "no crate '%s'".formatted(name.published());
  }

  private IndexOutcome index(String name) {
    Function<CrateName, IndexOutcome> files =
        names.index(
            each -> {
              asked.add(each);
              return new IndexOutcome.Absent("asked");
            },
            PublicNamesTest::none);
    return files.apply(CrateName.parse(name));
  }

  private Function<DownloadHandler.Target, DownloadOutcome> artifacts() {
    return names.download(
        target -> {
          asked.add(target.name());
          return new DownloadOutcome.Unknown("asked");
        },
        PublicNamesTest::none);
  }

  @Test
  void indexFilesOfPublicNamesAreThoseOfTheGate() {
    assertThat(index("serde")).isEqualTo(new IndexOutcome.Absent("asked"));
    assertThat(asked).containsExactly(CrateName.parse("serde"));
  }

  @Test
  void otherNamesAreAbsentInEachSpelling() {
    for (String name : List.of("Acme-Core", "acme_future")) {
      assertThat(index(name))
          .isEqualTo(
              new IndexOutcome.Absent(
                  "the name '%s' belongs to the private registry or is reserved for it; its index is at /private/index/, and a dependency names it with 'registry = ...' in Cargo.toml"
                      .formatted(name)));
    }
    assertThat(asked).as("not even looked up").isEmpty();
  }

  /// A client without a token does not learn of a private crate whose name no pattern matches.
  @Test
  void aHiddenNameIsRefusedLikeACrateThatDoesNotExist() {
    assertThat(index("solo")).isEqualTo(new IndexOutcome.Absent("no crate 'solo'"));
    assertThat(artifacts().apply(target("solo")))
        .isEqualTo(new DownloadOutcome.Unknown("no crate 'solo'"));
    assertThat(asked).isEmpty();

    PublicNames open = new PublicNames(PublicNamesTest::origin, PublicNamesTest::origin, () -> 0);
    assertThat(
            open.index(_ -> new IndexOutcome.Absent("asked"), PublicNamesTest::none)
                .apply(CrateName.parse("solo")))
        .isInstanceOfSatisfying(
            IndexOutcome.Absent.class,
            absent -> assertThat(absent.detail()).contains("belongs to the private registry"));
  }

  @Test
  void textAboutAHiddenNameIsThatOfTheGate() {
    try (GateFixture fixture = new GateFixture()) {
      CrateName name = CrateName.parse("solo");

      assertThat(fixture.gate.index(name)).isEqualTo(new IndexOutcome.Absent(names.absent(name)));
      assertThat(
              new PublicNames(PublicNamesTest::origin, PublicNamesTest::origin, () -> 7)
                  .absent(name))
          .isEqualTo("snapshot 7 has no crate 'solo'; it comes with a bundle");
    }
  }

  @Test
  void artifactsOfOtherNamesAreUnknown() {
    assertThat(artifacts().apply(target("acme-core")))
        .isInstanceOf(DownloadOutcome.Unknown.class)
        .isNotEqualTo(new DownloadOutcome.Unknown("asked"));
    assertThat(artifacts().apply(target("serde"))).isEqualTo(new DownloadOutcome.Unknown("asked"));
    assertThat(asked).containsExactly(CrateName.parse("serde"));
  }

  /// Another node gives the name to a private crate while the artifact is looked up.
  @Test
  void anArtifactWhoseNameBecomesPrivateMeanwhileIsUnknown() {
    Set<CrateName> published = new HashSet<>();
    NameOrigins origins = name -> published.contains(name) ? NameOrigin.PRIVATE : NameOrigin.PUBLIC;
    PublicNames changing = new PublicNames(origins, origins, () -> 0);
    Function<DownloadHandler.Target, DownloadOutcome> artifacts =
        changing.download(
            target -> {
              published.add(target.name());
              return new DownloadOutcome.Unknown("asked");
            },
            PublicNamesTest::none);

    assertThat(artifacts.apply(target("solo")))
        .isInstanceOf(DownloadOutcome.Unknown.class)
        .isNotEqualTo(new DownloadOutcome.Unknown("asked"));
  }

  private static DownloadHandler.Target target(String name) {
    return new DownloadHandler.Target(
        CrateName.parse(name),
        CrateVersion.parse("1.0.0"),
        Sha256.fromDigest(new byte[Sha256.LENGTH]));
  }
}
