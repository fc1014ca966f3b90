package lazaret.vetting.deskapi.review;

import java.util.List;
import lazaret.vetting.deskapi.feeds.AdvisoryInfo;
import org.jspecify.annotations.Nullable;

/// An advisory group that affects one version.
///
/// @param id the leading id
/// @param ids all ids of the group
/// @param kind the kind of the advisory
/// @param severity the severity with the score: `high (7.5)`, `critical`, `unknown`
/// @param title the title
/// @param url the address of the advisory; null if it has none
/// @param affirmedBy the feeds that list the version as affected
/// @param disputedBy the feeds that know the advisory and do not list the version
/// @param byAssociation whether the advisory names another crate of the same attack
/// @param byDigest whether the advisory names the SHA-256 of the artifact
public record AdvisoryMatchInfo(
    String id,
    List<String> ids,
    AdvisoryInfo.Kind kind,
    String severity,
    String title,
    @Nullable String url,
    List<String> affirmedBy,
    List<String> disputedBy,
    boolean byAssociation,
    boolean byDigest) {
  public AdvisoryMatchInfo {
    ids = List.copyOf(ids);
    affirmedBy = List.copyOf(affirmedBy);
    disputedBy = List.copyOf(disputedBy);
  }
}
