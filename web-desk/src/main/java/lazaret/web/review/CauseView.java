package lazaret.web.review;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import lazaret.vetting.deskapi.crates.FindingsInfo;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.crates.SignalInfo;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.deskapi.reasons.ReasonText;
import lazaret.web.page.VerdictBadge;
import org.jspecify.annotations.Nullable;

/// A reason of the verdict in the head of a review.
///
/// @param icon the icon, which is also the end of the class of its color
/// @param sentence the sentence, without a full stop
/// @param code the code
/// @param place the file that shows it; empty if none does
/// @param address the address of the file; empty if there is none
public record CauseView(String icon, String sentence, String code, String place, String address) {
  private static final int MAX_CAUSES = 12;

  /// Returns the reasons of a version, the first one first.
  ///
  /// @param links returns the address of a line of a file
  static List<CauseView> of(VersionReply version, BiFunction<String, Long, String> links) {
    String icon = VerdictBadge.of(version.verdict()).icon();
    List<String> sentences = ReasonText.sentences(version.verdict());
    List<CauseView> causes = new ArrayList<>();
    for (int i = 0; i < Math.min(sentences.size(), MAX_CAUSES); i++) {
      ReasonInfo reason = version.verdict().reasons().get(i);
      Place place = place(version.findings(), reason);
      causes.add(
          new CauseView(
              isAge(reason) ? "hold" : icon,
              sentences.get(i),
              ReasonText.label(reason),
              place == null ? "" : place.path(),
              place == null ? "" : links.apply(place.path(), place.line())));
    }
    return List.copyOf(causes);
  }

  private static boolean isAge(ReasonInfo reason) {
    return switch (reason.code()) {
      case "cooldown", "build-time-code", "not-inspected", "no-publish-time" -> true;
      default -> false;
    };
  }

  private record Place(String path, long line) {}

  /// Returns the first place that shows a reason, or null if none does.
  private static @Nullable Place place(@Nullable FindingsInfo findings, ReasonInfo reason) {
    String label = ReasonText.label(reason);
    if (label.startsWith("takeover: new-dependency")) {
      return new Place("Cargo.toml", 0);
    }
    if (findings == null || !label.contains(": ")) {
      return null;
    }
    String code = label.substring(label.indexOf(": ") + 2);
    for (SignalInfo signal : findings.signals()) {
      String path = signal.path();
      if (path != null && signal.code().equals(code)) {
        return new Place(path, signal.line());
      }
    }
    return null;
  }
}
