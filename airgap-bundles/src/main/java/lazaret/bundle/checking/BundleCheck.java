package lazaret.bundle.checking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongConsumer;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.format.AdvisoryTable;
import lazaret.bundle.format.BlobTable;
import lazaret.bundle.format.BundleFile;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.format.CrateTables;
import lazaret.bundle.format.DigestSort;
import lazaret.bundle.format.TableInput;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotKind;
import lazaret.vetting.snapshot.SnapshotLine;
import lazaret.vetting.snapshot.StateTree;

/// The verification of a whole bundle without a store. Each file is read once from its beginning to
/// its end. Checks that need the state of the importing network are left to the import. One crate
/// at a time is in memory. For one use.
public final class BundleCheck {
  private final Inspection bundle;
  private final LongConsumer progress;
  private final StateTree tree = new StateTree();
  private long crates;
  private long versions;
  private long entries;

  private BundleCheck(Inspection bundle, LongConsumer progress) {
    this.bundle = bundle;
    this.progress = progress;
  }

  /// The contents of a bundle that passed verification.
  ///
  /// @param crates the number of crates in the index table
  /// @param versions the number of their versions
  /// @param artefacts the number of artifacts in the parts
  /// @param bytes the total length of these artifacts in bytes
  /// @param elsewhere the number of artifacts that the importing network must already have
  public record Checked(long crates, long versions, long artefacts, long bytes, long elsewhere) {}

  /// Verifies a bundle.
  ///
  /// @param bundle an inspected bundle
  /// @param progress receives the number of artifact bytes read so far, from time to time
  /// @throws BundleException if the bundle is refused
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
      PartWalk parts = parts(allowed);
      return new Checked(crates, entries, parts.artefacts(), parts.bytes(), parts.elsewhere());
    } finally {
      Files.deleteIfExists(folder);
    }
  }

  private void onlyDenies() {
    if (statement().kind() == SnapshotKind.REVOCATION
        && (statement().contents().parts() > 0 || !statement().feeds().isEmpty())) {
      throw new BundleException(
          BundleCode.REVOCATION_NOT_MONOTONE, "cannot use a revocation with artifacts or feeds");
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
          "cannot read %s: the bundle's statement does not name it".formatted(file.path()));
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
      // The underlying streams are closed by the caller.
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

  /// Checks the state root of a full bundle. Only a full bundle contains the whole state.
  private void state() {
    if (statement().kind() != SnapshotKind.FULL) {
      return;
    }
    BundleStatement.Result result = statement().result();
    if (!tree.root().equals(result.stateRoot()) || versions != result.versions()) {
      throw new BundleException(
          BundleCode.BUNDLE_STATE_MISMATCH,
          "cannot use the bundle: its %d versions have the state %s, its statement names %d and %s"
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

  /// Checks the digest of the SBOM. People and other programs use it; no decision depends on it.
  private void materials() throws IOException {
    table(BundleFile.SBOM).finish();
  }

  private PartWalk parts(DigestSort allowed) throws IOException {
    try (SignedStream table = table(BundleFile.BLOBS)) {
      PartWalk walk;
      try {
        walk = PartWalk.over(bundle, new BlobTable(table.in()), allowed).run(progress);
      } catch (BundleException e) {
        throw table.instead(e);
      }
      table.finish();
      return walk;
    }
  }
}
