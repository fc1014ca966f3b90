package lazaret.vetting.desk.api;

import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.lockfiles.ClosureReport;
import lazaret.vetting.desk.lockfiles.LockfileReport;
import lazaret.vetting.desk.lockfiles.ReadingList;
import lazaret.vetting.desk.review.ReviewReport;
import lazaret.vetting.deskapi.lockfiles.LockfilePackageInfo;
import lazaret.vetting.deskapi.lockfiles.LockfileVerdictInfo;
import lazaret.vetting.deskapi.lockfiles.PackageStatus;
import lazaret.vetting.deskapi.lockfiles.ReadingListItemInfo;
import lazaret.vetting.deskapi.lockfiles.RepairStepInfo;
import lazaret.vetting.deskapi.lockfiles.RequiredVersionInfo;
import lazaret.vetting.deskapi.lockfiles.UnmetRequirementInfo;
import lazaret.vetting.lockfile.PackageSource;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.repair.RepairStep;

/// The conversion of values about lockfiles to records of the API.
final class LockfileInfos {
  private LockfileInfos() {}

  /// Returns the record of one package.
  ///
  /// @param onlyByBundle whether the artifact can only arrive by a bundle import
  static LockfilePackageInfo line(LockfileReport.Line line, boolean onlyByBundle) {
    CrateVersion instead = line.replacement();
    Verdict verdict = line.verdict();
    boolean lower =
        instead != null
            && line.status() == LockfileReport.Status.CRITERIA_NOT_MET
            && instead.compareTo(line.locked().version()) < 0;
    return new LockfilePackageInfo(
        line.locked().name(),
        line.locked().version(),
        line.locked().checksum(),
        source(line.locked().source()),
        status(line.status()),
        line.detail(),
        line.locked().line(),
        Infos.reasons(line.reasons()),
        lower ? null : instead,
        lower ? instead : null,
        instead != null && line.compatible(),
        new LockfileVerdictInfo(
            line.expires(),
            onlyByBundle,
            verdict == null ? null : Infos.deciding(verdict).kind(),
            verdict instanceof Verdict.Hold hold ? hold.until() : null));
  }

  private static String source(PackageSource source) {
    return switch (source) {
      case PackageSource.CratesIo _ -> "crates-io";
      case PackageSource.Private own -> own.url();
      case PackageSource.OtherRegistry other -> other.url();
      case PackageSource.Git git -> "git+" + git.url();
      case PackageSource.Local _ -> "local";
    };
  }

  private static PackageStatus status(LockfileReport.Status status) {
    return switch (status) {
      case SERVED -> PackageStatus.SERVED;
      case WITHHELD -> PackageStatus.WITHHELD;
      case CRITERIA_NOT_MET -> PackageStatus.CRITERIA_NOT_MET;
      case TAMPERED -> PackageStatus.TAMPERED;
      case UNKNOWN -> PackageStatus.UNKNOWN;
      case UNAVAILABLE -> PackageStatus.UNAVAILABLE;
      case FOREIGN_SOURCE -> PackageStatus.FOREIGN_SOURCE;
    };
  }

  static RepairStepInfo fix(RepairStep step) {
    return new RepairStepInfo(kind(step), step.text(), step.repairs());
  }

  private static RepairStepInfo.Kind kind(RepairStep step) {
    return switch (step) {
      case RepairStep.UpdateAll _ -> RepairStepInfo.Kind.UPDATE;
      case RepairStep.Move move ->
          move.lower() ? RepairStepInfo.Kind.LOWER : RepairStepInfo.Kind.PRECISE;
      case RepairStep.Require _ -> RepairStepInfo.Kind.MANIFEST;
      case RepairStep.None _ -> RepairStepInfo.Kind.NONE;
    };
  }

  static ReadingListItemInfo reading(ReadingList.Line line) {
    LockfilePackageInfo locked = line(line.locked(), false);
    ReviewReport.Base base = line.base();
    return new ReadingListItemInfo(
        locked.name(),
        locked.version(),
        locked.checksum(),
        locked.source(),
        locked.status(),
        locked.detail(),
        locked.line(),
        locked.reasons(),
        locked.replacement(),
        locked.compatible(),
        CrateInfos.optional(base, ReviewReport.Base::version),
        CrateInfos.optional(base, each -> ReviewInfos.origin(each.origin())),
        CrateInfos.optional(line.stat(), ReviewInfos::stat),
        CrateInfos.optional(line.unread(), ReviewInfos::notReadable));
  }

  static UnmetRequirementInfo unmet(ClosureReport.Unmet unmet) {
    return new UnmetRequirementInfo(
        unmet.by().name(),
        unmet.by().version(),
        unmet.by().cksum(),
        unmet.dependency().packageName().toString(),
        unmet.dependency().req().text(),
        ReviewInfos.kind(unmet.dependency()),
        unmet.optional(),
        unmet.dependency().target(),
        cause(unmet.cause()),
        unmet.matches().stream().map(LockfileInfos::match).toList());
  }

  private static UnmetRequirementInfo.Cause cause(ClosureReport.Cause cause) {
    return switch (cause) {
      case WITHHELD -> UnmetRequirementInfo.Cause.WITHHELD;
      case NO_MATCH -> UnmetRequirementInfo.Cause.NO_MATCH;
      case NO_CRATE -> UnmetRequirementInfo.Cause.NO_CRATE;
      case NOT_LOOKED_UP -> UnmetRequirementInfo.Cause.NOT_LOOKED_UP;
    };
  }

  static RequiredVersionInfo match(ClosureReport.Match match) {
    return new RequiredVersionInfo(
        match.id().name(),
        match.id().version(),
        match.id().cksum(),
        match.yanked(),
        Infos.verdict(match.verdict()));
  }
}
