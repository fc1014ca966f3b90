package lazaret.bundle.importing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.checking.BundleInspection;
import lazaret.bundle.checking.PartReader;
import lazaret.bundle.format.Blob;
import lazaret.bundle.format.BundleTarget;
import lazaret.bundle.plan.ArtifactDiff;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.UnverifiedCrate;
import lazaret.vetting.archive.Verification;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.store.Store;
import org.jspecify.annotations.Nullable;

/// The import of the required parts. Each part is read once, and its artifacts are stored in the
/// store of the gate, where no served line names them yet. Stored artifacts are skipped, so an
/// interrupted import continues. Each artifact is stored from the memory that was hashed. Not
/// thread-safe.
final class ArtifactImport {
  /// The number of bytes between two syncs of the stored artifacts.
  private static final long SETTLED = 512 << 20;

  private final ImportContext site;
  private final BundleInspection bundle;
  private final StagingFolder staging;
  private final Optional<OperatorScanner> scanner;
  private final ImportProgress progress;
  private final BitSet todo;
  private final boolean anyHeld;
  private final Store.BulkWriter bulk;
  private final List<Integer> missing = new ArrayList<>();
  private long unsettled;
  private long total;
  private long done;
  private int part;
  private @Nullable Open open;

  /// Creates the import of parts.
  ///
  /// @param bundle the bundle, whose files are on the medium
  /// @param needed the required parts and artifacts
  ArtifactImport(
      ImportContext site,
      BundleInspection bundle,
      StagingFolder staging,
      ArtifactDiff.Needed needed,
      Optional<OperatorScanner> scanner,
      ImportProgress progress) {
    this.site = site;
    this.bundle = bundle;
    this.staging = staging;
    this.scanner = scanner;
    this.progress = progress;
    this.bulk = site.store().bulk();
    this.anyHeld = needed.stored() > 0;
    this.todo = (BitSet) needed.parts().clone();
    scanner.ifPresent(s -> todo.or(s.unscanned(bundle.statement().contents().parts())));
    todo.stream()
        .forEach(n -> total += bundle.length(BundleTarget.part(n), BundleCode.PART_MISSING));
  }

  /// An open part.
  ///
  /// @param input the reader of its artifacts
  /// @param copy the local copy, or null if the part is read from the medium
  private record Open(PartReader<VerifiedCrate> input, @Nullable Path copy) {}

  /// Imports all required artifacts.
  ///
  /// @param parts the locations of the artifacts
  /// @throws BundleException `part-damaged`, `blob-missing`, `blob-undeclared`,
  ///   `blob-digest-mismatch`, `scan-rejected`, `scan-failed`; `part-missing` after all other parts
  ///   were imported
  void take(ArtifactDiff parts) throws IOException {
    progress.at(ImportProgress.Stage.PARTS, 0, total);
    try (bulk) {
      parts.walk(this::artifact);
      endPart();
    } finally {
      if (open != null) {
        open.input().close();
      }
    }
    if (!missing.isEmpty()) {
      throw ArtifactDiff.missing(missing);
    }
  }

  private void artifact(Blob blob, CrateId id) throws IOException {
    if (blob.part() != part) {
      endPart();
      part = blob.part();
      open = begin(part);
    }
    if (open == null) {
      return;
    }
    keeping(input -> input.add(blob, id));
    progress.at(ImportProgress.Stage.PARTS, done + blob.offset() + blob.length(), total);
  }

  /// An operation on the open part.
  private interface Step {
    void on(PartReader<VerifiedCrate> input) throws IOException;
  }

  /// Performs an operation. Artifacts that were verified before a failure are kept.
  private void keeping(Step step) throws IOException {
    try {
      step.on(Objects.requireNonNull(open).input());
    } catch (BundleException e) {
      settle();
      throw e;
    }
  }

  private static VerifiedCrate verified(Blob blob, CrateId id, byte[] bytes, int from) {
    int length = (int) blob.length();
    Bytes content = length == bytes.length ? Bytes.of(bytes) : Bytes.copyOf(bytes, from, length);
    return switch (new UnverifiedCrate(content).verify(id)) {
      case Verification.Match(var verified) -> verified;
      case Verification.Mismatch mismatch ->
          throw new BundleException(
              BundleCode.BLOB_DIGEST_MISMATCH,
              "cannot use %s from part %d: its bytes have the sha256 %s"
                  .formatted(id, blob.part(), mismatch.found()));
    };
  }

  private void store(VerifiedCrate crate) {
    if (!anyHeld || !site.store().hasArtifact(crate.id().cksum())) {
      bulk.put(crate);
      unsettled += crate.bytes().length();
    }
    if (unsettled > SETTLED) {
      settle();
    }
  }

  private void settle() {
    bulk.settle();
    unsettled = 0;
    site.steps().done("stored");
  }

  /// Opens a part, or returns null if it is not required or missing.
  private @Nullable Open begin(int number) throws IOException {
    if (!todo.get(number)) {
      return null;
    }
    String name = BundleTarget.part(number);
    if (!bundle.files().lengths().containsKey(bundle.position(name, BundleCode.PART_MISSING))) {
      missing.add(number);
      return null;
    }
    if (scanner.isEmpty()) {
      return new Open(PartReader.open(bundle, number, ArtifactImport::verified, this::store), null);
    }
    Path copy = staging.copy(name, BundleCode.PART_MISSING);
    scanner.get().scan(copy);
    return new Open(
        PartReader.open(staging.copies(), number, ArtifactImport::verified, this::store), copy);
  }

  private void endPart() throws IOException {
    Open ended = open;
    if (ended == null) {
      return;
    }
    keeping(PartReader::end);
    ended.input().close();
    open = null;
    settle();
    done += bundle.length(BundleTarget.part(part), BundleCode.PART_MISSING);
    if (ended.copy() != null) {
      staging.drop(ended.copy());
      scanner.orElseThrow().note(part);
    }
    site.steps().done("part " + part);
  }
}
