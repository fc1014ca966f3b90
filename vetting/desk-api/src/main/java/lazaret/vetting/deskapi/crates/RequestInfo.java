package lazaret.vetting.deskapi.crates;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// A version that clients requested and did not get.
///
/// @param name the crate
/// @param version the version
/// @param cksum the SHA-256 of the artifact in the index
/// @param reason the code of the reason at the last request
/// @param count the number of requests
/// @param first the time of the first request
/// @param last the time of the last request
/// @param requesters the tokens and addresses of the clients; null if the caller may not see them
/// @param lockfiles the lockfiles that name the version; null if the caller may not see them
public record RequestInfo(
    CrateName name,
    CrateVersion version,
    Sha256 cksum,
    String reason,
    long count,
    Instant first,
    Instant last,
    @Nullable List<String> requesters,
    @Nullable List<String> lockfiles) {
  public RequestInfo {
    requesters = requesters == null ? null : List.copyOf(requesters);
    lockfiles = lockfiles == null ? null : List.copyOf(lockfiles);
  }
}
