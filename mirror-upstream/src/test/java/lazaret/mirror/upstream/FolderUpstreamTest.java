package lazaret.mirror.upstream;

import static lazaret.mirror.upstream.UpstreamFixture.CRATE;
import static lazaret.mirror.upstream.UpstreamFixture.ID;
import static lazaret.mirror.upstream.UpstreamFixture.LINES;
import static lazaret.mirror.upstream.UpstreamFixture.SERDE;
import static lazaret.mirror.upstream.UpstreamFixture.assertFresh;
import static lazaret.mirror.upstream.UpstreamFixture.assertReceived;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import lazaret.mirror.outbound.FailureKind;
import lazaret.mirror.outbound.UpstreamException;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.mirror.outbound.UpstreamOptions.Limits;
import lazaret.mirror.outbound.UpstreamOrigin;
import lazaret.testkit.ManualClock;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.upstream.Upstream.ArtifactResponse;
import lazaret.vetting.gate.upstream.Upstream.IndexResponse;
import lazaret.vetting.index.Validators;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FolderUpstreamTest {
  private static final UpstreamOptions OPTIONS = UpstreamOptions.DEFAULTS;
  private static final CrateName NOBODY = CrateName.parse("nobody");

  @TempDir Path temp;
  private Path folder;

  @BeforeEach
  void fill() throws IOException {
    folder = temp.resolve("mirror");
    put("index/se/rd/serde", LINES);
    put("crates/serde/serde-1.0.0+a.crate", CRATE);
  }

  private void put(String path, Bytes body) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, body.array());
  }

  private void empty() throws IOException {
    folder = temp.resolve("other");
    Files.createDirectories(folder);
  }

  @Test
  void aFolderWithoutAnythingIsInTrouble() throws IOException {
    try (FolderUpstream there = open()) {
      assertThat(there.meters().trouble()).isEmpty();
    }
    empty();
    try (FolderUpstream none = open()) {
      assertThat(none.meters().trouble()).hasValueSatisfying(t -> assertThat(t).contains("empty"));
    }
  }

  private FolderUpstream open() {
    return open(OPTIONS);
  }

  private FolderUpstream open(UpstreamOptions options) {
    return new FolderUpstream(folder, options, ManualClock.at("2026-11-24T12:00:00Z"));
  }

  private String whyNoIndex(FolderUpstream upstream) {
    return UpstreamFixture.why(upstream.index(SERDE, Validators.NONE));
  }

  @Test
  void readsTheIndexAndArtifactsOfTheDefaultLayout() {
    FolderUpstream upstream = open();

    assertFresh(upstream.index(SERDE, Validators.NONE));
    assertReceived(upstream.artifact(ID));
    assertThat(upstream.describe()).isEqualTo(folder.toString());
    assertThat(upstream.meters().requests(UpstreamOrigin.INDEX)).isEqualTo(1);
    assertThat(upstream.meters().bytes()).isEqualTo(LINES.length() + CRATE.length());
    assertThat(upstream.meters().bytesLeftToday()).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({
    // program that writes it, index file, artifact of Serde 1.0.0+a
    "default, index/se/rd/serde, crates/Serde/Serde-1.0.0+a.crate",
    "panamax, crates.io-index/se/rd/serde, crates/Se/rd/Serde/1.0.0+a/Serde-1.0.0+a.crate",
    "panamax 0.x, crates.io-index/se/rd/serde, crates/Serde/1.0.0+a/Serde-1.0.0+a.crate",
    "romt, git/crates.io-index/se/rd/serde, crates/se/rd/Serde/Serde-1.0.0+a.crate",
    "romt before 0.4, git/crates.io-index/se/rd/serde, crates/Se/rd/Serde/Serde-1.0.0+a.crate",
    "local registry, index/se/rd/serde, Serde-1.0.0+a.crate",
    "index at the top, se/rd/serde, crates/Serde/Serde-1.0.0+a.crate",
    "api paths, index/se/rd/serde, crates/Serde/1.0.0+a/download",
  })
  void readsWhatOtherMirrorsWrite(String mirror, String index, String artifact) throws IOException {
    empty();
    put(index, LINES);
    put(artifact, CRATE);
    CrateId id = new CrateId(CrateName.parse("Serde"), ID.version(), ID.cksum());

    FolderUpstream upstream = open();

    assertFresh(upstream.index(id.name(), Validators.NONE));
    assertReceived(upstream.artifact(id));
    assertThat(upstream.artifact(ID)).as(mirror).isEqualTo(new ArtifactResponse.Absent(404));
  }

  @Test
  void takesATemplateWithAllMarkers() throws IOException {
    empty();
    put("index/se/rd/serde", LINES);
    put("blobs/se/rd/" + ID.cksum().hex(), CRATE);

    assertReceived(
        open(OPTIONS.withFolderTemplate("blobs/{lowerprefix}/{sha256-checksum}")).artifact(ID));
  }

  @Test
  void looksNowhereElseWhenATemplateIsGiven() {
    assertThat(open(OPTIONS.withFolderTemplate("files/{crate}-{version}")).artifact(ID))
        .isEqualTo(new ArtifactResponse.Absent(404));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../{crate}", "/etc/{crate}", "a/../../{crate}", ".", "a b/{crate}"})
  void refusesTemplatesThatLeadOut(String template) {
    assertThatThrownBy(() -> open(OPTIONS.withFolderTemplate(template)))
        .isInstanceOf(UpstreamException.class)
        .hasMessageStartingWith("cannot use the folder template '" + template + "'");
  }

  @Test
  void whatIsNotThereIsAbsent() {
    FolderUpstream upstream = open();
    CrateId other = new CrateId(NOBODY, ID.version(), ID.cksum());

    assertThat(upstream.index(NOBODY, Validators.NONE)).isEqualTo(new IndexResponse.Absent(404));
    assertThat(upstream.artifact(other)).isEqualTo(new ArtifactResponse.Absent(404));
  }

  @Test
  void revalidatesByContentWhateverTheTimeOfTheFileSays() throws IOException {
    FolderUpstream upstream = open();
    Path file = folder.resolve("index/se/rd/serde");
    FileTime time = FileTime.from(Instant.parse("2026-02-01T10:11:12Z"));
    Files.setLastModifiedTime(file, time);
    Validators first = ((IndexResponse.Fresh) upstream.index(SERDE, Validators.NONE)).validators();
    assertThat(first.etag()).matches("\"[0-9a-f]{64}\"");
    assertThat(first.lastModified()).isEqualTo("Sun, 01 Feb 2026 10:11:12 GMT");

    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-03-01T00:00:00Z")));
    assertThat(upstream.index(SERDE, first)).isInstanceOf(IndexResponse.NotModified.class);

    Files.writeString(file, LINES.text().replace("1.0.0", "1.0.1"));
    Files.setLastModifiedTime(file, time);
    assertThat(upstream.index(SERDE, first)).isInstanceOf(IndexResponse.Fresh.class);
  }

  @Test
  void symlinkOutOfTheFolderIsRefused() throws IOException {
    Path secret = Files.writeString(temp.resolve("secret"), "{\"root\":\"pw\"}");
    Path index = folder.resolve("index/no/bo");
    Files.createDirectories(index);
    Files.createSymbolicLink(index.resolve("nobody"), secret);
    Files.createDirectories(folder.resolve("crates/nobody"));
    Files.createSymbolicLink(folder.resolve("crates/nobody/nobody-1.0.0+a.crate"), secret);
    FolderUpstream upstream = open();

    assertThat(UpstreamFixture.why(upstream.index(NOBODY, Validators.NONE)))
        .isEqualTo(
            "index/no/bo/nobody of the folder cannot be read: it is a link that leads out of the"
                + " folder");
    assertThat(
            UpstreamFixture.why(upstream.artifact(new CrateId(NOBODY, ID.version(), ID.cksum()))))
        .endsWith("it is a link that leads out of the folder");
    assertThat(upstream.meters().failures(FailureKind.FILE)).isEqualTo(2);
  }

  @Test
  void symlinkedFolderInsideThatLeadsOutIsRefused() throws IOException {
    Path outside = temp.resolve("outside");
    Files.createDirectories(outside.resolve("bo"));
    Files.writeString(outside.resolve("bo/nobody"), "{}");
    Files.createSymbolicLink(folder.resolve("index/no"), outside);

    assertThat(UpstreamFixture.why(open().index(NOBODY, Validators.NONE)))
        .endsWith("it is a link that leads out of the folder");
  }

  @Test
  void symlinkThatStaysInsideIsFollowed() throws IOException {
    Path index = folder.resolve("index/no/bo");
    Files.createDirectories(index);
    Files.createSymbolicLink(index.resolve("nobody"), folder.resolve("index/se/rd/serde"));

    assertFresh(open().index(NOBODY, Validators.NONE));
  }

  @Test
  void folderThatIsALinkItselfIsFine() throws IOException {
    Path link = Files.createSymbolicLink(temp.resolve("link"), folder);
    folder = link;

    assertFresh(open().index(SERDE, Validators.NONE));
  }

  @Test
  void filesOverTheLimitAreNotTaken() {
    FolderUpstream upstream = open(OPTIONS.withLimits(new Limits(100, 100, 1)));

    assertThat(whyNoIndex(upstream))
        .isEqualTo(
            "index/se/rd/serde of the folder is longer than the 100 bytes that are accepted");
    assertThat(UpstreamFixture.why(upstream.artifact(ID))).contains("is longer than the 100 bytes");
    assertThat(upstream.meters().failures(FailureKind.TOO_LARGE)).isEqualTo(2);
  }

  @Test
  void whatCannotBeReadIsUnavailableAndNotAbsent() throws IOException {
    Files.createDirectories(folder.resolve("index/no/bo/nobody"));
    Files.writeString(folder.resolve("index/aa"), "a file where a folder belongs");
    FolderUpstream upstream = open();

    assertThat(UpstreamFixture.why(upstream.index(NOBODY, Validators.NONE)))
        .isEqualTo("index/no/bo/nobody of the folder cannot be read: it is not a file");
    assertThat(UpstreamFixture.why(upstream.index(CrateName.parse("aabb"), Validators.NONE)))
        .startsWith("index/aa/bb/aabb of the folder cannot be read: ");
  }

  @Test
  void folderThatIsGoneOrUnmountedIsUnavailableAndNotAbsent() throws IOException {
    FolderUpstream upstream = open();
    Files.move(folder, temp.resolve("moved"));
    String why = "the folder " + folder + " is gone or empty: check whether its disk is mounted";

    assertThat(whyNoIndex(upstream)).isEqualTo(why);
    assertThat(UpstreamFixture.why(upstream.artifact(ID))).isEqualTo(why);

    Files.createDirectories(folder.resolve("index"));
    assertThat(whyNoIndex(upstream)).isEqualTo(why);

    Files.delete(folder.resolve("index"));
    Files.delete(folder);
    Files.move(temp.resolve("moved"), folder);
    assertFresh(upstream.index(SERDE, Validators.NONE));
  }

  @Test
  void refusesAFileAndABareRepositoryAndNothingAtAll() throws IOException {
    Path file = folder.resolve("index/se/rd/serde");
    assertRefused(file, "expected a folder, found a file");
    assertRefused(
        temp.resolve("none"),
        "expected a folder that can be read or the address of a sparse index");
    empty();
    put("git/crates.io-index/HEAD", Bytes.utf8("ref: refs/heads/master\n"));
    Files.createDirectories(folder.resolve("git/crates.io-index/objects"));
    assertRefused(folder, "it is a bare git repository; make its files with 'git clone'");
  }

  private static void assertRefused(Path place, String why) {
    assertThatThrownBy(
            () -> new FolderUpstream(place, OPTIONS, ManualClock.at("2026-11-24T12:00:00Z")))
        .isInstanceOf(UpstreamException.class)
        .hasMessageContaining(why);
  }
}
