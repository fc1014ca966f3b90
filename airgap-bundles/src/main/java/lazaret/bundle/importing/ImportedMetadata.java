package lazaret.bundle.importing;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.format.BundleTarget;
import lazaret.bundle.trust.StoredTrust;
import lazaret.bundle.tuf.MetadataReader;
import lazaret.bundle.tuf.Roles;
import lazaret.vetting.crates.Sha256;

/// The import whose metadata the next bundle is compared with. After a revocation, which stores no
/// snapshot, it explains why an older bundle is refused.
///
/// @param what the name for messages, for example `revocation e1/3`
/// @param at the time of the import, in whole seconds
record ImportedMetadata(String what, Instant at) {
  /// Truncates the time to seconds.
  ImportedMetadata {
    at = at.truncatedTo(ChronoUnit.SECONDS);
  }

  /// Returns the last import, or empty if there was none or its record was removed.
  static Optional<ImportedMetadata> of(ImportContext site) {
    return statement(site)
        .flatMap(
            bundle ->
                ImportedRevocations.of(site.store())
                    .find(bundle)
                    .map(past -> new ImportedMetadata(past.name(), past.at()))
                    .or(() -> snapshot(site, bundle)));
  }

  /// Returns the SHA-256 of its statement, which the stored metadata names.
  private static Optional<Sha256> statement(ImportContext site) {
    return new StoredTrust(site.store())
        .read(Roles.TARGETS)
        .map(file -> MetadataReader.targets(file, Roles.TARGETS).content().targets())
        .flatMap(targets -> Optional.ofNullable(targets.get(BundleTarget.STATEMENT.path())))
        .flatMap(target -> Optional.ofNullable(target.hashes().get("sha256")))
        .map(Sha256::parse);
  }

  private static Optional<ImportedMetadata> snapshot(ImportContext site, Sha256 bundle) {
    return site.desk().all().stream()
        .filter(s -> s.bundle().equals(bundle))
        .map(
            s -> new ImportedMetadata("snapshot e%d/%d".formatted(s.epoch(), s.sequence()), s.at()))
        .findFirst();
  }

  /// Returns the refusal of a bundle that was made before this import.
  ///
  /// @param statement the statement of the refused bundle
  /// @param base the snapshot that a delta must build on
  BundleException refuses(BundleStatement statement, long base) {
    return BundleException.older(
        BundleCode.METADATA_ROLLBACK,
        "cannot import %s: it was made before %s, which was imported at %s; ask outside for one made after that: a delta since %d, or any full bundle; next time import in the order in which they were made: this one first, then %s"
            .formatted(SnapshotChain.what(statement), what, at, base, what));
  }

  /// Returns a refusal whose message also names this import.
  BundleException added(BundleException refusal) {
    return new BundleException(
        refusal.reason(),
        "%s; imported last was %s, at %s: ask outside for a bundle made after that"
            .formatted(refusal.getMessage(), what, at),
        refusal);
  }
}
