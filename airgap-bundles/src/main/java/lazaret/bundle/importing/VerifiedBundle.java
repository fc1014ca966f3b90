package lazaret.bundle.importing;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.checking.BundleFiles;
import lazaret.bundle.checking.BundleInspection;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.trust.ClockFloor;
import lazaret.bundle.trust.StoredTrust;
import lazaret.bundle.tuf.TrustStore;

/// A bundle that was verified with the trust store of this site.
///
/// @param bundle the verified metadata and the statement
/// @param late whether the metadata is older than the stored one. Such a bundle can be identified
///   and a revocation still counts, but its metadata is not stored.
record VerifiedBundle(BundleInspection bundle, boolean late) {
  /// Verifies the metadata and the statement of a bundle.
  ///
  /// @throws BundleException if the metadata or the statement is refused, if the bundle is for
  ///   other networks, or if it is not the approved one
  static VerifiedBundle into(ImportOptions order, ImportContext site) {
    var trust = new StoredTrust(site.store());
    Clock now = ClockFloor.over(site.clock(), trust.clockFloor());
    BundleFiles files = BundleFiles.of(order.bundle());
    TrustStore view = order.dryRun() ? new TrustOverlay(trust, false) : trust;
    VerifiedBundle look;
    try {
      look = new VerifiedBundle(BundleInspection.of(files, view, now), false);
    } catch (BundleException e) {
      look =
          switch (e.reason()) {
            case METADATA_ROLLBACK -> late(files, trust, now, e);
            case METADATA_EXPIRED -> expired(order, site, files, e);
            default -> throw e;
          };
    }
    look.isFor(order);
    return look;
  }

  private static VerifiedBundle late(
      BundleFiles files, StoredTrust trust, Clock now, BundleException e) {
    try {
      return new VerifiedBundle(
          BundleInspection.of(files, new TrustOverlay(trust, true), now), true);
    } catch (BundleException _) {
      throw e;
    }
  }

  /// Verifies an expired bundle as of its export time, if the request permits it. All other checks
  /// apply unchanged.
  private static VerifiedBundle expired(
      ImportOptions order, ImportContext site, BundleFiles files, BundleException expiry) {
    if (order.despiteExpiry().isEmpty()) {
      throw new BundleException(
          BundleCode.METADATA_EXPIRED,
          expiry.getMessage()
              + "; ask for a new export, or let two persons accept this one (--accept-expired)",
          expiry);
    }
    var trust = new StoredTrust(site.store());
    Instant issued = BundleInspection.claimed(files).orElseThrow(() -> expiry);
    Clock then = Clock.fixed(issued, ZoneOffset.UTC);
    VerifiedBundle look =
        new VerifiedBundle(BundleInspection.of(files, new TrustOverlay(trust, false), then), false);
    if (!look.bundle().statement().issued().equals(issued)) {
      throw expiry;
    }
    look.isFor(order);
    if (order.dryRun()) {
      return look;
    }
    new ExpiryWaivers(site.store(), site.clock().instant())
        .require(order, look.bundle().digest(), expiry);
    return new VerifiedBundle(BundleInspection.of(files, trust, then), false);
  }

  private void isFor(ImportOptions order) {
    BundleStatement statement = bundle.statement();
    if (!statement.audience().contains("*")
        && statement.audience().stream().noneMatch(order.enclaves()::contains)) {
      throw new BundleException(
          BundleCode.BUNDLE_WRONG_STREAM,
          "cannot import the bundle: its audience %s does not include this network (%s)"
              .formatted(statement.audience(), order.enclaves()));
    }
    order
        .approval()
        .filter(approved -> !approved.equals(bundle.digest()))
        .ifPresent(
            approved -> {
              throw new BundleException(
                  BundleCode.APPROVAL_MISMATCH,
                  "cannot import the bundle: %s was approved, this is %s"
                      .formatted(approved, bundle.digest()));
            });
  }
}
