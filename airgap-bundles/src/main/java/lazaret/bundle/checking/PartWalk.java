package lazaret.bundle.checking;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.LongConsumer;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.format.Blob;
import lazaret.bundle.format.BlobTable;
import lazaret.bundle.format.BundleFile;
import lazaret.bundle.format.DigestSort;
import lazaret.bundle.format.InOrder;
import lazaret.bundle.format.Ustar;
import lazaret.bundle.format.UstarReader;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.snapshot.SnapshotKind;
import org.jspecify.annotations.Nullable;

/// Goes through the table of artefacts and the parts, side by side with what is allowed: all three
/// are in the order of digests. Artefacts are hashed on all processors, a few megabytes ahead.
///
/// The digest of a part is not computed: from the table, which was hashed, and the artefacts, which
/// are, every byte of a part follows ([Ustar]). Only where something is wrong the part is read
/// again to say whether it is the one that was signed. Used once.
final class PartWalk implements AutoCloseable {
  /// How many bytes of artefacts are hashed ahead.
  private static final int AHEAD = 8 << 20;

  /// Longer ones are hashed as they are read.
  private static final int MOST_AHEAD = 1 << 20;

  private static final int BUFFER = 256 << 10;

  private final Inspection bundle;
  private final BlobTable table;
  private final DigestSort allowed;
  private final InOrder<Hashed> hashing = new InOrder<>(AHEAD);
  private Optional<Blob> current = Optional.empty();
  private @Nullable InputStream stream;
  private @Nullable UstarReader archive;
  private int part;
  private long artefacts;
  private long bytes;
  private long elsewhere;

  private PartWalk(Inspection bundle, BlobTable table, DigestSort allowed) {
    this.bundle = bundle;
    this.table = table;
    this.allowed = allowed;
  }

  /// What an artefact was found to be.
  private record Hashed(Blob blob, long length, Sha256 digest) {}

  static PartWalk over(Inspection bundle, BlobTable table, DigestSort allowed) {
    return new PartWalk(bundle, table, allowed);
  }

  /// Returns how many artefacts the parts have.
  long artefacts() {
    return artefacts;
  }

  /// Returns how long those are.
  long bytes() {
    return bytes;
  }

  /// Returns how many artefacts are allowed and not in the parts.
  long elsewhere() {
    return elsewhere;
  }

  /// Walks.
  ///
  /// @param progress told how many bytes were read, now and then
  PartWalk run(LongConsumer progress) throws IOException {
    try (this) {
      current = table.next();
      allowed.forEach(
          id -> {
            until(id);
            progress.accept(bytes);
          });
      finish();
    }
    return this;
  }

  /// Takes the artefact of the next allowed version, where the bundle has it.
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
    take(current.orElseThrow());
    current = table.next();
  }

  /// An artefact too few: of a version that comes with other bytes, or of none.
  private BundleException missing(CrateId id) throws IOException {
    while (current.isPresent()) {
      Blob blob = current.get();
      if (blob.isOf(id)) {
        return cksumMismatch(id, blob);
      }
      current = table.next();
    }
    return new BundleException(
        BundleCode.BLOB_MISSING, "cannot use the bundle: no part has the artefact of " + id);
  }

  /// An artefact too many: of a version whose index line names other bytes, or of none.
  private BundleException undeclared(Blob blob) throws IOException {
    Optional<CrateId> line = allowed.find(blob::isOf);
    return line.isPresent()
        ? cksumMismatch(line.get(), blob)
        : new BundleException(
            BundleCode.BLOB_UNDECLARED,
            "cannot use the bundle: no index line that is allowed names %s".formatted(blob.id()));
  }

  private static BundleException cksumMismatch(CrateId id, Blob blob) {
    return new BundleException(
        BundleCode.CKSUM_MISMATCH,
        "cannot use %s: its index line names those bytes, the bundle brings %s"
            .formatted(id, blob.digest()));
  }

  private void finish() throws IOException {
    if (current.isPresent()) {
      throw undeclared(current.get());
    }
    endPart();
    while (!hashing.isEmpty()) {
      settle();
    }
    if (part != bundle.statement().contents().parts()) {
      throw new BundleException(
          BundleCode.TABLE_MALFORMED,
          "cannot use the bundle: the statement counts %d parts, the table names %d"
              .formatted(bundle.statement().contents().parts(), part));
    }
  }

  private void take(Blob blob) throws IOException {
    UstarReader entries = archive;
    if (blob.part() != part || entries == null) {
      endPart();
      entries = beginPart(blob.part());
    }
    try {
      hash(blob, entries);
    } catch (BundleException e) {
      throw instead(part, e);
    }
    while (hashing.isFull()) {
      settle();
    }
    artefacts++;
    bytes += blob.length();
  }

  private void hash(Blob blob, UstarReader entries) throws IOException {
    Optional<Ustar.Entry> entry = entries.next();
    if (entry.isEmpty() || !entry.get().name().equals(blob.digest().hex())) {
      throw new BundleException(
          BundleCode.BLOB_MISSING,
          "cannot use part %d: expected %s, found %s"
              .formatted(part, blob.id(), entry.map(Ustar.Entry::name).orElse("its end")));
    }
    long length = entry.get().size();
    if (length <= MOST_AHEAD) {
      Bytes content = entries.content(MOST_AHEAD);
      hashing.add(length, () -> new Hashed(blob, length, Sha256.of(content)));
    } else {
      Sha256 digest = entries.digest();
      hashing.add(0, () -> new Hashed(blob, length, digest));
    }
  }

  /// Holds what was found first of all that is under way against the table.
  private void settle() throws IOException {
    Hashed found = hashing.take();
    Blob blob = found.blob();
    if (!found.digest().equals(blob.digest()) || found.length() != blob.length()) {
      throw instead(
          blob.part(),
          new BundleException(
              BundleCode.BLOB_DIGEST_MISMATCH,
              "cannot use %s from part %d: expected %d bytes, found %d with the sha256 %s"
                  .formatted(
                      blob.id(), blob.part(), blob.length(), found.length(), found.digest())));
    }
  }

  private UstarReader beginPart(int number) {
    part = number;
    String name = BundleFile.part(number);
    String place = bundle.place(name, BundleCode.PART_MISSING);
    Long length = bundle.files().lengths().get(place);
    if (length == null) {
      throw new BundleException(
          BundleCode.PART_MISSING,
          "cannot read '%s': it is not there; expected '%s'".formatted(name, place));
    }
    long signed = bundle.length(name, BundleCode.PART_MISSING);
    if (length != signed) {
      throw new BundleException(
          BundleCode.PART_DAMAGED,
          "cannot use '%s': expected %d bytes, found %d".formatted(name, signed, length));
    }
    InputStream in = new BufferedInputStream(bundle.files().open(place), BUFFER);
    stream = in;
    var entries = new UstarReader(in, Ustar.Names.DIGESTS, name);
    archive = entries;
    return entries;
  }

  private void endPart() throws IOException {
    if (archive == null) {
      return;
    }
    try {
      Optional<Ustar.Entry> more = archive.next();
      if (more.isPresent()) {
        throw new BundleException(
            BundleCode.BLOB_UNDECLARED,
            "cannot use part %d: the table does not know its entry %s"
                .formatted(part, more.get().name()));
      }
    } catch (BundleException e) {
      throw instead(part, e);
    }
    closePart();
  }

  private void closePart() throws IOException {
    if (stream != null) {
      stream.close();
      stream = null;
      archive = null;
    }
  }

  /// Returns what to refuse a part with after something was wrong within: that it is not the one
  /// that was signed, where it is not.
  private BundleException instead(int number, BundleException found) throws IOException {
    try (SignedStream whole =
        SignedStream.open(
            bundle, BundleFile.part(number), BundleCode.PART_DAMAGED, BundleCode.PART_MISSING)) {
      return whole.instead(found);
    }
  }

  @Override
  public void close() throws IOException {
    try (hashing) {
      closePart();
    }
  }
}
