package lazaret.web.hosting;

import lazaret.vetting.deskapi.hosting.PublicationInfo;
import org.jspecify.annotations.Nullable;

/// The words for publications on pages.
public final class PublicationText {
  private PublicationText() {}

  /// Returns the word for the state.
  public static String state(PublicationInfo version) {
    return switch (version.state()) {
      case LIVE -> "Published";
      case HELD -> "Held when published";
      case YANKED -> "Yanked";
      case DELETED -> "Deleted";
    };
  }

  /// Returns the CI job as a phrase; empty if there is none.
  public static String job(PublicationInfo version) {
    PublicationInfo.Job job = version.job();
    if (job == null) {
      return "";
    }
    StringBuilder text = new StringBuilder("run");
    append(text, " ", job.run());
    append(text, " of ", job.repository());
    append(text, " at ", job.reference());
    append(text, ", commit ", job.commit());
    return text.append(", ").append(job.issuer()).toString();
  }

  private static void append(StringBuilder text, String before, @Nullable String part) {
    if (part != null) {
      text.append(before).append(part);
    }
  }
}
