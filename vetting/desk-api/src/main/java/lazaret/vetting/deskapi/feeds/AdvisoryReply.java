package lazaret.vetting.deskapi.feeds;

import java.util.List;

/// The records under one id or alias.
///
/// @param advisories the records, at least one
public record AdvisoryReply(List<AdvisoryInfo> advisories) {
  public AdvisoryReply {
    advisories = List.copyOf(advisories);
  }
}
