package lazaret.documentation;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lazaret.detonation.PageStreamWriter;
import lazaret.site.store.SiteFile;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.context.BoundedCache;

/// The pages of an archive by their paths. The archive may have come in a bundle: it is read within
/// limits, and a place outside of the file is refused. A page has about 80 bytes of heap for a path
/// of any length. Immutable.
///
/// Source: PKWARE, APPNOTE.TXT, 4.3.7, 4.3.12 and 4.3.16.
final class PageArchive {
  private static final int END_LENGTH = 22;
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int DIRECTORY_LENGTH = 46;
  private static final int DIRECTORY_SIGNATURE = 0x02014b50;
  private static final int LOCAL_LENGTH = 30;
  private static final int LOCAL_SIGNATURE = 0x04034b50;
  private static final int STORED = 0;

  /// The longest directory: each of the pages with the longest path.
  private static final int MAX_DIRECTORY =
      PageStreamWriter.MAX_FILES * (DIRECTORY_LENGTH + PageStreamWriter.MAX_PATH);

  /// The maximum number of pages whose places are cached, about 13 MB. The cache refuses more than
  /// an eighth of it at once, which is the largest archive.
  private static final long MAX_PLACES = 8L * (PageStreamWriter.MAX_FILES + 1);

  private final SiteFile file;

  /// The places by the keys of their paths.
  private final Map<Long, Place> places;

  private PageArchive(SiteFile file, Map<Long, Place> places) {
    this.file = file;
    this.places = Map.copyOf(places);
  }

  /// The place of an entry.
  ///
  /// @param header the position of the head before its bytes
  private record Place(long header, long length) {}

  /// The bytes of a page in the archive.
  record Page(SiteFile file, long from, long length) {}

  /// Returns an empty cache of archives, which accepts the largest one.
  static BoundedCache<Sha256, PageArchive> cache() {
    return new BoundedCache<>(MAX_PLACES, archive -> archive.size() + 1);
  }

  /// Reads the directory of an archive.
  ///
  /// @throws MalformedException if it is not an archive of pages
  /// @throws IOException if the file cannot be read
  static PageArchive open(SiteFile file) throws IOException {
    ByteBuffer end = read(file, file.length() - END_LENGTH, END_LENGTH);
    long size = Integer.toUnsignedLong(end.getInt(12));
    long start = Integer.toUnsignedLong(end.getInt(16));
    if (end.getInt(0) != END_SIGNATURE || size > MAX_DIRECTORY) {
      throw malformed();
    }
    ByteBuffer directory = read(file, start, (int) size);
    Map<Long, Place> places = new HashMap<>();
    int entries = 0;
    while (directory.hasRemaining()) {
      if (++entries > PageStreamWriter.MAX_FILES) {
        throw new MalformedException(
            "cannot read an archive of pages: expected at most %d pages, found more"
                .formatted(PageStreamWriter.MAX_FILES));
      }
      int at = directory.position();
      if (directory.remaining() < DIRECTORY_LENGTH
          || directory.getInt(at) != DIRECTORY_SIGNATURE
          || directory.getShort(at + 10) != STORED) {
        throw malformed();
      }
      int name = Short.toUnsignedInt(directory.getShort(at + 28));
      int rest =
          Short.toUnsignedInt(directory.getShort(at + 30))
              + Short.toUnsignedInt(directory.getShort(at + 32));
      if (directory.remaining() < DIRECTORY_LENGTH + name + rest) {
        throw malformed();
      }
      byte[] path = new byte[name];
      directory.get(at + DIRECTORY_LENGTH, path);
      places.put(
          key(path),
          new Place(
              Integer.toUnsignedLong(directory.getInt(at + 42)),
              Integer.toUnsignedLong(directory.getInt(at + 24))));
      directory.position(at + DIRECTORY_LENGTH + name + rest);
    }
    return new PageArchive(file, places);
  }

  /// Returns the number of pages.
  int size() {
    return places.size();
  }

  /// Returns the bytes of a page, or empty if there is none with this path.
  ///
  /// @throws MalformedException if its place is not in the file
  /// @throws IOException if the file cannot be read
  Optional<Page> find(String path) throws IOException {
    Place place = places.get(key(path.getBytes(StandardCharsets.ISO_8859_1)));
    if (place == null) {
      return Optional.empty();
    }
    ByteBuffer head = read(file, place.header(), LOCAL_LENGTH);
    long from =
        place.header()
            + LOCAL_LENGTH
            + Short.toUnsignedInt(head.getShort(26))
            + Short.toUnsignedInt(head.getShort(28));
    if (head.getInt(0) != LOCAL_SIGNATURE || from > file.length() - place.length()) {
      throw malformed();
    }
    return Optional.of(new Page(file, from, place.length()));
  }

  /// Returns the first eight bytes of the SHA-256 of a path, which identify a page of one version.
  private static long key(byte[] path) {
    return ByteBuffer.wrap(Sha256.of(path, 0, path.length).bytes()).getLong();
  }

  private static ByteBuffer read(SiteFile file, long from, int length) throws IOException {
    if (from < 0 || from > file.length() - length) {
      throw malformed();
    }
    byte[] bytes = new byte[length];
    try (InputStream in = file.open(from)) {
      new DataInputStream(in).readFully(bytes);
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static MalformedException malformed() {
    return new MalformedException(
        "cannot read an archive of pages: expected a zip of stored files, found another form");
  }
}
