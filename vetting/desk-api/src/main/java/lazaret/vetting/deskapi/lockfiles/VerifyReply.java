package lazaret.vetting.deskapi.lockfiles;

import java.util.List;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import org.jspecify.annotations.Nullable;

/// The result of checking a lockfile.
///
/// @param passes whether every package is served or local
/// @param packages the packages that are not local
/// @param omitted the number of served packages that are left out as the request asks
/// @param local the packages of folders, each `NAME VERSION`
/// @param fixes the steps that repair the lockfile, in their order
/// @param feedWarnings warnings about the age of the feeds; empty while all feeds are fresh
/// @param notBuilt the packages that a build for the targets does not need, each `NAME VERSION`;
///   null if the request names no target
public record VerifyReply(
    boolean passes,
    List<LockfilePackageInfo> packages,
    long omitted,
    List<String> local,
    List<RepairStepInfo> fixes,
    List<ReasonInfo> feedWarnings,
    @Nullable List<String> notBuilt) {
  public VerifyReply {
    packages = List.copyOf(packages);
    local = List.copyOf(local);
    fixes = List.copyOf(fixes);
    feedWarnings = List.copyOf(feedWarnings);
    notBuilt = notBuilt == null ? null : List.copyOf(notBuilt);
  }
}
