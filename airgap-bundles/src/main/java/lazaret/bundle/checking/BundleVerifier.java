package lazaret.bundle.checking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.format.AdvisoryChangeTable;
import lazaret.bundle.format.AdvisoryTable;
import lazaret.bundle.format.BlobTable;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.format.BundleTarget;
import lazaret.bundle.format.BundledFile;
import lazaret.bundle.format.CrateTables;
import lazaret.bundle.format.ExternalDigestSort;
import lazaret.bundle.format.FeedChanges;
import lazaret.bundle.format.FileTable;
import lazaret.bundle.format.SiteRowTable;
import lazaret.bundle.format.TableLineReader;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotKind;
import lazaret.vetting.snapshot.SnapshotLine;
import lazaret.vetting.snapshot.StateTree;

/// The verification of a whole bundle without a store. Each file is read once from its beginning to
/// its end. Checks that need the state of the importing network are left to the import. One crate
/// at a time is in memory. For one use.
public final class BundleVerifier {
  private final BundleInspection bundle;
  private final LongConsumer progress;
  private final StateTree tree = new StateTree();
  private long crates;
  private long versions;
  private long entries;

  private BundleVerifier(BundleInspection bundle, LongConsumer progress) {
    this.bundle = bundle;
    this.progress = progress;
  }

  /// The contents of a bundle that passed verification.
  ///
  /// @param crates the number of crates in the index table
  /// @param versions the number of their versions
  /// @param artifacts the number of artifacts in the parts
  /// @param bytes the total length of these artifacts in bytes
  /// @param elsewhere the number of artifacts that the importing network must already have
  public record Checked(long crates, long versions, long artifacts, long bytes, long elsewhere) {}

  /// Verifies a bundle.
  ///
  /// @param bundle an inspected bundle
  /// @param progress receives the number of bytes of parts read so far, from time to time; at most
  ///   [BundleInspection#partBytes()]
  /// @throws BundleException if the bundle is refused
  /// @throws IOException if a temporary file cannot be written
  public static Checked check(BundleInspection bundle, LongConsumer progress) throws IOException {
    return new BundleVerifier(bundle, progress).check();
  }

  private Checked check() throws IOException {
    if (statement().kind() == SnapshotKind.ADVISORIES) {
      changes();
      site();
      return new Checked(0, 0, 0, 0, 0);
    }
    onlyDenies();
    Path folder = Files.createTempDirectory("lazaret-check");
    try (var allowed = new ExternalDigestSort(folder)) {
      crates(allowed);
      state();
      advisories();
      materials();
      PartVerifier parts = parts(allowed);
      site();
      return new Checked(crates, entries, parts.artifacts(), parts.bytes(), parts.elsewhere());
    } finally {
      Files.deleteIfExists(folder);
    }
  }

  private void onlyDenies() {
    if (statement().kind() == SnapshotKind.REVOCATION
        && (statement().contents().parts() > 0
            || !statement().feeds().isEmpty()
            || !statement().extras().site().hasOnlyRevocations())) {
      throw new BundleException(
          BundleCode.REVOCATION_NOT_MONOTONE,
          "cannot use a revocation with artifacts, files or feeds");
    }
  }

  private BundleStatement statement() {
    return bundle.statement();
  }

  private VerifyingTargetStream table(BundleTarget file) {
    return VerifyingTargetStream.open(
        bundle, file.path(), BundleCode.TABLE_HASH_MISMATCH, BundleCode.METADATA_MISSING);
  }

  private TableLineReader lines(VerifyingTargetStream table, BundleTarget file) throws IOException {
    Long length = statement().contents().tables().get(file.path());
    if (length == null) {
      throw new BundleException(
          BundleCode.TABLE_MALFORMED,
          "cannot read %s: the bundle's statement does not name it".formatted(file.path()));
    }
    return new TableLineReader(table.in(), file.path(), length);
  }

  private void crates(ExternalDigestSort allowed) throws IOException {
    try (VerifyingTargetStream index = table(BundleTarget.INDEX);
        VerifyingTargetStream decisions = table(BundleTarget.DECISIONS)) {
      crates(index, decisions, allowed);
    }
    if (entries != statement().contents().entries()) {
      throw new BundleException(
          BundleCode.TABLE_MALFORMED,
          "cannot use the index table: the statement counts %d lines, it has %d"
              .formatted(statement().contents().entries(), entries));
    }
  }

  private void crates(
      VerifyingTargetStream index, VerifyingTargetStream decisions, ExternalDigestSort allowed)
      throws IOException {
    try {
      // The underlying streams are closed by the caller.
      var tables =
          new CrateTables(
              lines(index, BundleTarget.INDEX),
              lines(decisions, BundleTarget.DECISIONS),
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

  private void crate(SnapshotCrate crate, ExternalDigestSort allowed) throws IOException {
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
    try (VerifyingTargetStream table = table(BundleTarget.ADVISORIES)) {
      try {
        AdvisoryTable.read(lines(table, BundleTarget.ADVISORIES), statement().feeds());
      } catch (BundleException e) {
        throw table.instead(e);
      }
      table.finish();
    }
  }

  private void changes() throws IOException {
    try (VerifyingTargetStream table = table(BundleTarget.ADVISORY_CHANGES)) {
      try {
        List<FeedChanges> _ =
            AdvisoryChangeTable.read(
                lines(table, BundleTarget.ADVISORY_CHANGES), statement().feeds());
      } catch (BundleException e) {
        throw table.instead(e);
      }
      table.finish();
    }
  }

  /// Checks the rows and files of the site: the tables, each part, and the SHA-256 of each file.
  private void site() throws IOException {
    BundleStatement.SiteContents site = statement().extras().site();
    if (site.isEmpty()) {
      return;
    }
    try (VerifyingTargetStream table = table(BundleTarget.SITE_ROWS)) {
      try {
        List<DeskRow> _ = SiteRowTable.read(lines(table, BundleTarget.SITE_ROWS), site.rows());
      } catch (BundleException e) {
        throw table.instead(e);
      }
      table.finish();
    }
    List<BundledFile> files;
    try (VerifyingTargetStream table = table(BundleTarget.FILES)) {
      try {
        files = FileTable.read(table.in(), site.parts());
      } catch (BundleException e) {
        throw table.instead(e);
      }
      table.finish();
    }
    for (int part = 1; part <= site.parts(); part++) {
      FilePartReader.check(bundle, part, files);
    }
  }

  /// Checks the digest of the SBOM. People and other programs use it; no decision depends on it.
  private void materials() throws IOException {
    table(BundleTarget.SBOM).finish();
  }

  private PartVerifier parts(ExternalDigestSort allowed) throws IOException {
    try (VerifyingTargetStream table = table(BundleTarget.BLOBS)) {
      PartVerifier walk;
      try {
        walk = PartVerifier.over(bundle, new BlobTable(table.in()), allowed).run(progress);
      } catch (BundleException e) {
        throw table.instead(e);
      }
      table.finish();
      return walk;
    }
  }
}
