package lazaret.vetting.deskapi.site;

import java.util.List;

/// The Git sources that were fetched.
///
/// @param sources the sources, by address and commit
public record GitSourcesReply(List<GitSourceInfo> sources) {
  public GitSourcesReply {
    sources = List.copyOf(sources);
  }
}
