package lazaret.bundle.importing;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.format.BundleFile;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.keys.StoredTrust;
import lazaret.bundle.tuf.MetadataReader;
import lazaret.bundle.tuf.Roles;
import lazaret.vetting.crates.Sha256;

/// The import whose metadata the next bundle is held against. A revocation leaves no snapshot, so
/// that without this nobody would see what an older bundle is too old for.
///
/// @param what as messages name it: `revocation e1/3`
/// @param at when it was imported, to the second
record LastImport(String what, Instant at) {
  /// Drops fractions of the second.
  LastImport {
    at = at.truncatedTo(ChronoUnit.SECONDS);
  }

  /// Finds it; empty where nothing was imported yet, or what was is not noted any more.
  static Optional<LastImport> of(Site site) {
    return statement(site)
        .flatMap(
            bundle ->
                PastRevocations.of(site.store())
                    .find(bundle)
                    .map(past -> new LastImport(past.name(), past.at()))
                    .or(() -> snapshot(site, bundle)));
  }

  /// Returns the SHA-256 of its statement, which the metadata that is held names.
  private static Optional<Sha256> statement(Site site) {
    return new StoredTrust(site.store())
        .read(Roles.TARGETS)
        .map(file -> MetadataReader.targets(file, Roles.TARGETS).content().targets())
        .flatMap(targets -> Optional.ofNullable(targets.get(BundleFile.STATEMENT.path())))
        .flatMap(target -> Optional.ofNullable(target.hashes().get("sha256")))
        .map(Sha256::parse);
  }

  private static Optional<LastImport> snapshot(Site site, Sha256 bundle) {
    return site.desk().all().stream()
        .filter(s -> s.bundle().equals(bundle))
        .map(s -> new LastImport("snapshot e%d/%d".formatted(s.epoch(), s.sequence()), s.at()))
        .findFirst();
  }

  /// Returns why a bundle that was made before it is refused.
  ///
  /// @param base the snapshot that a delta has to build on
  BundleException refuses(BundleStatement statement, long base) {
    return BundleException.older(
        BundleCode.METADATA_ROLLBACK,
        "cannot import %s: it was made before %s, which was imported at %s; ask outside for one made after that: a delta since %d, or any full bundle; next time import in the order in which they were made: this one first, then %s"
            .formatted(Chain.what(statement), what, at, base, what));
  }

  /// Adds to a refusal what was imported last.
  BundleException added(BundleException refusal) {
    return new BundleException(
        refusal.reason(),
        "%s; imported last was %s, at %s: ask outside for a bundle made after that"
            .formatted(refusal.getMessage(), what, at),
        refusal);
  }
}
