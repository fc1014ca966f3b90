package lazaret.bundle.checking;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongConsumer;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.format.AdvisoryTable;
import lazaret.bundle.format.Blob;
import lazaret.bundle.format.BlobTable;
import lazaret.bundle.format.BundleFile;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.format.CrateTables;
import lazaret.bundle.format.DigestSort;
import lazaret.bundle.format.TableInput;
import lazaret.bundle.format.Ustar;
import lazaret.bundle.format.UstarReader;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotKind;
import lazaret.vetting.snapshot.SnapshotLine;
import lazaret.vetting.snapshot.StateTree;

/// Checks a bundle from its first to its last byte, without a store: each file is read once, from
/// its beginning to its end. What depends on what the inside holds is left to the import. Holds a
/// crate at a time, however many there are. Used once.
public final class BundleCheck {
  private final Inspection bundle;
  private final LongConsumer progress;
  private final StateTree tree = new StateTree();
  private long crates;
  private long versions;
  private long entries;
  private long artefacts;
  private long bytes;
  private long elsewhere;

  private BundleCheck(Inspection bundle, LongConsumer progress) {
    this.bundle = bundle;
    this.progress = progress;
  }

  /// What a check found to be right.
  ///
  /// @param crates how many crates the bundle brings
  /// @param versions how many of their versions
  /// @param artefacts how many artefacts
  /// @param bytes how long those are
  /// @param elsewhere how many artefacts the inside must have already
  public record Checked(long crates, long versions, long artefacts, long bytes, long elsewhere) {}

  /// Checks.
  ///
  /// @param bundle what was looked into, and not been read further
  /// @param progress told how many bytes of parts were read, now and then
  /// @throws BundleException with the reason where the bundle is refused
  /// @throws IOException if a temporary file cannot be written
  public static Checked check(Inspection bundle, LongConsumer progress) throws IOException {
    return new BundleCheck(bundle, progress).check();
  }

  private Checked check() throws IOException {
    onlyDenies();
    Path folder = Files.createTempDirectory("lazaret-check");
    try (var allowed = new DigestSort(folder)) {
      crates(allowed);
      state();
      advisories();
      materials();
      parts(allowed);
    } finally {
      Files.deleteIfExists(folder);
    }
    return new Checked(crates, entries, artefacts, bytes, elsewhere);
  }

  private void onlyDenies() {
    if (statement().kind() == SnapshotKind.REVOCATION
        && (statement().contents().parts() > 0 || !statement().feeds().isEmpty())) {
      throw new BundleException(
          BundleCode.REVOCATION_NOT_MONOTONE,
          "cannot use a revocation that brings artefacts or feeds");
    }
  }

  private BundleStatement statement() {
    return bundle.statement();
  }

  private SignedStream table(BundleFile file) {
    return SignedStream.open(
        bundle, file.path(), BundleCode.TABLE_HASH_MISMATCH, BundleCode.METADATA_MISSING);
  }

  private TableInput lines(SignedStream table, BundleFile file) throws IOException {
    Long length = statement().contents().tables().get(file.path());
    if (length == null) {
      throw new BundleException(
          BundleCode.TABLE_MALFORMED,
          "cannot read %s: the bundle's statement does not know it".formatted(file.path()));
    }
    return new TableInput(table.in(), file.path(), length);
  }

  private void crates(DigestSort allowed) throws IOException {
    try (SignedStream index = table(BundleFile.INDEX);
        SignedStream decisions = table(BundleFile.DECISIONS)) {
      crates(index, decisions, allowed);
    }
    if (entries != statement().contents().entries()) {
      throw new BundleException(
          BundleCode.TABLE_MALFORMED,
          "cannot use the index table: the statement counts %d lines, it has %d"
              .formatted(statement().contents().entries(), entries));
    }
  }

  private void crates(SignedStream index, SignedStream decisions, DigestSort allowed)
      throws IOException {
    try {
      // Closed by the streams below it.
      var tables =
          new CrateTables(
              lines(index, BundleFile.INDEX),
              lines(decisions, BundleFile.DECISIONS),
              bundle.trust().policy().decisionKeys());
      for (Optional<SnapshotCrate> c = tables.next(); c.isPresent(); c = tables.next()) {
        crate(c.get(), allowed);
      }
    } catch (BundleException e) {
      BundleException first = index.instead(e);
      throw first.equals(e) ? decisions.instead(e) : first;
    }
    index.finish();
    decisions.finish();
  }

  private void crate(SnapshotCrate crate, DigestSort allowed) throws IOException {
    crates++;
    entries += crate.lines().size();
    if (!crate.gone()) {
      tree.add(crate.leaf());
      versions += crate.lines().size();
    }
    for (SnapshotLine line : crate.lines()) {
      if (line.statement().allows()) {
        if (statement().kind() == SnapshotKind.REVOCATION) {
          throw new BundleException(
              BundleCode.REVOCATION_NOT_MONOTONE,
              "cannot use a revocation that allows %s".formatted(line.entry().id()));
        }
        allowed.add(line.entry().id());
      }
    }
  }

  /// Only a full bundle has all that its state is made of.
  private void state() {
    if (statement().kind() != SnapshotKind.FULL) {
      return;
    }
    BundleStatement.Result result = statement().result();
    if (!tree.root().equals(result.stateRoot()) || versions != result.versions()) {
      throw new BundleException(
          BundleCode.BUNDLE_STATE_MISMATCH,
          "cannot use the bundle: its %d versions come to the state %s, it states %d and %s"
              .formatted(versions, tree.root(), result.versions(), result.stateRoot()));
    }
  }

  private void advisories() throws IOException {
    try (SignedStream table = table(BundleFile.ADVISORIES)) {
      try {
        AdvisoryTable.read(lines(table, BundleFile.ADVISORIES), statement().feeds());
      } catch (BundleException e) {
        throw table.instead(e);
      }
      table.finish();
    }
  }

  /// For people and other programs; nothing here is decided by it.
  private void materials() throws IOException {
    table(BundleFile.SBOM).finish();
  }

  private void parts(DigestSort allowed) throws IOException {
    try (SignedStream table = table(BundleFile.BLOBS)) {
      var blobs = new Blobs(new BlobTable(new BufferedInputStream(table.in())));
      try (var walk = new PartWalk(blobs, allowed)) {
        // By digest on both sides: a merge.
        blobs.advance();
        allowed.forEach(walk::until);
        walk.finish();
      } catch (BundleException e) {
        throw table.instead(e);
      }
      table.finish();
    }
  }

  /// The table of artefacts with the line at hand.
  private static final class Blobs {
    private final BlobTable table;
    private Optional<Blob> current = Optional.empty();

    Blobs(BlobTable table) {
      this.table = table;
    }

    void advance() throws IOException {
      current = table.next();
    }
  }

  /// Goes through the table and the parts, side by side with what is allowed.
  private final class PartWalk implements AutoCloseable {
    private final Blobs blobs;
    private final DigestSort allowed;
    private Optional<SignedStream> stream = Optional.empty();
    private Optional<UstarReader> archive = Optional.empty();
    private int part;

    PartWalk(Blobs blobs, DigestSort allowed) {
      this.blobs = blobs;
      this.allowed = allowed;
    }

    /// Takes the artefact of the next allowed version, where the bundle has it.
    void until(CrateId id) throws IOException {
      Optional<Blob> at = blobs.current;
      int order = at.map(blob -> blob.digest().compareTo(id.cksum())).orElse(1);
      if (order < 0) {
        throw undeclared(at.orElseThrow());
      }
      if (order > 0) {
        if (statement().kind() == SnapshotKind.FULL) {
          throw missing(id);
        }
        elsewhere++;
        return;
      }
      take(at.orElseThrow());
      blobs.advance();
    }

    /// An artefact too few: of a version that comes with other bytes, or of none.
    private BundleException missing(CrateId id) throws IOException {
      while (blobs.current.isPresent()) {
        Blob blob = blobs.current.get();
        if (blob.isOf(id)) {
          return cksumMismatch(id, blob);
        }
        blobs.advance();
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

    void finish() throws IOException {
      if (blobs.current.isPresent()) {
        throw undeclared(blobs.current.get());
      }
      endPart();
      if (part != statement().contents().parts()) {
        throw new BundleException(
            BundleCode.TABLE_MALFORMED,
            "cannot use the bundle: the statement counts %d parts, the table names %d"
                .formatted(statement().contents().parts(), part));
      }
    }

    private void take(Blob blob) throws IOException {
      if (blob.part() != part) {
        endPart();
        beginPart(blob.part());
      }
      SignedStream file = stream.orElseThrow();
      UstarReader entries = archive.orElseThrow();
      try {
        Optional<Ustar.Entry> entry = entries.next();
        if (entry.isEmpty() || !entry.get().name().equals(blob.digest().hex())) {
          throw new BundleException(
              BundleCode.BLOB_MISSING,
              "cannot use part %d: expected %s, found %s"
                  .formatted(part, blob.id(), entry.map(Ustar.Entry::name).orElse("its end")));
        }
        Sha256 found = entries.digest();
        if (!found.equals(blob.digest()) || entry.get().size() != blob.length()) {
          throw new BundleException(
              BundleCode.BLOB_DIGEST_MISMATCH,
              "cannot use %s from part %d: expected %d bytes, found %d with the sha256 %s"
                  .formatted(blob.id(), part, blob.length(), entry.get().size(), found));
        }
      } catch (BundleException e) {
        throw file.instead(e);
      }
      artefacts++;
      bytes += blob.length();
      progress.accept(bytes);
    }

    private void beginPart(int number) {
      part = number;
      String name = BundleFile.part(number);
      SignedStream file =
          SignedStream.open(bundle, name, BundleCode.PART_DAMAGED, BundleCode.PART_MISSING);
      stream = Optional.of(file);
      archive = Optional.of(new UstarReader(file.in(), Ustar.Names.DIGESTS, name));
    }

    @Override
    public void close() throws IOException {
      if (stream.isPresent()) {
        stream.get().close();
      }
    }

    private void endPart() throws IOException {
      if (stream.isEmpty() || archive.isEmpty()) {
        return;
      }
      try {
        Optional<Ustar.Entry> more = archive.get().next();
        if (more.isPresent()) {
          throw new BundleException(
              BundleCode.BLOB_UNDECLARED,
              "cannot use part %d: the table does not know its entry %s"
                  .formatted(part, more.get().name()));
        }
      } catch (BundleException e) {
        throw stream.get().instead(e);
      }
      stream.get().finish();
      stream = Optional.empty();
      archive = Optional.empty();
    }
  }
}
