package lazaret.documentation;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import lazaret.detonation.PageStreamWriter;
import lazaret.documentation.page.PageType;
import lazaret.site.store.SiteFile;
import lazaret.site.store.SiteFileStore;
import lazaret.site.store.SiteFileUpload;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// The writer of the archive of a version's pages from the stream of the sandbox, which is not
/// trusted. The archive is a zip without compression, so that one page is read without the others.
/// The same pages give the same bytes.
final class PageArchiveWriter {
  /// The folder whose files are the same for all crates of a toolchain.
  private static final String SHARED = "static.files/";

  private static final int MAX_SHARED = 400;

  /// The time of all entries. The JDK adds a field with the zone to the first moment of 1980.
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private final SiteFileStore files;
  private final Predicate<SiteFile> stays;
  private final Set<String> paths = new HashSet<>();
  private final List<SharedPage> shared = new ArrayList<>();
  private int pages;
  private long bytes;

  private PageArchiveWriter(SiteFileStore files, Predicate<SiteFile> stays) {
    this.files = files;
    this.stays = stays;
  }

  /// The written archive.
  ///
  /// @param archive the SHA-256 of the archive
  /// @param length the length of the archive in bytes
  /// @param pages the number of pages
  /// @param bytes the length of all pages
  /// @param first the path of the first page
  /// @param shared the pages that are stored by themselves
  record Written(
      Sha256 archive, long length, int pages, long bytes, String first, List<SharedPage> shared) {}

  /// Stores the pages of a stream. Files of other kinds are left out.
  ///
  /// @param name the crate, whose library has the first page as a rule
  /// @param stays returns whether a stored file stays until a row names it
  /// @throws MalformedException if the stream breaks its form or limits, or has no first page
  /// @throws IOException if the disk fails
  static Written write(
      CrateName name, InputStream stream, SiteFileStore files, Predicate<SiteFile> stays)
      throws IOException {
    return new PageArchiveWriter(files, stays).write(name, new DataInputStream(stream));
  }

  private Written write(CrateName name, DataInputStream in) throws IOException {
    try (SiteFileUpload upload = files.begin(SiteFileStore.UNKNOWN_LENGTH)) {
      try (ZipOutputStream zip = new ZipOutputStream(new UploadStream(upload))) {
        zip.setMethod(ZipOutputStream.STORED);
        for (String path = path(in); !path.isEmpty(); path = path(in)) {
          take(path, content(in), zip);
        }
      } catch (EOFException e) {
        throw new MalformedException("cannot keep documentation: the stream of pages is cut", e);
      }
      if (in.read() >= 0) {
        throw new MalformedException("cannot keep documentation: data follow the last page");
      }
      String first = first(name);
      if (first == null) {
        throw new MalformedException(
            "cannot keep documentation: expected the page of a library, found none");
      }
      SiteFile archive = upload.commit(null);
      return new Written(
          archive.sha256(), archive.length(), pages, bytes, first, List.copyOf(shared));
    }
  }

  private static String path(DataInputStream in) throws IOException {
    int length = in.readUnsignedShort();
    if (length > PageStreamWriter.MAX_PATH) {
      throw new MalformedException(
          "cannot keep documentation: expected paths of at most %d bytes, found %d"
              .formatted(PageStreamWriter.MAX_PATH, length));
    }
    byte[] path = new byte[length];
    in.readFully(path);
    // Bytes that are not ASCII make a path that no page has.
    return new String(path, StandardCharsets.ISO_8859_1);
  }

  private byte[] content(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > PageStreamWriter.MAX_FILE) {
      throw new MalformedException(
          "cannot keep documentation: expected files of at most %d bytes, found another length"
              .formatted(PageStreamWriter.MAX_FILE));
    }
    bytes += length;
    if (bytes > PageStreamWriter.MAX_BYTES) {
      throw new MalformedException("cannot keep documentation: its pages are too long");
    }
    // Reads as many bytes as come, so that a false length reserves no memory.
    byte[] content = in.readNBytes(length);
    if (content.length < length) {
      throw new EOFException("a page is cut");
    }
    return content;
  }

  private void take(String path, byte[] content, ZipOutputStream zip) throws IOException {
    if (++pages > PageStreamWriter.MAX_FILES) {
      throw new MalformedException(
          "cannot keep documentation: expected at most %d pages, found more"
              .formatted(PageStreamWriter.MAX_FILES));
    }
    if (PageType.of(path).isEmpty()) {
      pages--;
      bytes -= content.length;
      return;
    }
    if (!paths.add(path)) {
      throw new MalformedException("cannot keep documentation: a path occurs twice");
    }
    if (path.startsWith(SHARED) && shared.size() < MAX_SHARED) {
      shared.add(share(path, content));
    } else {
      CRC32 checksum = new CRC32();
      checksum.update(content);
      ZipEntry entry = new ZipEntry(path);
      entry.setTimeLocal(NO_TIME);
      entry.setSize(content.length);
      entry.setCompressedSize(content.length);
      entry.setCrc(checksum.getValue());
      zip.putNextEntry(entry);
      zip.write(content);
      zip.closeEntry();
    }
  }

  /// Stores a file by its digest. The name of such a file has a digest, too, but a build script
  /// could have written it: another crate must not get its bytes by the name.
  private SharedPage share(String path, byte[] content) throws IOException {
    Sha256 digest = Sha256.of(content, 0, content.length);
    if (files.find(digest).filter(stays).isEmpty()) {
      try (SiteFileUpload upload = files.begin(content.length)) {
        upload.write(content, 0, content.length);
        SiteFile _ = upload.commit(digest);
      }
    }
    return new SharedPage(path, digest, content.length);
  }

  /// Returns the first page: that of the library with the name of the crate, or else of the only
  /// folder that can be a library.
  private @Nullable String first(CrateName name) {
    String usual = name.published().replace('-', '_') + "/index.html";
    if (paths.contains(usual)) {
      return usual;
    }
    List<String> others =
        paths.stream()
            .filter(path -> path.endsWith("/index.html") && path.indexOf('/') == path.length() - 11)
            .filter(path -> !path.startsWith("src/") && !path.startsWith(SHARED))
            .sorted()
            .toList();
    return others.isEmpty() ? null : others.getFirst();
  }

  /// The bytes of the archive on their way into the store.
  private static final class UploadStream extends OutputStream {
    private final SiteFileUpload upload;

    private UploadStream(SiteFileUpload upload) {
      this.upload = upload;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] some, int offset, int length) throws IOException {
      upload.write(some, offset, length);
    }
  }
}
