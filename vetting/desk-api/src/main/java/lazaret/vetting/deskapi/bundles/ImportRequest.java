package lazaret.vetting.deskapi.bundles;

import java.util.List;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// An order to import a bundle.
///
/// @param bundle the folder or file of the bundle on the server
/// @param approval the SHA-256 of the statement that a person approved; null if no approval is
///   given
/// @param networks names of this network in addition to the configured ones
/// @param dryRun whether the import stops at the plan
/// @param early whether a bundle that came before its base is stored until the base is imported
/// @param despiteExpiry the reason for importing an expired bundle; null if expiry is enforced
/// @param without the collections of files of the site that are left out
public record ImportRequest(
    ServerPath bundle,
    @Nullable Sha256 approval,
    List<String> networks,
    boolean dryRun,
    boolean early,
    @Nullable String despiteExpiry,
    List<String> without) {
  public ImportRequest {
    networks = List.copyOf(networks);
    without = List.copyOf(without);
  }
}
