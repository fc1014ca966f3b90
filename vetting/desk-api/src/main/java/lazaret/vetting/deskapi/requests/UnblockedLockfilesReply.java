package lazaret.vetting.deskapi.requests;

import java.util.List;

/// The known lockfiles that contain one of some versions.
///
/// @param lockfiles the lockfiles, those that would pass first, then the latest; at most 50
/// @param more the number of lockfiles that contain one of the versions and were not examined
public record UnblockedLockfilesReply(List<UnblockedLockfileInfo> lockfiles, long more) {
  public UnblockedLockfilesReply {
    lockfiles = List.copyOf(lockfiles);
  }
}
