package lazaret.vetting.deskapi.site;

import java.util.List;

/// The Git dependencies of a lockfile.
///
/// @param sources those that are stored
/// @param refused those that are not
public record GitSourceAdmitReply(List<GitSourceInfo> sources, List<GitSourceRefusalInfo> refused) {
  public GitSourceAdmitReply {
    sources = List.copyOf(sources);
    refused = List.copyOf(refused);
  }
}
