package lazaret.vetting.hosting.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PublicationCodecTest {
  private static final Instant AT = Instant.parse("2026-11-30T12:00:00Z");
  private static final Publication FULL =
      new Publication(
          new CrateId(
              CrateName.parse("Acme-Core"),
              CrateVersion.parse("1.0.0-rc.1+build"),
              Sha256.parse("ab".repeat(32))),
          "{\"name\":\"Acme-Core\",\"vers\":\"1.0.0-rc.1+build\"}",
          PublicationState.HELD,
          AT,
          new Provenance(
              "ci:release",
              "ci-17",
              new Provenance.Job("https://ci.example", "17", "acme/core", "4f2c1d0", "main"),
              "cargo/1.95.0",
              null),
          new PublicationMetadata(
              "a core",
              "MIT",
              null,
              "https://git.example/core",
              null,
              null,
              "README.md",
              List.of("core"),
              List.of("api-bindings")),
          "the first version of a crate");

  private static final Publication LEAST =
      new Publication(
          FULL.id(),
          FULL.line(),
          PublicationState.LIVE,
          AT,
          new Provenance("ada", "laptop", null, null, null),
          PublicationMetadata.NONE,
          null);

  /// Stores out there hold these forms.
  private static final String GOLDEN =
      """
      {"format":1,"name":"Acme-Core","version":"1.0.0-rc.1+build","cksum":"%s",\
      "line":"{\\"name\\":\\"Acme-Core\\",\\"vers\\":\\"1.0.0-rc.1+build\\"}","state":"held",\
      "published":"2026-11-30T12:00:00Z","provenance":{"publisher":"ci:release","token":"ci-17",\
      "job":{"issuer":"https://ci.example","run":"17","repository":"acme/core","commit":"4f2c1d0",\
      "reference":"main"},"user_agent":"cargo/1.95.0"},"metadata":{"description":"a core",\
      "license":"MIT","repository":"https://git.example/core","readme":"README.md",\
      "keywords":["core"],"categories":["api-bindings"]},\
      "reason":"the first version of a crate"}"""
          .formatted("ab".repeat(32));

  private static final String GOLDEN_NAME =
      """
      {"format":1,"name":"Acme-Core","since":"2026-11-30T12:00:00Z","by":"ada","from":"here"}""";

  @Test
  void formsAreThoseOfEarlierPrograms() {
    assertThat(PublicationCodec.encode(FULL).text()).isEqualTo(GOLDEN);
    assertThat(PublicationCodec.decode(Bytes.utf8(GOLDEN))).isEqualTo(FULL);

    var name = new HostedName(CrateName.parse("Acme-Core"), AT, "ada", HostedName.HERE);
    assertThat(PublicationCodec.encode(name).text()).isEqualTo(GOLDEN_NAME);
    assertThat(PublicationCodec.decodeName(Bytes.utf8(GOLDEN_NAME))).isEqualTo(name);
    assertThat(name.isHere()).isTrue();
  }

  /// The forms are those that the test of `NameRepair` writes.
  @Test
  void numberOfALostVersionIsThatOfItsArchiveAlone() {
    Bytes number = Bytes.utf8("{\"format\":1,\"cksum\":\"%s\"}".formatted(FULL.id().cksum().hex()));

    assertThat(PublicationCodec.isNumberOf(FULL.id().cksum(), number)).isTrue();
    assertThat(PublicationCodec.isNumberOf(Sha256.parse("cd".repeat(32)), number)).isFalse();
    assertThat(PublicationCodec.isNumberOf(FULL.id().cksum(), Bytes.utf8("{\"format\":1}")))
        .as("a deleted version")
        .isFalse();
  }

  /// Stores out there hold this form, too. The field is absent in rows of earlier programs.
  @Test
  void formOfAnImportNamesTheAdministrator() {
    Publication imported =
        new Publication(
            LEAST.id(),
            LEAST.line(),
            LEAST.state(),
            AT,
            new Provenance("ada", "root-laptop", null, null, "root"),
            LEAST.metadata(),
            null);

    String form = PublicationCodec.encode(imported).text();

    assertThat(form)
        .contains(
            "\"provenance\":{\"publisher\":\"ada\",\"token\":\"root-laptop\",\"administrator\":\"root\"}");
    assertThat(PublicationCodec.decode(Bytes.utf8(form))).isEqualTo(imported);
    assertThat(PublicationCodec.encode(LEAST).text()).doesNotContain("administrator");
  }

  @ParameterizedTest
  @EnumSource
  void eachStateIsReadAgain(PublicationState state) {
    Publication changed = LEAST.in(state, null);

    assertThat(PublicationCodec.decode(PublicationCodec.encode(changed))).isEqualTo(changed);
  }

  @Test
  void newerFormsAreRefused() {
    Bytes newer = Bytes.utf8(GOLDEN.replace("\"format\":1", "\"format\":2"));

    assertThatThrownBy(() -> PublicationCodec.decode(newer))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected format 1, found 2");
  }

  @Test
  void fieldsOfANewerProgramAreIgnored() {
    Bytes more = Bytes.utf8(GOLDEN.replace("{\"format\":1", "{\"color\":\"red\",\"format\":1"));

    assertThat(PublicationCodec.decode(more)).isEqualTo(FULL);
  }

  @Test
  void longPublicationsAreRefused() {
    var metadata =
        new PublicationMetadata(
            "x".repeat(PublicationCodec.MAX_LENGTH),
            null,
            null,
            null,
            null,
            null,
            null,
            List.of(),
            List.of());
    Publication large =
        new Publication(
            LEAST.id(), LEAST.line(), LEAST.state(), AT, LEAST.provenance(), metadata, null);

    assertThatThrownBy(() -> PublicationCodec.encode(large))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected at most 131072 bytes");
  }

  @Test
  void versionsThatDifferInBuildMetadataShareAKey() {
    assertThat(FULL.key()).isEqualTo("acme_core/1.0.0-rc.1");
    assertThat(FULL.key()).startsWith(Publication.prefix(CrateName.parse("acme_core")));
  }

  @Test
  void ownersAndAdministratorsYankAndAHoldDoesNot() {
    String head = "{\"name\":\"Acme-Core\",\"vers\":\"1.0.0-rc.1+build\",\"yanked\":";

    assertThat(LEAST.indexLine().text()).isEqualTo(head + "false}");
    assertThat(FULL.indexLine().text()).isEqualTo(head + "false}");
    assertThat(LEAST.in(PublicationState.YANKED, null).indexLine().text())
        .isEqualTo(head + "true}");
    assertThat(LEAST.in(PublicationState.DELETED, "secret").indexLine().text())
        .isEqualTo(head + "true}");
  }

  @Test
  void linesAreObjectsInOneLine() {
    for (String line : List.of("", "{}", "[]", "{\"a\":1}\n", "{\"a\":\n1}")) {
      assertThatThrownBy(
              () ->
                  new Publication(
                      LEAST.id(),
                      line,
                      LEAST.state(),
                      AT,
                      LEAST.provenance(),
                      LEAST.metadata(),
                      null))
          .as(line)
          .isInstanceOf(MalformedException.class);
    }
  }
}
