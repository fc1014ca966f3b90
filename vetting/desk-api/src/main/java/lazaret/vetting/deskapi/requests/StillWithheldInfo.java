package lazaret.vetting.deskapi.requests;

import java.util.List;
import lazaret.vetting.deskapi.lockfiles.RequiredVersionInfo;

/// The packages of a lockfile that would still not be served after a decision.
///
/// @param withheld the versions that would stay withheld; at most 20
/// @param moreWithheld the number of further versions that would stay withheld
/// @param unknown the number of packages that no stored index file lists
/// @param complete whether each package was examined
public record StillWithheldInfo(
    List<RequiredVersionInfo> withheld, long moreWithheld, long unknown, boolean complete) {
  public StillWithheldInfo {
    withheld = List.copyOf(withheld);
  }
}
