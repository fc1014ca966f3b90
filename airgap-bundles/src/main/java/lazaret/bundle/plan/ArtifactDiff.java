package lazaret.bundle.plan;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.checking.BundleInspection;
import lazaret.bundle.checking.PartReader;
import lazaret.bundle.checking.VerifyingTargetStream;
import lazaret.bundle.format.Blob;
import lazaret.bundle.format.BlobTable;
import lazaret.bundle.format.BundleTarget;
import lazaret.bundle.format.ExternalDigestSort;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Store;

/// A merge of the artifact table, the allowed versions and the stored artifacts, in the order of
/// digests. Not thread-safe.
public final class ArtifactDiff {
  private final BundleInspection bundle;
  private final Store store;
  private final ExternalDigestSort allowed;

  /// Creates a merge.
  ///
  /// @param bundle the bundle, whose tables are local copies
  /// @param allowed the versions that the tables of the bundle allow
  public ArtifactDiff(BundleInspection bundle, Store store, ExternalDigestSort allowed) {
    this.bundle = bundle;
    this.store = store;
    this.allowed = allowed;
  }

  /// The artifacts that must be imported.
  ///
  /// @param parts the numbers of the parts that contain them
  /// @param artifacts the number of artifacts
  /// @param bytes their total length
  /// @param stored the number of allowed artifacts that are stored already
  /// @param positions the locations of the artifacts that the caller asked for
  public record Needed(
      BitSet parts, long artifacts, long bytes, long stored, Map<Sha256, Blob> positions) {}

  /// A consumer of artifacts.
  @FunctionalInterface
  public interface Visitor {
    /// Visits an artifact.
    ///
    /// @param blob the location of the artifact
    /// @param id the crate version and checksum as given in the index
    void artifact(Blob blob, CrateId id) throws IOException;
  }

  /// Determines the artifacts that must be imported.
  ///
  /// @param wanted the digests of artifacts whose locations are returned
  /// @throws BundleException `blob-missing` if the bytes of an allowed version are neither in the
  ///   bundle nor stored; `blob-undeclared`, `limit-exceeded`, `table-malformed`,
  ///   `table-hash-mismatch`
  public Needed needed(Set<Sha256> wanted) throws IOException {
    var parts = new BitSet();
    Map<Sha256, Blob> places = new TreeMap<>();
    long[] sums = new long[3];
    int[] last = new int[1];
    walk(
        (blob, id) -> {
          if (blob.length() > PartReader.MOST_BLOB) {
            throw new BundleException(
                BundleCode.LIMIT_EXCEEDED,
                "cannot read %s: it has %d bytes, at most %d are read"
                    .formatted(id, blob.length(), PartReader.MOST_BLOB));
          }
          last[0] = blob.part();
          if (wanted.contains(blob.digest())) {
            places.put(blob.digest(), blob);
          }
          if (store.hasArtifact(blob.digest())) {
            sums[2]++;
          } else {
            parts.set(blob.part());
            sums[0]++;
            sums[1] += blob.length();
          }
        },
        id -> sums[2]++);
    if (last[0] != bundle.statement().contents().parts()) {
      throw new BundleException(
          BundleCode.TABLE_MALFORMED,
          "cannot import the bundle: the statement counts %d parts, the table names %d"
              .formatted(bundle.statement().contents().parts(), last[0]));
    }
    return new Needed(parts, sums[0], sums[1], sums[2], places);
  }

  /// Visits the artifacts of the bundle in their order.
  public void walk(Visitor visitor) throws IOException {
    walk(visitor, _ -> {});
  }

  private void walk(Visitor visitor, java.util.function.Consumer<CrateId> elsewhere)
      throws IOException {
    try (VerifyingTargetStream table = TableDiff.open(bundle, BundleTarget.BLOBS)) {
      try {
        var merge = new Merge(new BlobTable(table.in()));
        allowed.forEach(
            id -> {
              Optional<Blob> blob = merge.take(id);
              if (blob.isPresent()) {
                visitor.artifact(blob.get(), id);
              } else {
                if (!store.hasArtifact(id.cksum())) {
                  throw merge.missing(id);
                }
                elsewhere.accept(id);
              }
            });
        merge.end();
        table.finish();
      } catch (BundleException e) {
        throw table.instead(e);
      }
    }
  }

  /// The merge of the table with the allowed versions.
  private final class Merge {
    private final BlobTable table;
    private Optional<Blob> next;

    Merge(BlobTable table) throws IOException {
      this.table = table;
      this.next = table.next();
    }

    /// Returns the artifact of an allowed version, or empty if the table does not contain it.
    Optional<Blob> take(CrateId id) throws IOException {
      int order = next.map(blob -> blob.digest().compareTo(id.cksum())).orElse(1);
      if (order < 0) {
        throw undeclared(next.orElseThrow());
      }
      if (order > 0) {
        return Optional.empty();
      }
      Optional<Blob> found = next;
      next = table.next();
      return found;
    }

    void end() throws IOException {
      if (next.isPresent()) {
        throw undeclared(next.get());
      }
    }

    /// Returns the exception for an allowed version without an artifact. The message depends on
    /// whether the bundle has other bytes of that version.
    BundleException missing(CrateId id) throws IOException {
      for (; next.isPresent(); next = table.next()) {
        if (next.get().isOf(id)) {
          return otherBytes(id, next.get());
        }
      }
      return new BundleException(
          BundleCode.BLOB_MISSING,
          "cannot import the bundle: %s is neither in it nor stored; ask for a full bundle"
              .formatted(id));
    }

    /// Returns the exception for an artifact without an allowed version. The message depends on
    /// whether the index line of that version names other bytes.
    private BundleException undeclared(Blob blob) throws IOException {
      Optional<CrateId> line = allowed.find(blob::isOf);
      return line.isPresent()
          ? otherBytes(line.get(), blob)
          : new BundleException(
              BundleCode.BLOB_UNDECLARED,
              "cannot import the bundle: no allowed index line names %s".formatted(blob.id()));
    }

    private static BundleException otherBytes(CrateId id, Blob blob) {
      return new BundleException(
          BundleCode.CKSUM_MISMATCH,
          "cannot import %s: its index line names those bytes, the bundle has %s"
              .formatted(id, blob.digest()));
    }
  }

  /// Reads one artifact without the rest of its part.
  public static Bytes read(BundleInspection bundle, Blob blob) throws IOException {
    String place = bundle.position(BundleTarget.part(blob.part()), BundleCode.PART_MISSING);
    if (!bundle.files().lengths().containsKey(place)) {
      throw missing(List.of(blob.part()));
    }
    try (InputStream in = bundle.files().open(place)) {
      in.skipNBytes(blob.offset());
      Bytes bytes = Bytes.of(in.readNBytes((int) Math.min(PartReader.MOST_BLOB, blob.length())));
      if (!Sha256.of(bytes).equals(blob.digest())) {
        throw new BundleException(
            BundleCode.PART_DAMAGED,
            "cannot use part %d: the bytes of %s are not the signed ones"
                .formatted(blob.part(), blob.id()));
      }
      return bytes;
    } catch (java.io.EOFException e) {
      throw new BundleException(
          BundleCode.PART_DAMAGED, "cannot use part %d: it is cut off".formatted(blob.part()), e);
    }
  }

  /// Creates the refusal of a bundle that lacks parts.
  public static BundleException missing(List<Integer> parts) {
    List<String> names = new ArrayList<>();
    parts.forEach(part -> names.add("'" + BundleTarget.part(part) + "'"));
    return new BundleException(
        BundleCode.PART_MISSING,
        "cannot import the bundle: %s is missing; the parts that were read are kept: add the missing ones and import again"
            .formatted(String.join(", ", names)));
  }
}
