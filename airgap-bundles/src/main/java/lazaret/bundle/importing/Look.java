package lazaret.bundle.importing;

import java.time.Clock;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.checking.BundleFiles;
import lazaret.bundle.checking.Inspection;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.keys.ClockFloor;
import lazaret.bundle.keys.StoredTrust;
import lazaret.bundle.tuf.TrustStore;

/// A look into a bundle by what is trusted here.
///
/// @param bundle its metadata, verified, and its statement
/// @param late whether its metadata is older than what was published last: it can be named, and a
///   revocation still counts, but nothing is held against it later
record Look(Inspection bundle, boolean late) {
  /// Looks.
  ///
  /// @throws BundleException where the metadata or the statement is refused, or the bundle is for
  ///   others, or is not the one that was approved
  static Look into(ImportOrder order, StoredTrust trust, Clock clock) {
    Clock now = ClockFloor.over(clock, trust.clockFloor());
    BundleFiles files = BundleFiles.of(order.bundle());
    TrustStore view = order.dryRun() ? new TrustOverlay(trust, false) : trust;
    Look look;
    try {
      look = new Look(Inspection.of(files, view, now), false);
    } catch (BundleException e) {
      look = late(files, trust, now, e);
    }
    look.isFor(order);
    return look;
  }

  private static Look late(BundleFiles files, StoredTrust trust, Clock now, BundleException e) {
    if (e.reason() != BundleCode.METADATA_ROLLBACK) {
      throw e;
    }
    try {
      return new Look(Inspection.of(files, new TrustOverlay(trust, true), now), true);
    } catch (BundleException _) {
      throw e;
    }
  }

  private void isFor(ImportOrder order) {
    BundleStatement statement = bundle.statement();
    if (!statement.audience().contains("*")
        && statement.audience().stream().noneMatch(order.enclaves()::contains)) {
      throw new BundleException(
          BundleCode.BUNDLE_WRONG_STREAM,
          "cannot import the bundle: it is for %s, this network goes by %s"
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
