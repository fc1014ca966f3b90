package lazaret.bundle.checking;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.LongConsumer;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.format.Blob;
import lazaret.bundle.format.BlobTable;
import lazaret.bundle.format.ExternalDigestSort;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.snapshot.SnapshotKind;
import org.jspecify.annotations.Nullable;

/// A merge of the artifact table, the parts and the allowed versions, all in the order of digests.
/// For one use.
final class PartVerifier implements AutoCloseable {
  private final BundleInspection bundle;
  private final BlobTable table;
  private final ExternalDigestSort allowed;
  private Optional<Blob> current = Optional.empty();
  private @Nullable PartReader<Blob> open;
  private int part;
  private long artifacts;
  private long bytes;
  private long elsewhere;

  /// The bytes of parts that were read, with the headers between the artifacts.
  private long read;

  /// The length of all parts before the open one.
  private long earlier;

  private PartVerifier(BundleInspection bundle, BlobTable table, ExternalDigestSort allowed) {
    this.bundle = bundle;
    this.table = table;
    this.allowed = allowed;
  }

  static PartVerifier over(BundleInspection bundle, BlobTable table, ExternalDigestSort allowed) {
    return new PartVerifier(bundle, table, allowed);
  }

  /// Returns the number of artifacts in the parts.
  long artifacts() {
    return artifacts;
  }

  /// Returns the total length of the artifacts in the parts, in bytes.
  long bytes() {
    return bytes;
  }

  /// Returns the number of artifacts that are allowed but not in the parts.
  long elsewhere() {
    return elsewhere;
  }

  /// Checks all artifacts.
  ///
  /// @param progress receives the number of bytes of parts read so far, from time to time
  PartVerifier run(LongConsumer progress) throws IOException {
    try (this) {
      current = table.next();
      allowed.forEach(
          id -> {
            until(id);
            progress.accept(read);
          });
      finish();
    }
    return this;
  }

  /// Reads the artifact of the next allowed version, if the bundle has it.
  private void until(CrateId id) throws IOException {
    int order = current.map(blob -> blob.digest().compareTo(id.cksum())).orElse(1);
    if (order < 0) {
      throw undeclared(current.orElseThrow());
    }
    if (order > 0) {
      if (bundle.statement().kind() == SnapshotKind.FULL) {
        throw missing(id);
      }
      elsewhere++;
      return;
    }
    take(current.orElseThrow(), id);
    current = table.next();
  }

  /// Returns the exception for an allowed version without an artifact. The message depends on
  /// whether the bundle has other bytes of that version.
  private BundleException missing(CrateId id) throws IOException {
    while (current.isPresent()) {
      Blob blob = current.get();
      if (blob.isOf(id)) {
        return cksumMismatch(id, blob);
      }
      current = table.next();
    }
    return new BundleException(
        BundleCode.BLOB_MISSING, "cannot use the bundle: no part has the artifact of " + id);
  }

  /// Returns the exception for an artifact without an allowed version. The message depends on
  /// whether the index line of that version names other bytes.
  private BundleException undeclared(Blob blob) throws IOException {
    Optional<CrateId> line = allowed.find(blob::isOf);
    return line.isPresent()
        ? cksumMismatch(line.get(), blob)
        : new BundleException(
            BundleCode.BLOB_UNDECLARED,
            "cannot use the bundle: no allowed index line names %s".formatted(blob.id()));
  }

  private static BundleException cksumMismatch(CrateId id, Blob blob) {
    return new BundleException(
        BundleCode.CKSUM_MISMATCH,
        "cannot use %s: its index line names those bytes, the bundle has %s"
            .formatted(id, blob.digest()));
  }

  private void finish() throws IOException {
    if (current.isPresent()) {
      throw undeclared(current.get());
    }
    endPart();
    if (part != bundle.statement().contents().parts()) {
      throw new BundleException(
          BundleCode.TABLE_MALFORMED,
          "cannot use the bundle: the statement counts %d parts, the table names %d"
              .formatted(bundle.statement().contents().parts(), part));
    }
  }

  private void take(Blob blob, CrateId id) throws IOException {
    PartReader<Blob> entries = open;
    if (entries == null || blob.part() != part) {
      endPart();
      part = blob.part();
      entries = PartReader.open(bundle, part, new Matching(), _ -> {});
      open = entries;
    }
    entries.add(blob, id);
    artifacts++;
    bytes += blob.length();
    read = earlier + blob.offset() + blob.length();
  }

  /// The comparison of the bytes of artifacts with the digests of the table.
  private static final class Matching implements PartReader.Work<Blob> {
    @Override
    public Blob of(Blob blob, CrateId id, byte[] bytes, int from) {
      return matching(blob, id, Sha256.of(bytes, from, (int) blob.length()));
    }

    @Override
    public long held(Blob blob) {
      return 0;
    }

    /// Hashes a long artifact while it is read. Reading it into an array would take longer than
    /// hashing it.
    @Override
    public Blob ofLong(Blob blob, CrateId id, InputStream content) throws IOException {
      return matching(blob, id, Sha256.digestOf(content));
    }

    private static Blob matching(Blob blob, CrateId id, Sha256 found) {
      if (!found.equals(blob.digest())) {
        throw new BundleException(
            BundleCode.BLOB_DIGEST_MISMATCH,
            "cannot use %s from part %d: its bytes have the sha256 %s"
                .formatted(id, blob.part(), found));
      }
      return blob;
    }
  }

  private void endPart() throws IOException {
    if (open != null) {
      open.end();
      earlier += bundle.partLength(part);
      close();
    }
  }

  @Override
  public void close() throws IOException {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
