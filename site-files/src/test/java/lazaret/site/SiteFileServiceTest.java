package lazaret.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import lazaret.site.store.FolderSiteFileStore;
import lazaret.site.store.SiteFileUpload;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.store.Batch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteFileServiceTest {
  private static final Bytes CONTENT = Bytes.utf8("manifest");
  private static final SiteFileRow ROW = row("dist/channel-rust-1.95.0.toml");

  /// Stores out there hold this form.
  private static final String GOLDEN =
      """
      {"format":1,"collection":"toolchains","path":"dist/channel-rust-1.95.0.toml","sha256":"%s",\
      "length":8,"media_type":"application/toml","admitted":"2026-11-30T12:00:00Z","by":"ada",\
      "origin":"upstream","reference":"1.95.0"}"""
          .formatted(Sha256.of(CONTENT).hex());

  @TempDir Path folder;

  private static SiteFileRow row(String path) {
    return new SiteFileRow(
        SiteFileCollection.TOOLCHAINS,
        path,
        Sha256.of(CONTENT),
        CONTENT.length(),
        "application/toml",
        Instant.parse("2026-11-30T12:00:00Z"),
        "ada",
        SiteFileRow.UPSTREAM,
        "1.95.0");
  }

  @Test
  void formIsThatOfEarlierPrograms() {
    assertThat(SiteFileCodec.encode(ROW).text()).isEqualTo(GOLDEN);
    assertThat(SiteFileCodec.decode(Bytes.utf8(GOLDEN))).isEqualTo(ROW);
    assertThatThrownBy(
            () -> SiteFileCodec.decode(Bytes.utf8(GOLDEN.replace("\"format\":1", "\"format\":2"))))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected format 1, found 2");
  }

  @Test
  void rowsAreFoundByPathAndListedByPrefix() throws IOException {
    var store = new InMemoryStore();
    var service = new SiteFileService(store, FolderSiteFileStore.open(folder.resolve("f")));
    SiteFileRow other = row("dist/2026-01-22/channel-rust-nightly.toml");
    store.commit(Batch.synced(List.of(service.put(ROW), service.put(other))));

    assertThat(service.find(SiteFileCollection.TOOLCHAINS, ROW.path())).contains(ROW);
    assertThat(service.find(SiteFileCollection.GIT, ROW.path())).isEmpty();
    assertThat(service.find(SiteFileCollection.TOOLCHAINS, "dist/../" + ROW.path())).isEmpty();
    assertThat(service.list(SiteFileCollection.TOOLCHAINS, "", 10)).containsExactly(other, ROW);
    assertThat(service.list(SiteFileCollection.TOOLCHAINS, "dist/channel", 10))
        .containsExactly(ROW);
    assertThat(service.list(SiteFileCollection.TOOLCHAINS, "", 1)).containsExactly(other);

    store.commit(Batch.synced(List.of(service.drop(ROW))));
    assertThat(service.find(SiteFileCollection.TOOLCHAINS, ROW.path())).isEmpty();
  }

  @Test
  void rowsWithoutTheirBytesHaveNoFile() throws IOException {
    var service =
        new SiteFileService(new InMemoryStore(), FolderSiteFileStore.open(folder.resolve("f")));
    assertThat(service.open(ROW)).isEmpty();

    try (SiteFileUpload upload = service.files().begin(ROW.length())) {
      upload.write(CONTENT.array(), 0, CONTENT.length());
      upload.commit(ROW.sha256());
    }

    assertThat(service.open(ROW).orElseThrow().length()).isEqualTo(ROW.length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/a",
        "a/",
        "a//b",
        ".",
        "..",
        "a/../b",
        ".git/config",
        "a/.b",
        "a b",
        "a\\b",
        "a%2e",
        "a\u0000",
        "ä",
        "a\n"
      })
  void otherTextsAreNoPaths(String path) {
    assertThat(SiteFileRow.isPath(path)).isFalse();
    assertThatThrownBy(() -> row(path)).isInstanceOf(MalformedException.class);
  }

  @Test
  void longPathsAreRefused() {
    assertThat(SiteFileRow.isPath("a".repeat(SiteFileRow.MAX_PATH))).isTrue();
    assertThat(SiteFileRow.isPath("a".repeat(SiteFileRow.MAX_PATH + 1))).isFalse();
  }
}
