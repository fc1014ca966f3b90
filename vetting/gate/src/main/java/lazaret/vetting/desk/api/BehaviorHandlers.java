package lazaret.vetting.desk.api;

import java.util.Optional;
import java.util.function.Function;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.deskapi.behavior.BehaviorReply;
import lazaret.vetting.deskapi.behavior.BehaviorRequest;
import lazaret.vetting.deskapi.behavior.CapabilitiesReply;
import lazaret.vetting.deskapi.behavior.CapabilitiesRequest;

/// The operations on the capabilities and the recorded behavior of one version.
final class BehaviorHandlers {
  private final Desk desk;
  private final LenientNames names;

  BehaviorHandlers(Desk desk) {
    this.desk = desk;
    this.names = new LenientNames(desk);
  }

  void addTo(HandlerTable handlers) {
    handlers.add(ReviewOperations.CAPABILITIES, (request, _) -> capabilities(request));
    handlers.add(ReviewOperations.BEHAVIOR, (request, _) -> behavior(request));
  }

  private CapabilitiesReply capabilities(CapabilitiesRequest request) {
    CrateName name = request.name();
    return BehaviorInfos.capabilities(
        listed(
            name,
            request.version(),
            version -> desk.capabilities().report(name, version, request.base())));
  }

  private BehaviorReply behavior(BehaviorRequest request) {
    CrateName name = request.name();
    return BehaviorInfos.behavior(
        listed(
            name,
            request.version(),
            version -> desk.capabilities().behavior().report(name, version, request.base())));
  }

  /// Returns the report on a version, which may be named without its build metadata.
  ///
  /// @throws ProblemException if the index does not list the version
  private <T> T listed(
      CrateName name, CrateVersion version, Function<CrateVersion, Optional<T>> report) {
    return report
        .apply(version)
        .or(() -> report.apply(names.version(name, version)))
        .orElseThrow(
            () ->
                UnlistedReply.unknown(
                    desk,
                    name,
                    version,
                    "there is no '%s %s' in the index%s"
                        .formatted(name, version, names.hint(name, version))));
  }
}
