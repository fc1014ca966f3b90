package lazaret.vetting.deskapi.audits;

import java.util.List;

/// The results of refreshing the imports that have an address.
///
/// @param audits one result for each import
public record AuditsRefreshReply(List<AuditsRefreshInfo> audits) {
  public AuditsRefreshReply {
    audits = List.copyOf(audits);
  }
}
