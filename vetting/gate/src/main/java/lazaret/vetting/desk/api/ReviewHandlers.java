package lazaret.vetting.desk.api;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.review.ReviewReport;
import lazaret.vetting.desk.review.VersionExplainer;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.deskapi.review.ReviewReply;
import lazaret.vetting.deskapi.review.ReviewRequest;
import lazaret.vetting.deskapi.review.VersionEvidenceReply;
import lazaret.vetting.deskapi.review.VersionEvidenceRequest;

/// The operations on the review of one version.
final class ReviewHandlers {
  private final Desk desk;
  private final LenientNames names;
  private final DetonationLookup detonations;

  ReviewHandlers(Desk desk, DetonationLookup detonations) {
    this.desk = desk;
    this.names = new LenientNames(desk);
    this.detonations = detonations;
  }

  void addTo(HandlerTable handlers) {
    handlers.add(ReviewOperations.REVIEW, (request, _) -> review(request));
    handlers.add(ReviewOperations.EVIDENCE, (request, _) -> evidence(request));
  }

  private ReviewReply review(ReviewRequest request) {
    CrateName name = request.name();
    CrateVersion version = request.version();
    ReviewReport report =
        desk.review(name, version, request.base())
            .or(() -> desk.review(name, names.version(name, version), request.base()))
            .orElseThrow(() -> unknown(name, version));
    return ReviewInfos.review(
        report,
        CrateInfos.version(
            report.version(),
            true,
            detonations.evidence(report.version().id()),
            Infos.feedWarnings(desk)));
  }

  private VersionEvidenceReply evidence(VersionEvidenceRequest request) {
    CrateName name = request.name();
    CrateVersion version = request.version();
    VersionExplainer explainer = desk.reviews().explainer();
    return explainer
        .evidence(name, version)
        .or(() -> explainer.evidence(name, names.version(name, version)))
        .map(ReviewInfos::evidence)
        .orElseThrow(() -> unknown(name, version));
  }

  private ProblemException unknown(CrateName name, CrateVersion version) {
    return UnlistedReply.unknown(
        desk,
        name,
        version,
        "there is no '%s %s' in the index%s".formatted(name, version, names.hint(name, version)));
  }
}
