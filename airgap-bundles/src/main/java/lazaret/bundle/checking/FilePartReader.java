package lazaret.bundle.checking;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.format.BundleTarget;
import lazaret.bundle.format.BundledFile;
import lazaret.bundle.format.Ustar;
import lazaret.bundle.format.UstarReader;
import lazaret.vetting.crates.Sha256;

/// A reader of the parts with files of the site. A part is read once from its beginning to its end,
/// and compared with the table and with its signed digest.
public final class FilePartReader {
  private FilePartReader() {}

  /// A receiver of files.
  @FunctionalInterface
  public interface Taker {
    /// Receives a file. Its SHA-256 is not compared before.
    ///
    /// @param content a stream that ends with the file; the rest of it is skipped
    /// @throws IOException if the content cannot be read or stored
    void file(BundledFile file, InputStream content) throws IOException;
  }

  /// Reads one part.
  ///
  /// @param part the number of the part
  /// @param files the files of all parts, in the order of the table
  /// @throws BundleException `part-missing`, `part-damaged`; `blob-missing`, `blob-undeclared`,
  ///   `archive-...` if the part is the signed file; any exception of the receiver
  /// @throws IOException if the medium or the receiver throws it
  public static void read(
      BundleInspection bundle, int part, Iterable<BundledFile> files, Taker taker)
      throws IOException {
    String name = BundleTarget.filePart(part);
    try (VerifyingTargetStream stream =
        VerifyingTargetStream.open(
            bundle, name, BundleCode.PART_DAMAGED, BundleCode.PART_MISSING)) {
      try {
        UstarReader archive = new UstarReader(stream.in(), Ustar.Names.DIGESTS, name);
        for (BundledFile file : files) {
          if (file.part() == part) {
            entry(archive, file);
            taker.file(file, new Content(archive));
          }
        }
        if (archive.next().isPresent()) {
          throw new BundleException(
              BundleCode.BLOB_UNDECLARED,
              "cannot use '%s': the table does not list its last entry".formatted(name));
        }
      } catch (BundleException e) {
        throw stream.instead(e);
      }
      stream.finish();
    }
  }

  /// Reads one part, and compares each of its files with its SHA-256.
  ///
  /// @throws BundleException as [#read], and `blob-digest-mismatch`
  public static void check(BundleInspection bundle, int part, Iterable<BundledFile> files)
      throws IOException {
    read(bundle, part, files, FilePartReader::matching);
  }

  private static void matching(BundledFile file, InputStream content) throws IOException {
    Sha256 found = Sha256.digestOf(content);
    if (!found.equals(file.digest())) {
      throw new BundleException(
          BundleCode.BLOB_DIGEST_MISMATCH,
          "cannot use a file of part %d: expected the sha256 %s, found %s"
              .formatted(file.part(), file.digest(), found));
    }
  }

  /// Returns whether a part is on the medium.
  public static boolean isPresent(BundleInspection bundle, int part) {
    String place = bundle.position(BundleTarget.filePart(part), BundleCode.PART_MISSING);
    return bundle.files().lengths().containsKey(place);
  }

  /// Opens a file without the rest of its part, which was checked before.
  ///
  /// @param from the position of the first byte that is read
  /// @throws BundleException `part-missing`, `part-damaged`
  public static InputStream open(BundleInspection bundle, BundledFile file, long from)
      throws IOException {
    InputStream in =
        bundle
            .files()
            .open(bundle.position(BundleTarget.filePart(file.part()), BundleCode.PART_MISSING));
    try {
      in.skipNBytes(file.offset() + from);
    } catch (EOFException e) {
      in.close();
      throw new BundleException(
          BundleCode.PART_DAMAGED,
          "cannot use part %d of the files: it is cut off".formatted(file.part()),
          e);
    }
    return new StreamSection(in, file.length() - from);
  }

  private static void entry(UstarReader archive, BundledFile file) throws IOException {
    Optional<Ustar.Entry> entry = archive.next();
    if (!entry.equals(Optional.of(new Ustar.Entry(file.digest().hex(), file.length())))) {
      throw new BundleException(
          BundleCode.BLOB_MISSING,
          "cannot use part %d of the files: expected %s of %d bytes, found %s"
              .formatted(
                  file.part(),
                  file.digest(),
                  file.length(),
                  entry.map(Ustar.Entry::toString).orElse("its end")));
    }
  }

  /// The content of the current entry.
  private static final class Content extends InputStream {
    private final UstarReader archive;

    Content(UstarReader archive) {
      this.archive = archive;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
      return count == 0 ? 0 : archive.read(into, offset, count);
    }
  }
}
