package lazaret.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import lazaret.detonation.PageStreamWriter;
import lazaret.site.store.FolderSiteFileStore;
import lazaret.site.store.SiteFile;
import lazaret.site.store.SiteFileUpload;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.context.BoundedCache;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageArchiveTest {
  private static final CrateName ALPHA = CrateName.parse("al-pha");

  @TempDir Path folder;
  private FolderSiteFileStore files;

  @BeforeEach
  void open() throws IOException {
    files = FolderSiteFileStore.open(folder.resolve("files"));
  }

  @Test
  void keepsEachPage() throws IOException {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("al_pha/index.html", "<h1>first</h1>");
    pages.put("al_pha/struct.A.html", "");
    pages.put("static.files/main-1.js", "shared");
    pages.put("target.lock", "dropped");

    PageArchiveWriter.Written written = write(pages);

    assertThat(written.first()).isEqualTo("al_pha/index.html");
    assertThat(written.pages()).isEqualTo(3);
    assertThat(written.shared())
        .extracting(SharedPage::path)
        .containsExactly("static.files/main-1.js");
    PageArchive archive = PageArchive.open(file(written.archive()));
    assertThat(archive.size()).isEqualTo(2);
    assertThat(text(archive, "al_pha/index.html")).isEqualTo("<h1>first</h1>");
    assertThat(text(archive, "al_pha/struct.A.html")).isEmpty();
    assertThat(archive.find("target.lock")).isEmpty();
    try (InputStream shared = file(written.shared().getFirst().sha256()).open(0)) {
      assertThat(shared.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("shared");
    }
  }

  @Test
  void isAZipThatOthersRead() throws IOException {
    PageArchiveWriter.Written written = write(Map.of("al_pha/index.html", "page"));

    Path zip = folder.resolve("pages.zip");
    try (InputStream in = file(written.archive()).open(0)) {
      Files.copy(in, zip);
    }
    try (ZipFile read = new ZipFile(zip.toFile())) {
      assertThat(read.getInputStream(read.getEntry("al_pha/index.html")).readAllBytes())
          .asString(StandardCharsets.UTF_8)
          .isEqualTo("page");
    }
  }

  @Test
  void makesTheSameBytesOfTheSamePages() throws IOException {
    Map<String, String> pages = Map.of("al_pha/index.html", "page");

    assertThat(write(pages).archive()).isEqualTo(write(pages).archive());
  }

  /// A file that no row names may be swept before the row of this build.
  @Test
  void storesASharedFileAgainThatMayBeSwept() throws IOException {
    byte[] pages = stream(Map.of("al_pha/index.html", "page", "static.files/main-1.js", "shared"));
    Sha256 shared = write(pages).shared().getFirst().sha256();
    Path file = folder.resolve("files").resolve(shared.hex().substring(0, 2)).resolve(shared.hex());
    FileTime old = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    Files.setLastModifiedTime(file, old);

    PageArchiveWriter.Written _ = write(pages);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(old);
    PageArchiveWriter.Written _ =
        PageArchiveWriter.write(ALPHA, new ByteArrayInputStream(pages), files, _ -> false);

    assertThat(Files.getLastModifiedTime(file)).isGreaterThan(old);
  }

  @Test
  void refusesBrokenStreams() throws IOException {
    byte[] good = stream(Map.of("al_pha/index.html", "page"));
    for (int length = 0; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThatThrownBy(() -> write(cut)).isInstanceOf(MalformedException.class);
    }
    byte[] longer = Arrays.copyOf(good, good.length + 1);
    assertThatThrownBy(() -> write(longer)).hasMessageContaining("data follow");
    assertThat(files.all()).isEmpty();
  }

  @Test
  void refusesPathsTwiceAndStreamsWithoutAFirstPage() throws IOException {
    ByteArrayOutputStream twice = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(twice);
    page(out, "al_pha/index.html", "one");
    page(out, "al_pha/index.html", "two");
    out.writeShort(0);

    assertThatThrownBy(() -> write(twice.toByteArray())).hasMessageContaining("twice");
    assertThatThrownBy(() -> write(Map.of("src/al_pha/lib.rs.html", "source")))
        .hasMessageContaining("expected the page of a library");
  }

  @Test
  void refusesAFalseLengthWithoutReservingMemory() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(1);
    out.writeByte('a');
    out.writeInt(Integer.MAX_VALUE);

    assertThatThrownBy(() -> write(bytes.toByteArray()))
        .hasMessageContaining("expected files of at most");
  }

  @Test
  void leavesOutHostilePaths() throws IOException {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("al_pha/index.html", "page");
    pages.put("../../etc/page.html", "up");
    pages.put("/page.html", "absolute");
    pages.put("a\\b.html", "backslash");
    pages.put("caf\u00e9.html", "not ASCII");
    pages.put("page.svgz", "another kind");

    assertThat(write(pages).pages()).isOne();
  }

  @Test
  void readsNoOtherFileAsAnArchive() throws IOException {
    byte[] good;
    try (InputStream in = file(write(Map.of("al_pha/index.html", "page")).archive()).open(0)) {
      good = in.readAllBytes();
    }
    Random random = new Random(11);
    for (int i = 0; i < 200; i++) {
      byte[] changed = good.clone();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      SiteFile file = store(changed);
      try {
        PageArchive archive = PageArchive.open(file);
        var found = archive.find("al_pha/index.html");
        // A page is always within the file.
        found.ifPresent(
            page -> assertThat(page.from() + page.length()).isLessThanOrEqualTo(file.length()));
      } catch (MalformedException _) {
        // As expected.
      }
    }
    assertThatThrownBy(() -> PageArchive.open(store(new byte[0])))
        .isInstanceOf(MalformedException.class);
  }

  /// An archive may come in a bundle.
  @Test
  void refusesMorePagesThanABuildHas() throws IOException {
    assertThat(PageArchive.open(store(zip(PageStreamWriter.MAX_FILES))).size())
        .isEqualTo(PageStreamWriter.MAX_FILES);
    SiteFile more = store(zip(PageStreamWriter.MAX_FILES + 1));

    assertThatThrownBy(() -> PageArchive.open(more))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected at most 20000 pages, found more");
  }

  @Test
  void largestArchiveIsCached() throws IOException {
    SiteFile file = store(zip(PageStreamWriter.MAX_FILES));
    BoundedCache<Sha256, PageArchive> cache = PageArchive.cache();

    cache.put(file.sha256(), PageArchive.open(file));

    assertThat(cache.get(file.sha256())).isNotNull();
  }

  /// Returns an archive of empty pages.
  private static byte[] zip(int pages) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (int i = 0; i < pages; i++) {
        ZipEntry entry = new ZipEntry("p" + i);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(0);
        entry.setCrc(0);
        out.putNextEntry(entry);
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private PageArchiveWriter.Written write(Map<String, String> pages) throws IOException {
    return write(stream(pages));
  }

  private PageArchiveWriter.Written write(byte[] stream) throws IOException {
    return PageArchiveWriter.write(ALPHA, new ByteArrayInputStream(stream), files, _ -> true);
  }

  static byte[] stream(Map<String, String> pages) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (Map.Entry<String, String> page : pages.entrySet()) {
      page(out, page.getKey(), page.getValue());
    }
    out.writeShort(0);
    return bytes.toByteArray();
  }

  private static void page(DataOutputStream out, String path, String content) throws IOException {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    byte[] body = content.getBytes(StandardCharsets.UTF_8);
    out.writeShort(name.length);
    out.write(name);
    out.writeInt(body.length);
    out.write(body);
  }

  private SiteFile store(byte[] bytes) throws IOException {
    try (SiteFileUpload upload = files.begin(bytes.length)) {
      upload.write(bytes, 0, bytes.length);
      return upload.commit(null);
    }
  }

  private SiteFile file(Sha256 digest) throws IOException {
    return files.find(digest).orElseThrow();
  }

  private static String text(PageArchive archive, String path) throws IOException {
    PageArchive.Page page = archive.find(path).orElseThrow();
    try (InputStream in = page.file().open(page.from())) {
      return new String(in.readNBytes((int) page.length()), StandardCharsets.UTF_8);
    }
  }
}
