package lazaret.vetting.deskapi.bundles;

import java.util.List;
import lazaret.vetting.Secret;
import lazaret.vetting.crates.CrateSpec;
import org.jspecify.annotations.Nullable;

/// An order to export a bundle.
///
/// @param into an existing folder
/// @param keys the folder of the keys
/// @param passphrase the passphrase of the keys; null if they need none
/// @param kind the kind; null for a delta if there is an earlier snapshot, otherwise full
/// @param since the sequence of the base snapshot; null for the last three, or those of the
///   receipts
/// @param receipts the receipts of the networks for which the bundle is made
/// @param crates crates or exact versions that must be in the snapshot
/// @param lockfiles texts of `Cargo.lock` files whose packages must be in the snapshot
/// @param exact whether versions of the previous snapshot that are not named are removed
/// @param allowMissing whether missing versions and unmet requirements are accepted
/// @param single whether the bundle is packed into one file
/// @param audience the networks that may import the bundle; empty for all
/// @param expiresDays the days until the bundle expires; null for the default
/// @param nextDays the days until the next bundle is promised; null for the default
/// @param darkDays the days that a network may stay without a bundle after expiry; null for the
///   default
/// @param partMib the largest size of a part in MiB; null for the default
/// @param with the collections of files of the site that the bundle carries
/// @param product the folder of a signed release of this program that the bundle carries; null for
///   none
/// @param complete whether a bundle of advisories has whole feeds
public record ExportRequest(
    ServerPath into,
    ServerPath keys,
    @Nullable Secret passphrase,
    @Nullable BundleKind kind,
    @Nullable Long since,
    List<String> receipts,
    List<CrateSpec> crates,
    List<String> lockfiles,
    boolean exact,
    boolean allowMissing,
    boolean single,
    List<String> audience,
    @Nullable Integer expiresDays,
    @Nullable Integer nextDays,
    @Nullable Integer darkDays,
    @Nullable Integer partMib,
    List<String> with,
    @Nullable ServerPath product,
    boolean complete) {
  public ExportRequest {
    receipts = List.copyOf(receipts);
    crates = List.copyOf(crates);
    lockfiles = List.copyOf(lockfiles);
    audience = List.copyOf(audience);
    with = List.copyOf(with);
  }
}
