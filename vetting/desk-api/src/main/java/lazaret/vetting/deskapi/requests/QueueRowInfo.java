package lazaret.vetting.deskapi.requests;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.json.Inline;
import org.jspecify.annotations.Nullable;

/// One version of the queue. Its `reason` is the one of the last request, that of `verdict` is the
/// present one.
///
/// @param request the version, its requests, its present verdict and its assignment
/// @param evaluated the time at which the verdict was computed; null if it was not computed yet
/// @param secondPerson whether one person approved it and a second one must
/// @param inspected whether the roles are known
/// @param roles the roles of content that need the most care
/// @param persons the persons who asked for it with a reason
/// @param reading the least to read; null if it is not compared yet
/// @param reader another person than the caller who reads it now, the longest reader; null if there
///   is none
public record QueueRowInfo(
    @Inline QueuedRequestInfo request,
    @Nullable Instant evaluated,
    boolean secondPerson,
    boolean inspected,
    List<QueueGroupsRequest.Role> roles,
    @Inline NamedRequestersInfo persons,
    @Nullable QueueReadingInfo reading,
    @Nullable QueueReaderInfo reader) {
  public QueueRowInfo {
    roles = List.copyOf(roles);
  }
}
