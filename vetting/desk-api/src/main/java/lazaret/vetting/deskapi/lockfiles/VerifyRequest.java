package lazaret.vetting.deskapi.lockfiles;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request to check a lockfile.
///
/// @param lockfile the text of the `Cargo.lock`
/// @param criteria cargo-vet criteria that each version must meet in addition to the rules
/// @param lockfileName the name that the sender gives the lockfile; null for none
/// @param targets target triples, at most 16; the reply has `not_built` if there is one
/// @param requirements the requirements of the workspace's manifests, one a line: package, crate,
///   features joined by commas, requirement, separated by tabs; null if they are not known
/// @param omitServed whether the reply leaves out the served packages without a warning, which are
///   most of a lockfile
public record VerifyRequest(
    String lockfile,
    List<String> criteria,
    @Nullable String lockfileName,
    List<String> targets,
    @Nullable String requirements,
    boolean omitServed) {
  public VerifyRequest {
    criteria = List.copyOf(criteria);
    targets = List.copyOf(targets);
  }
}
