package lazaret.web.hosting;

import java.util.List;
import lazaret.vetting.deskapi.hosting.PrivateCrateReply;
import lazaret.vetting.deskapi.hosting.PublicationInfo;
import lazaret.web.page.Feedback;
import org.jspecify.annotations.Nullable;

/// The content of the page of one private crate.
///
/// @param reply the crate
/// @param administers whether the reader may change owners and delete versions
/// @param deletes the version that the reader wants to delete; empty if there is none
/// @param say the result of the last form; null if there was none
public record PrivateCrateView(
    PrivateCrateReply reply, boolean administers, String deletes, @Nullable Feedback say) {
  /// Returns the versions, the newest publication first.
  public List<PublicationInfo> newestFirst() {
    return reply.versions().reversed();
  }

  /// Returns the word for a state.
  public String word(PublicationInfo version) {
    return PublicationText.state(version);
  }

  /// Returns whether a version can be deleted.
  public boolean isDeletable(PublicationInfo version) {
    return administers && version.state() != PublicationInfo.State.DELETED;
  }

  /// Returns the CI job of a version as a phrase; empty if there is none.
  public String job(PublicationInfo version) {
    return PublicationText.job(version);
  }
}
