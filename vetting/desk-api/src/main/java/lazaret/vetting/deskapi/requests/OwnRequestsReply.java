package lazaret.vetting.deskapi.requests;

import java.util.List;

/// The requests of the caller.
///
/// @param requests the requests, the latest first; at most 200
public record OwnRequestsReply(List<OwnRequestInfo> requests) {
  public OwnRequestsReply {
    requests = List.copyOf(requests);
  }
}
