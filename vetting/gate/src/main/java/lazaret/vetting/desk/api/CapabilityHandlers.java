package lazaret.vetting.desk.api;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.deskapi.behavior.CapabilitiesReply;
import lazaret.vetting.deskapi.behavior.CapabilitiesRequest;

/// The operation on the capabilities of one version.
final class CapabilityHandlers {
  private final Desk desk;
  private final LenientNames names;

  CapabilityHandlers(Desk desk) {
    this.desk = desk;
    this.names = new LenientNames(desk);
  }

  void addTo(HandlerTable handlers) {
    handlers.add(ReviewOperations.CAPABILITIES, (request, _) -> capabilities(request));
  }

  private CapabilitiesReply capabilities(CapabilitiesRequest request) {
    CrateName name = request.name();
    return CapabilityInfos.capabilities(
        names.listed(
            name,
            request.version(),
            version -> desk.reviews().capabilities().report(name, version, request.base())));
  }
}
