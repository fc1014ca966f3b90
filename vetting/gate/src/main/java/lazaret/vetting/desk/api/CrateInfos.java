package lazaret.vetting.desk.api;

import java.util.List;
import java.util.function.Function;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.review.CrateReport;
import lazaret.vetting.desk.review.PastVerdictReport;
import lazaret.vetting.desk.review.VersionReport;
import lazaret.vetting.deskapi.crates.ArchiveProblemInfo;
import lazaret.vetting.deskapi.crates.BlastRadiusInfo;
import lazaret.vetting.deskapi.crates.CapabilityInfo;
import lazaret.vetting.deskapi.crates.ContextInfo;
import lazaret.vetting.deskapi.crates.CrateReply;
import lazaret.vetting.deskapi.crates.CrateVersionInfo;
import lazaret.vetting.deskapi.crates.DetonationInfo;
import lazaret.vetting.deskapi.crates.FetchFailureInfo;
import lazaret.vetting.deskapi.crates.FindingsInfo;
import lazaret.vetting.deskapi.crates.HolderInfo;
import lazaret.vetting.deskapi.crates.LockfileHolderInfo;
import lazaret.vetting.deskapi.crates.OmittedLineInfo;
import lazaret.vetting.deskapi.crates.PastVerdictReply;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.crates.RecordedVerdictInfo;
import lazaret.vetting.deskapi.crates.ReleaseDeltaInfo;
import lazaret.vetting.deskapi.crates.RequestInfo;
import lazaret.vetting.deskapi.crates.SignalInfo;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.gate.feeds.BlastRadius;
import lazaret.vetting.gate.store.QueuedRequest;
import lazaret.vetting.gate.store.RecordedVerdict;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.Capabilities;
import lazaret.vetting.inspect.ExecutionContext;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.Signal;
import lazaret.vetting.inspect.SignalWeight;
import lazaret.vetting.policy.rules.ExternalEvidence.NewCapabilities;
import org.jspecify.annotations.Nullable;

/// The conversion of values about crates and versions to records of the API.
final class CrateInfos {
  private CrateInfos() {}

  static CrateReply crate(CrateReport report, List<ReasonInfo> feedWarnings) {
    return new CrateReply(
        report.name(),
        report.newestServed(),
        report.freshness().checkedAt(),
        report.freshness().fetchedAt(),
        report.versions().stream().map(CrateInfos::line).toList(),
        report.omitted().stream()
            .map(
                each ->
                    new OmittedLineInfo(
                        each.reason().code(), each.line(), each.version(), each.excerpt()))
            .toList(),
        feedWarnings);
  }

  private static CrateVersionInfo line(CrateReport.Line line) {
    return new CrateVersionInfo(
        line.version(),
        line.cksum(),
        Infos.verdict(line.verdict()),
        line.served(),
        line.yanked(),
        line.artifactStored());
  }

  /// Returns the reply about a version.
  ///
  /// @param requesters whether the names and addresses of requesters are shown
  /// @param detonation the evidence of a build of the version alone; null if there is none
  static VersionReply version(
      VersionReport report,
      boolean requesters,
      @Nullable DetonationInfo detonation,
      List<ReasonInfo> feedWarnings) {
    StoredLine line = report.line();
    CrateVersion replacement = report.replacement();
    return new VersionReply(
        report.id().name(),
        report.id().version(),
        report.id().cksum(),
        Infos.verdict(report.verdict()),
        report.served(),
        report.artifactStored(),
        optional(
            report.fetchFailed(),
            each -> new FetchFailureInfo(each.at(), each.code(), each.detail())),
        report.snapshot() == 0 ? null : report.snapshot(),
        report.snapshot() != 0 && report.onlyByBundle(),
        replacement,
        replacement != null && report.compatible(),
        replacement != null && report.movable(),
        report.checkedAt(),
        line.entry().yanked(),
        line.entry().pubtime(),
        line.firstSeen(),
        line.ageFrom(),
        line.yankedSince(),
        line.removedSince(),
        line.missingSince(),
        line.changedCksum(),
        optional(report.findings(), CrateInfos::findings),
        optional(report.newCapabilities(), CrateInfos::delta),
        report.decisions().stream().map(Infos::decision).toList(),
        optional(report.request(), each -> request(each, requesters)),
        detonation,
        feedWarnings);
  }

  static RequestInfo request(QueuedRequest request, boolean requesters) {
    return new RequestInfo(
        request.id().name(),
        request.id().version(),
        request.id().cksum(),
        request.reason(),
        request.count(),
        request.first(),
        request.last(),
        requesters ? request.requesters() : null,
        requesters ? request.lockfiles() : null);
  }

  private static FindingsInfo findings(Findings findings) {
    return new FindingsInfo(
        findings.conformant(),
        findings.inspectorVersion(),
        findings.problems().stream()
            .map(
                each ->
                    new ArchiveProblemInfo(
                        each.code().toString(),
                        text(each.path()),
                        each.detail(),
                        each.code().meaning()))
            .toList(),
        findings.facts().buildScript(),
        findings.facts().procMacro(),
        findings.facts().license(),
        findings.facts().links(),
        findings.facts().unpackedBytes(),
        findings.facts().entries(),
        signals(findings.signals()),
        capabilities(findings.capabilities().stored()));
  }

  private static ReleaseDeltaInfo delta(NewCapabilities gains) {
    return new ReleaseDeltaInfo(
        gains.base(),
        gains.manifest(),
        signals(gains.delta().signals()),
        capabilities(gains.delta().gained()),
        capabilities(gains.delta().lost()));
  }

  static List<SignalInfo> signals(List<Signal> signals) {
    return signals.stream()
        .map(
            each ->
                new SignalInfo(
                    each.code().toString(),
                    weight(each.weight()),
                    text(each.path()),
                    each.line(),
                    each.excerpt(),
                    each.code().meaning()))
        .toList();
  }

  private static SignalInfo.Weight weight(SignalWeight weight) {
    return switch (weight) {
      case NOTE -> SignalInfo.Weight.NOTE;
      case REVIEW -> SignalInfo.Weight.REVIEW;
      case HIGH -> SignalInfo.Weight.HIGH;
      case BLOCK -> SignalInfo.Weight.BLOCK;
    };
  }

  static List<CapabilityInfo> capabilities(List<Capabilities.Entry> capabilities) {
    return capabilities.stream()
        .map(
            each ->
                new CapabilityInfo(
                    place(each.where()),
                    each.what().toString(),
                    each.count(),
                    text(each.path()),
                    each.line()))
        .toList();
  }

  static CapabilityInfo.Place place(ExecutionContext place) {
    return switch (place) {
      case BUILD -> CapabilityInfo.Place.BUILD;
      case MACRO -> CapabilityInfo.Place.MACRO;
      case RUNTIME -> CapabilityInfo.Place.RUNTIME;
      case TEST -> CapabilityInfo.Place.TEST;
    };
  }

  static PastVerdictReply past(PastVerdictReport report) {
    return new PastVerdictReply(
        report.id().name(),
        report.id().version(),
        report.id().cksum(),
        report.at(),
        source(report.account()),
        optional(report.verdict(), Infos::verdict),
        report.served(),
        optional(report.given(), CrateInfos::recorded),
        optional(report.next(), CrateInfos::recorded),
        report.decisions().stream().map(Infos::decision).toList(),
        report.keptSince(),
        report.detail());
  }

  private static PastVerdictReply.Source source(PastVerdictReport.Source source) {
    return switch (source) {
      case RECORDED -> PastVerdictReply.Source.RECORDED;
      case AGED -> PastVerdictReply.Source.AGED;
      case NOT_RECORDED -> PastVerdictReply.Source.NOT_RECORDED;
      case NOT_KNOWN -> PastVerdictReply.Source.NOT_KNOWN;
    };
  }

  private static RecordedVerdictInfo recorded(RecordedVerdict recorded) {
    return new RecordedVerdictInfo(
        recorded.id().cksum(),
        recorded.at(),
        recorded.served(),
        Infos.verdict(recorded.verdict()),
        new ContextInfo(
            recorded.context().token(),
            recorded.context().signIn(),
            recorded.context().reading(),
            recorded.context().policy(),
            recorded.context().inspector(),
            recorded.context().feeds(),
            recorded.context().advisories()));
  }

  static BlastRadiusInfo blastRadius(BlastRadius radius) {
    return new BlastRadiusInfo(
        radius.name(),
        radius.version(),
        radius.holders().stream()
            .map(
                each ->
                    new HolderInfo(
                        each.token(), each.address(), each.first(), each.last(), each.count()))
            .toList(),
        radius.more(),
        radius.lockfiles().stream()
            .map(
                each ->
                    new LockfileHolderInfo(
                        each.digest(),
                        each.sighting().name(),
                        each.sighting().token(),
                        each.sighting().address(),
                        each.sighting().first(),
                        each.sighting().last()))
            .toList(),
        radius.complete());
  }

  /// Returns a text, or null if it is empty.
  static @Nullable String text(String text) {
    return text.isEmpty() ? null : text;
  }

  /// Returns the conversion of a value, or null if the value is null.
  static <T, U> @Nullable U optional(@Nullable T value, Function<T, U> conversion) {
    return value == null ? null : conversion.apply(value);
  }
}
