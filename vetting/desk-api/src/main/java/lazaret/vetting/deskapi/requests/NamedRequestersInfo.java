package lazaret.vetting.deskapi.requests;

import java.util.List;

/// The persons who asked for a version with a reason.
///
/// @param asked the persons, latest last; at most 50
/// @param moreAsked the number of persons that `asked` omits
public record NamedRequestersInfo(List<NamedRequesterInfo> asked, long moreAsked) {
  public NamedRequestersInfo {
    asked = List.copyOf(asked);
  }
}
